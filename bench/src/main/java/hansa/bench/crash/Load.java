package hansa.bench.crash;

import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

/**
 * One client: makes machines, acts on them and deletes them, one request after the other. It goes on with its machines in
 * the next round.
 */
final class Load {

    private static final int MOST_MACHINES = 25;
    private static final List<String> ACTIONS = List.of("stop", "start", "suspend", "restart");

    private final Ledger ledger;
    private final Tally tally;
    private final String prefix;
    private final SplittableRandom random;
    private final List<String> mine = new ArrayList<>();
    private int made;

    /** @param prefix of the titles of its machines, its own */
    Load(Ledger ledger, Tally tally, String prefix, SplittableRandom random) {
        this.ledger = ledger;
        this.tally = tally;
        this.prefix = prefix;
        this.random = random;
    }

    /** What was done, over all clients and rounds. */
    record Tally(AtomicLong created, AtomicLong acted, AtomicLong deleted, AtomicLong unanswered, AtomicLong refused) {

        Tally() {
            this(new AtomicLong(), new AtomicLong(), new AtomicLong(), new AtomicLong(), new AtomicLong());
        }
    }

    /** Until it is stopped, or a request is not answered. */
    void run(Occi occi, String template, AtomicBoolean stopped) {
        while (!stopped.get()) {
            try {
                step(occi, template);
            } catch (IOException e) {
                tally.unanswered().incrementAndGet();
                return;
            }
        }
    }

    private void step(Occi occi, String template) throws IOException {
        int dice = random.nextInt(100);
        if (mine.isEmpty() || dice < 45 && mine.size() < MOST_MACHINES) {
            create(occi, template);
        } else if (dice < 70) {
            act(occi, mine.get(random.nextInt(mine.size())));
        } else {
            delete(occi, mine.remove(random.nextInt(mine.size())));
        }
    }

    private void create(Occi occi, String template) throws IOException {
        String title = prefix + "-" + made++;
        ledger.creationAsked(title);
        try {
            URI location = occi.create(title, template);
            ledger.created(title, location);
            mine.add(title);
            tally.created().incrementAndGet();
        } catch (Occi.Refused e) {
            ledger.refused(title);
            tally.refused().incrementAndGet();
        }
    }

    private void act(Occi occi, String title) throws IOException {
        try {
            occi.act(location(title), ACTIONS.get(random.nextInt(ACTIONS.size())));
            tally.acted().incrementAndGet();
        } catch (Occi.Refused e) {
            tally.refused().incrementAndGet();
        }
    }

    private void delete(Occi occi, String title) throws IOException {
        URI location = location(title);
        ledger.deletionAsked(title);
        try {
            occi.delete(location);
            ledger.deleted(title);
            tally.deleted().incrementAndGet();
        } catch (Occi.Refused e) {
            tally.refused().incrementAndGet();
        }
    }

    private URI location(String title) {
        return ledger.entry(title).flatMap(Ledger.Entry::location).orElseThrow();
    }
}

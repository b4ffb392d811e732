package hansa.drivers.ec2;

import hansa.cloud.CloudException;
import hansa.cloud.Console;
import hansa.cloud.RemoteId;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;

/** The console of instances. EC2 is asked when more is wanted than is known, so reading in pieces is one call. */
final class Ec2Console implements Console {

    private static final int MOST_BYTES = 1024 * 1024;
    private static final int MOST_LOGS = 64;
    private static final Duration FRESH = Duration.ofSeconds(30);

    private final Query query;
    private final Instances instances;
    private final InstantSource clock;
    private final Locks locks = new Locks();
    private final Map<String, ConsoleLog> logs = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, ConsoleLog> eldest) {
            return size() > MOST_LOGS;
        }
    };
    private volatile boolean takesLatest = true;

    Ec2Console(Query query, Instances instances, InstantSource clock) {
        this.query = query;
        this.instances = instances;
        this.clock = clock;
    }

    @Override
    public Output read(RemoteId machine, long offset, int maxBytes) {
        if (offset < 0 || maxBytes < 1 || maxBytes > MOST_BYTES) {
            throw new CloudException.InvalidRequest(
                    "a console is read from 0 on, 1 to " + MOST_BYTES + " bytes at a time");
        }
        return locks.holding(machine.value(), () -> {
            ConsoleLog known = known(machine.value());
            boolean enough = offset < known.end()
                    && clock.instant().isBefore(known.looked().plus(FRESH));
            return (enough ? known : looked(machine, known)).read(offset, maxBytes);
        });
    }

    private ConsoleLog known(String id) {
        synchronized (logs) {
            return logs.getOrDefault(id, ConsoleLog.empty());
        }
    }

    private ConsoleLog looked(RemoteId machine, ConsoleLog known) {
        String id = instances.get(machine).id();
        ConsoleLog now = known.followedBy(shown(id), clock.instant());
        synchronized (logs) {
            logs.put(id, now);
        }
        return now;
    }

    private byte[] shown(String id) {
        Form form = Form.of("GetConsoleOutput").with("InstanceId", id);
        if (takesLatest) {
            switch (query.attempt(form.copy().with("Latest", "true"))) {
                case Query.Outcome.Done(Element answer) -> {
                    return decoded(answer);
                }
                case Query.Outcome.Refused(Problem problem) -> {
                    // Old kinds of machines, and endpoints that do not know the parameter.
                    boolean unknown = problem.code().startsWith("Unknown")
                            || problem.code().startsWith("InvalidParameter");
                    if (unknown) {
                        takesLatest = false;
                    } else if (!problem.code().startsWith("Unsupported")) {
                        throw Refusals.of(problem);
                    }
                }
            }
        }
        return decoded(query.call(form));
    }

    private static byte[] decoded(Element answer) {
        try {
            return Base64.getMimeDecoder().decode(answer.text("output"));
        } catch (IllegalArgumentException e) {
            throw new CloudException.Unavailable("the console that EC2 shows is not in base64", e);
        }
    }
}

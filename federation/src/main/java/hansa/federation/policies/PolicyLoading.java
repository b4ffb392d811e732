package hansa.federation.policies;

import hansa.federation.policies.PolicyEntry.Origin;
import hansa.federation.policy.Policy;
import hansa.federation.policy.Rules;
import hansa.kernel.base.ErrorCode;
import hansa.kernel.base.Failure;
import hansa.kernel.store.Store;
import hansa.policy.BadPolicy;
import hansa.policy.Pdp;
import hansa.policy.PolicyDocument;
import hansa.policy.PolicyLanguage;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings what was written into force: all of it or, where one document is wrong, nothing, so that what held goes on
 * to hold. Thread-safe.
 */
final class PolicyLoading implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(PolicyLoading.class);

    private final Store store;
    private final Policy policy;
    private final PolicyLanguage language;
    private final PolicySettings settings;
    private final PolicyFolder folder;
    private final PolicyFolder site;
    private final AtomicInteger stale;
    private final ReentrantLock lock = new ReentrantLock();
    private Optional<State> tried = Optional.empty();
    private Optional<Thread> watch = Optional.empty();

    PolicyLoading(Store store, Policy policy, PolicyLanguage language, PolicySettings settings, MeterRegistry meters) {
        this.store = store;
        this.policy = policy;
        this.language = language;
        this.settings = settings;
        this.folder = new PolicyFolder(settings.folder(), Origin.FILE);
        this.site = new PolicyFolder(settings.site(), Origin.SITE);
        this.stale = meters.gauge("hansa.policies.stale", new AtomicInteger());
    }

    /** What tells whether anything changed. */
    private record State(List<PolicyFolder.Mark> folder, List<PolicyFolder.Mark> site, long changes) {}

    /** @throws Failure if what was written does not hold together; a node does not start without its policies */
    void start() {
        load(state());
        watch = Optional.of(Thread.ofVirtual().name("policies").start(this::watch));
    }

    List<PolicyEntry> files() {
        List<PolicyEntry> all = new ArrayList<>(folder.entries());
        all.addAll(site.entries());
        return all;
    }

    Optional<PolicyDocument> file(Origin origin, String name) {
        return switch (origin) {
            case API -> Optional.empty();
            case FILE -> named(folder, name);
            case SITE -> named(site, name);
        };
    }

    private static Optional<PolicyDocument> named(PolicyFolder folder, String name) {
        return folder.documents().stream()
                .filter(document -> document.name().equals(name))
                .findFirst();
    }

    /**
     * What would hold with other stored policies than now.
     *
     * @throws Failure {@code attribute.invalid} naming document, line and reason
     */
    Rules with(List<PolicyDocument> stored) {
        return new Rules(compiled(site.documents()), compiled(joined(folder.documents(), stored)));
    }

    private static List<PolicyDocument> joined(List<PolicyDocument> files, List<PolicyDocument> stored) {
        List<PolicyDocument> all = new ArrayList<>(files);
        all.addAll(stored);
        return all;
    }

    private Optional<Pdp> compiled(List<PolicyDocument> documents) {
        if (documents.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(language.compile(documents));
        } catch (BadPolicy e) {
            throw new Failure(ErrorCode.ATTRIBUTE_INVALID, "The policy is not valid: " + e.text(), e);
        }
    }

    private State state() {
        return new State(folder.marks(), site.marks(), store.read(PolicyTable::changes));
    }

    private void load(State state) {
        lock.lock();
        try {
            tried = Optional.of(state);
            List<PolicyDocument> stored = store.read(PolicyTable::active);
            policy.use(with(stored));
            stale.set(0);
        } finally {
            lock.unlock();
        }
    }

    /** Loads anew where something changed; where that fails, what held goes on to hold. */
    void refresh() {
        try {
            State state = state();
            lock.lock();
            try {
                if (tried.filter(state::equals).isPresent()) {
                    return;
                }
                load(state);
                LOG.info("Other policies hold from now on");
            } finally {
                lock.unlock();
            }
        } catch (Failure e) {
            stale.set(1);
            LOG.error("The policies that held go on to hold: {}", e.text());
        }
    }

    private void watch() {
        while (true) {
            try {
                Thread.sleep(settings.lookEvery());
                refresh();
            } catch (InterruptedException stopped) {
                return;
            }
        }
    }

    @Override
    public void close() {
        watch.ifPresent(Thread::interrupt);
    }
}

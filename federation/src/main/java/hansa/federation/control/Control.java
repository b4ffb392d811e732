package hansa.federation.control;

import hansa.federation.caller.Caller;
import hansa.federation.caller.Proof;
import hansa.federation.compute.Desired;
import hansa.federation.compute.Machine;
import hansa.federation.compute.MachineAction;
import hansa.federation.compute.MachineAction.StopMethod;
import hansa.federation.compute.MachineAction.SuspendMethod;
import hansa.federation.compute.MachineService;
import hansa.federation.compute.MachineState;
import hansa.federation.compute.RunningMachines;
import hansa.federation.compute.RunningMachines.Running;
import hansa.federation.policy.Policy;
import hansa.federation.policy.Verdict;
import hansa.federation.stored.Announcements;
import hansa.kernel.base.Failure;
import hansa.kernel.jobs.Jobs;
import hansa.kernel.jobs.Outcome;
import hansa.kernel.store.Store;
import hansa.kernel.store.Tx;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks at the right of each running machine again and again: one node at a time, all of them in a cycle, at once when
 * something changed that rights depend on. Each step looks at what is there before it acts, so that a crash between any
 * two of them is mended by the next cycle. Thread-safe.
 */
public final class Control {

    /** Where the migrations of this capability are on the class path. */
    public static final String MIGRATIONS = "db/migration/federation/control";

    private static final Logger LOG = LoggerFactory.getLogger(Control.class);
    private static final String JOB = "control";
    private static final String ALL = "rights";
    private static final int PAGE = 500;
    private static final int AT_ONCE = 32;
    private static final Duration ENDED_KEPT = Duration.ofDays(30);

    private static final Caller HANSA = Caller.local("hansa:control", Proof.INTERNAL, true);

    private final Store store;
    private final Jobs jobs;
    private final Policy policy;
    private final Owners owners;
    private final Runnable lookAgain;
    private final RunningMachines running;
    private final MachineService machines;
    private final Notices notices;
    private final ControlSettings settings;
    private final Clock clock;
    private final Figures figures;
    private final ReentrantLock lock = new ReentrantLock();

    /** @param lookAgain lets nothing of what is remembered of owners and their organisations count that has changed since */
    public Control(
            Store store,
            Jobs jobs,
            Announcements announcements,
            Policy policy,
            Owners owners,
            Runnable lookAgain,
            RunningMachines running,
            MachineService machines,
            ControlSettings settings,
            Clock clock,
            MeterRegistry meters) {
        this.store = store;
        this.jobs = jobs;
        this.policy = policy;
        this.owners = owners;
        this.lookAgain = lookAgain;
        this.running = running;
        this.machines = machines;
        this.notices = new Notices(store, announcements, running, settings.onRevoke());
        this.settings = settings;
        this.clock = clock;
        this.figures = new Figures(meters);
        jobs.register(JOB, (_, _) -> look(), 1);
    }

    /** Begins to look. */
    public void start() {
        policy.onChange(() -> Thread.ofVirtual().name("control told").start(this::lookNow));
        lookNow();
    }

    private void lookNow() {
        store.run(this::lookAfter);
    }

    /** Looks at all rights as soon as the unit of work is durable: something changes in it that they depend on. */
    public void lookAfter(Tx tx) {
        jobs.schedule(tx, JOB, ALL, clock.instant());
    }

    private Outcome look() {
        figures.cycles.record(this::cycle);
        return new Outcome.Again(settings.every());
    }

    /** One look at all rights; another one on this node waits for it. */
    void cycle() {
        lock.lock();
        try {
            look(clock.instant());
        } finally {
            lock.unlock();
        }
    }

    private void look(Instant now) {
        lookAgain.run();
        Evaluation evaluation = new Evaluation(policy, owners, now, now.minus(settings.keep()));
        Set<String> seen = new HashSet<>();
        figures.withoutRight.set(0);
        try (ExecutorService threads = Executors.newFixedThreadPool(
                AT_ONCE, Thread.ofVirtual().name("control ", 0).factory())) {
            String after = "";
            List<Running> page;
            do {
                page = running.page(after, PAGE);
                Map<String, Right> rights = rights(page);
                page.forEach(machine -> seen.add(machine.id().value()));
                each(
                        threads,
                        page,
                        machine -> running(
                                machine,
                                Optional.ofNullable(rights.get(machine.id().value())),
                                evaluation,
                                now));
                after = page.isEmpty() ? after : page.getLast().id().value();
            } while (page.size() == PAGE);
            figures.looked.set(seen.size());
            idle(threads, seen, evaluation, now);
        }
        store.run(tx -> RightTable.deleteEnded(tx.sql(), now.minus(ENDED_KEPT)));
    }

    private Map<String, Right> rights(List<Running> page) {
        return page.isEmpty()
                ? Map.of()
                : store
                        .read(sql -> RightTable.between(
                                sql,
                                page.getFirst().id().value(),
                                page.getLast().id().value()))
                        .stream()
                        .collect(Collectors.toMap(right -> right.machine().value(), Function.identity()));
    }

    /** One that fails does not keep the others waiting; the next cycle comes to it again. */
    private <T> void each(ExecutorService threads, List<T> items, Consumer<T> work) {
        List<Future<?>> all = items.stream()
                .<Future<?>>map(item -> threads.submit(() -> {
                    try {
                        work.accept(item);
                    } catch (RuntimeException e) {
                        figures.failures.increment();
                        LOG.warn("The right of {} could not be looked at; it comes again in the next cycle.", item, e);
                    }
                }))
                .toList();
        for (Future<?> one : all) {
            try {
                one.get();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            } catch (ExecutionException e) {
                throw new IllegalStateException("a look at a right ended with an error", e.getCause());
            }
        }
    }

    private void running(Running machine, Optional<Right> known, Evaluation evaluation, Instant now) {
        Right before = known.orElseGet(
                () -> Right.tried(machine.id(), machine.owner(), machine.vo().orElse(""), now));
        Optional<Verdict> verdict = evaluation.ask(machine.about(), before.decided());
        figures.evaluations.increment();
        if (verdict.isEmpty()) {
            unknown(before, known.isPresent(), now);
            return;
        }
        if (verdict.get().permitted()) {
            Right after = before.permitted(machine.active(), verdict.get().rule(), now);
            if (!known.equals(Optional.of(after))) {
                permitted(before, after, evaluation, machine);
            }
            return;
        }
        Right revoked = before.denied(verdict.get().rule(), verdict.get().why(), now, settings.grace());
        if (!known.equals(Optional.of(revoked))) {
            revoke(revoked);
            evaluation.takeDown(machine.about());
        }
        figures.withoutRight.incrementAndGet();
        carryOut(revoked, now);
    }

    /** Nobody is punished for what we do not know yet; but what nobody vouches for in all that time has no right. */
    private void unknown(Right right, boolean kept, Instant now) {
        if (!kept) {
            notices.keep(right);
        } else if (right.state() == RightState.REVOKED) {
            carryOut(right, now);
        } else if (right.state() == RightState.TRIED
                && now.isAfter(right.since().plus(settings.keep()))) {
            Right revoked = right.denied("unknown-owner", "Nothing is known of its owner.", now, settings.grace());
            revoke(revoked);
            carryOut(revoked, now);
        }
    }

    private void permitted(Right before, Right after, Evaluation evaluation, Running machine) {
        if (before.state() == RightState.REVOKED) {
            notices.tell(after, "right-restored");
            evaluation.takeDown(machine.about());
            figures.restored.increment();
        } else {
            notices.keep(after);
        }
        notices.sayNothing(after);
    }

    private void revoke(Right right) {
        notices.tell(right, "right-revoked");
        figures.revoked.increment();
        LOG.info(
                "The right of {} to run the machine {} was revoked (rule {}).",
                right.owner(),
                right.machine(),
                right.rule());
    }

    /** Suspends or stops what has no right, when its grace is over; also when somebody started it again. */
    private void carryOut(Right right, Instant now) {
        boolean due = settings.onRevoke() != OnRevoke.NOTICE
                && right.due().filter(at -> !now.isBefore(at)).isPresent();
        Optional<Machine> machine = running.find(right.machine());
        if (machine.isEmpty()) {
            return;
        }
        if (!due || machine.get().desired() != Desired.RUNNING || machine.get().state() != MachineState.ACTIVE) {
            notices.say(right);
            return;
        }
        try {
            machines.act(HANSA, right.machine(), action());
        } catch (Failure e) {
            figures.failures.increment();
            LOG.warn("The machine {} has no right to run and goes on: {}", right.machine(), e.text());
            return;
        }
        figures.carriedOut.increment();
        Right carried = right.carried();
        notices.tell(carried, "right-carried-out");
        notices.say(carried);
    }

    private MachineAction action() {
        return switch (settings.onRevoke()) {
            case SUSPEND -> new MachineAction.Suspend(SuspendMethod.HIBERNATE);
            case STOP -> new MachineAction.Stop(StopMethod.GRACEFUL);
            case NOTICE -> throw new IllegalStateException("a notice alone does nothing to a machine");
        };
    }

    /** Rights of machines that do not run now. */
    private void idle(ExecutorService threads, Set<String> seen, Evaluation evaluation, Instant now) {
        String after = "";
        List<Right> page;
        do {
            String from = after;
            page = store.read(sql -> RightTable.open(sql, from, PAGE));
            each(
                    threads,
                    page.stream()
                            .filter(right -> !seen.contains(right.machine().value()))
                            .toList(),
                    right -> idle(right, evaluation, now));
            after = page.isEmpty() ? after : page.getLast().machine().value();
        } while (page.size() == PAGE);
    }

    private void idle(Right right, Evaluation evaluation, Instant now) {
        Optional<Machine> machine = running.find(right.machine());
        if (machine.isEmpty()) {
            store.run(tx -> RightTable.delete(tx.sql(), right.machine()));
            return;
        }
        if (right.state() != RightState.REVOKED) {
            notices.keep(right.ended(now));
            return;
        }
        boolean back = evaluation
                .ask(running.about(machine.get()), true)
                .filter(Verdict::permitted)
                .isPresent();
        if (back) {
            notices.tell(right.ended(now), "right-restored");
            evaluation.takeDown(running.about(machine.get()));
            figures.restored.increment();
            notices.sayItIsBack(right);
        } else {
            figures.withoutRight.incrementAndGet();
            notices.say(right);
        }
    }
}

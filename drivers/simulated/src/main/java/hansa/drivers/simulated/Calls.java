package hansa.drivers.simulated;

import hansa.cloud.CloudException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * The way that every call takes to the simulated cloud: it costs its latency, and the faults of the script strike it
 * here. Behind it the cloud always works.
 */
final class Calls {

    private final Duration latency;
    private final Map<Operation, Latency> latencies;
    private final Duration limit;
    private final List<CountedRule> rules;
    private final AtomicBoolean closed = new AtomicBoolean();

    Calls(Duration latency, Map<Operation, Latency> latencies, Duration limit, List<FaultRule> rules) {
        this.latency = latency;
        this.latencies = Map.copyOf(latencies);
        this.limit = limit;
        this.rules = rules.stream()
                .map(rule -> new CountedRule(rule, new AtomicLong()))
                .toList();
    }

    /** What faults want of a call that is carried out. */
    record Circumstances(Optional<Fault.SlowDelete> slow, Optional<Fault.Death> death) {}

    private record CountedRule(FaultRule rule, AtomicLong calls) {

        Optional<Fault> strike(Operation operation) {
            return rule.operations().contains(operation) && rule.occasion().strikes(calls.incrementAndGet())
                    ? Optional.of(rule.fault())
                    : Optional.empty();
        }
    }

    /** @return whether it was open until now */
    boolean close() {
        return closed.compareAndSet(false, true);
    }

    void run(Operation operation, Runnable body) {
        run(operation, () -> {
            body.run();
            return true;
        });
    }

    <T> T run(Operation operation, Supplier<T> body) {
        return run(operation, circumstances -> body.get());
    }

    <T> T run(Operation operation, Function<Circumstances, T> body) {
        if (closed.get()) {
            throw new CloudException.Unavailable("the simulated cloud is closed");
        }
        pause(Optional.ofNullable(latencies.get(operation)).map(Latency::next).orElse(latency));
        if (rules.isEmpty()) {
            return body.apply(new Circumstances(Optional.empty(), Optional.empty()));
        }
        List<Fault> struck = new ArrayList<>();
        rules.forEach(rule -> rule.strike(operation).ifPresent(struck::add));
        return run(operation, struck, body);
    }

    private <T> T run(Operation operation, List<Fault> struck, Function<Circumstances, T> body) {
        int times = 1;
        Optional<Duration> silenceAfter = Optional.empty();
        Optional<Fault.SlowDelete> slow = Optional.empty();
        Optional<Fault.Death> death = Optional.empty();
        for (Fault fault : struck) {
            switch (fault) {
                case Fault.TimeoutBefore(Duration waited) -> {
                    pause(waited);
                    throw silence(operation);
                }
                case Fault.TimeoutAfter(Duration waited) -> silenceAfter = Optional.of(waited);
                case Fault.ServerError(String text) ->
                    throw new CloudException.Unavailable(
                            "the simulated cloud failed at " + operation.word() + ": " + text);
                case Fault.Refusal refusal -> throw refusal.exception();
                case Fault.Duplicate() -> times = 2;
                case Fault.Delay(Duration duration) -> pause(duration);
                case Fault.SlowDelete slowDelete -> slow = Optional.of(slowDelete);
                case Fault.Death dies -> death = Optional.of(dies);
            }
        }
        Circumstances circumstances = new Circumstances(slow, death);
        T answer = body.apply(circumstances);
        if (times == 2) {
            answer = body.apply(circumstances);
        }
        if (silenceAfter.isPresent()) {
            pause(silenceAfter.get());
            throw silence(operation);
        }
        return answer;
    }

    private static CloudException.Unavailable silence(Operation operation) {
        return new CloudException.Unavailable("the simulated cloud did not answer to " + operation.word() + " in time");
    }

    private void pause(Duration duration) {
        if (duration.isZero()) {
            return;
        }
        boolean tooLong = duration.compareTo(limit) > 0;
        try {
            Thread.sleep(tooLong ? limit : duration);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CloudException.Unavailable("the wait for the simulated cloud was interrupted", e);
        }
        if (tooLong) {
            throw new CloudException.Unavailable("the simulated cloud did not answer within " + limit);
        }
    }
}

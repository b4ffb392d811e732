package hansa.drivers.libvirt;

import hansa.cloud.CloudException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;

/** What came of a question to one host of several. */
sealed interface HostAnswer<T> {

    record Told<T>(T value) implements HostAnswer<T> {}

    /** @param why one line for people */
    record Silent<T>(String why) implements HostAnswer<T> {}

    default <R> HostAnswer<R> map(Function<T, R> change) {
        return switch (this) {
            case Told<T>(T value) -> new Told<>(change.apply(value));
            case Silent<T>(String why) -> new Silent<>(why);
        };
    }

    /** Asks all at once and waits for the slowest, whose time limit is thus the limit of all. */
    static <K, T> SequencedMap<K, HostAnswer<T>> ofEach(List<K> hosts, Function<K, T> question) {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            SequencedMap<K, Future<HostAnswer<T>>> asked = new LinkedHashMap<>();
            for (K host : hosts) {
                asked.put(host, threads.submit(() -> of(host, question)));
            }
            SequencedMap<K, HostAnswer<T>> answers = new LinkedHashMap<>();
            for (var each : asked.entrySet()) {
                answers.put(each.getKey(), each.getValue().get());
            }
            return answers;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CloudException.Unavailable("interrupted while waiting for the hosts of the pool", e);
        } catch (ExecutionException e) {
            switch (e.getCause()) {
                case RuntimeException fault -> throw fault;
                case Error fault -> throw fault;
                case null, default -> throw new IllegalStateException(e);
            }
        }
    }

    private static <K, T> HostAnswer<T> of(K host, Function<K, T> question) {
        try {
            return new Told<>(question.apply(host));
        } catch (CloudException e) {
            return new Silent<>(e.text());
        }
    }
}

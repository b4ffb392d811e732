package hansa.cloud.kit;

import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;

/** Decides what becomes of each request; asked once for each, by many threads. */
@FunctionalInterface
public interface FaultScript {

    /** Nothing happens. */
    FaultScript CALM = _ -> Fault.NONE;

    Fault of(Request request);

    /**
     * A request that reached the proxy.
     *
     * @param target path and query
     * @param body as ISO 8859-1, so that every byte is a character
     */
    record Request(String method, String target, String body) {}

    /**
     * It happens to one request only.
     *
     * @param position from 0, counted from now
     */
    static FaultScript at(int position, Fault fault) {
        AtomicInteger next = new AtomicInteger();
        return _ -> next.getAndIncrement() == position ? fault : Fault.NONE;
    }

    /**
     * One of the faults, each as likely as the other, happens to a share of the requests.
     *
     * @param percent 0 to 100
     */
    static FaultScript seeded(long seed, int percent, List<Fault> faults) {
        Random random = new Random(seed);
        return _ -> {
            synchronized (random) {
                return random.nextInt(100) < percent ? faults.get(random.nextInt(faults.size())) : Fault.NONE;
            }
        };
    }
}

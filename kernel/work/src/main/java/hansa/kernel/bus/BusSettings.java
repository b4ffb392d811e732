package hansa.kernel.bus;

import java.time.Duration;

/**
 * How the bus in the process delivers.
 *
 * @param patience how long a batch waits for its consumers before the rest goes into their backlogs
 * @param width most subjects that one consumer handles at a time
 * @param attempts calls for one event before it goes into the backlog
 * @param firstPause wait after a failed call; doubles with each further one
 * @param longestPause bound of that wait
 */
record BusSettings(Duration patience, int width, int attempts, Duration firstPause, Duration longestPause) {

    static final BusSettings DEFAULT =
            new BusSettings(Duration.ofSeconds(2), 16, 2, Duration.ofMillis(100), Duration.ofMinutes(1));

    /** The wait after so many failures in a row. */
    Duration pause(int failures) {
        long millis = firstPause.toMillis() << Math.min(failures - 1, 20);
        return Duration.ofMillis(Math.min(millis, longestPause.toMillis()));
    }
}

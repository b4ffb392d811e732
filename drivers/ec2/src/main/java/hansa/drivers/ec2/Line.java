package hansa.drivers.ec2;

import hansa.cloud.CloudException;
import hansa.protocols.sigv4.HttpMessage;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Function;

/**
 * A wire whose requests are made again where that helps: when they come too fast, and when the clock was off.
 *
 * @param limit how long it may take until a request is answered, all its repetitions among them
 */
record Line(Wire wire, Duration limit) implements AutoCloseable {

    private static final int ATTEMPTS = 5;
    private static final long FIRST_PAUSE_MILLIS = 100;
    private static final int LONGEST_SHIFT = 10;

    /** What a request came to. */
    sealed interface Reply {
        /** With a status of success. */
        record Answered(HttpResponse<byte[]> response) implements Reply {}

        record Refused(Problem problem) implements Reply {}
    }

    /**
     * @param refusal reads what is no success
     * @throws CloudException.Unavailable where no whole answer came in time
     */
    Reply ask(HttpMessage message, byte[] body, Function<HttpResponse<byte[]>, Problem> refusal) {
        long end = System.nanoTime() + limit.toNanos();
        boolean corrected = false;
        for (int attempt = 1; ; attempt++) {
            HttpResponse<byte[]> response = wire.send(message, body, end);
            if (response.statusCode() / 100 == 2) {
                return new Reply.Answered(response);
            }
            Problem problem = refusal.apply(response).asked(response.headers().firstValue("Retry-After"));
            if (problem.mayBeTheClock() && !corrected && wire.goByTheClockOf(response)) {
                corrected = true;
                continue;
            }
            if (!problem.isThrottling() || attempt == ATTEMPTS || !pause(problem, attempt, end)) {
                return new Reply.Refused(problem);
            }
        }
    }

    /**
     * As long as the endpoint wants, else longer each time; never in step with others. False where the time limit leaves no
     * room for it.
     */
    private static boolean pause(Problem problem, int attempt, long end) {
        long least = problem.rest()
                .map(Duration::toMillis)
                .orElse(FIRST_PAUSE_MILLIS << Math.min(attempt - 1, LONGEST_SHIFT));
        long millis = least + ThreadLocalRandom.current().nextLong(Math.max(1, Math.min(least, 1_000)));
        if (System.nanoTime() + Duration.ofMillis(millis).toNanos() >= end) {
            return false;
        }
        Patience.sleep(Duration.ofMillis(millis));
        return true;
    }

    @Override
    public void close() {
        wire.close();
    }
}

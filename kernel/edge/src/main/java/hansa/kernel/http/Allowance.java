package hansa.kernel.http;

/**
 * What one client may use.
 *
 * @param perSecond requests on average, 1 to 1,000,000; twice as many at once after a pause
 * @param atATime requests in work, 1 or more
 */
public record Allowance(int perSecond, int atATime) {

    public Allowance {
        if (perSecond < 1 || perSecond > 1_000_000 || atATime < 1) {
            throw new IllegalArgumentException("An allowance is 1 to 1,000,000 requests a second, 1 or more at a time");
        }
    }
}

package hansa.kernel.http;

import hansa.kernel.base.ErrorCode;
import hansa.kernel.base.Failure;
import hansa.kernel.http.LimitMetrics.Kind;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The places that one request takes, of its address's and of its caller's. Used by one thread at a time. */
final class Pass {

    private final Clients clients;
    private final InetAddress from;
    private final List<Allowances.Share> shares = new ArrayList<>(2);
    private long seconds;

    Pass(Clients clients, InetAddress from) {
        this.clients = clients;
        this.from = from;
    }

    /** @throws Failure {@code rate.limited} when the address has used up what it may */
    void enter() {
        if (!clients.exempt(from)) {
            take(clients.address(from), Kind.ADDRESS_RATE, Kind.ADDRESS_REQUESTS, "from your address");
        }
    }

    /** @throws Failure {@code rate.limited} when the caller has used up what they may */
    void enter(String caller) {
        take(clients.caller(caller), Kind.CALLER_RATE, Kind.CALLER_REQUESTS, "of yours");
    }

    private void take(Allowances.Verdict verdict, Kind rate, Kind requests, String whose) {
        switch (verdict) {
            case Allowances.Share share -> shares.add(share);
            case Allowances.TooFast(long nanos) -> {
                seconds = TimeUnit.NANOSECONDS.toSeconds(nanos) + 1;
                clients.count(rate);
                throw new Failure(
                        ErrorCode.RATE_LIMITED,
                        "More requests " + whose + " came than are taken in this time; wait " + seconds
                                + " s and send fewer.");
            }
            case Allowances.TooMany _ -> {
                seconds = 1;
                clients.count(requests);
                throw new Failure(
                        ErrorCode.RATE_LIMITED,
                        "As many requests " + whose + " are in work as may be; wait until some are done.");
            }
        }
    }

    /** When to come again, in seconds; 0 if nothing was refused. */
    long retryAfter() {
        return seconds;
    }

    /** Whether its address had used up what it may, so that nobody was asked who sends it. */
    boolean refusedAtTheDoor() {
        return seconds > 0 && shares.isEmpty() && !clients.exempt(from);
    }

    void leave() {
        shares.forEach(Allowances.Share::leave);
        shares.clear();
    }
}

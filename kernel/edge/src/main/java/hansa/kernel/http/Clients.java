package hansa.kernel.http;

import hansa.kernel.base.AddressBlock;
import java.net.InetAddress;

/** Knows who uses the server and how much. Thread-safe, of fixed size. */
final class Clients {

    private static final int MOST = 32_768;

    private final ClientLimits limits;
    private final Allowances<AddressBlock> addresses;
    private final Allowances<String> callers;
    private final LimitMetrics metrics;

    Clients(ClientLimits limits, LimitMetrics metrics) {
        this.limits = limits;
        this.addresses = new Allowances<>(limits.address(), MOST);
        this.callers = new Allowances<>(limits.caller(), MOST);
        this.metrics = metrics;
    }

    /** What one request will use. */
    Pass pass(InetAddress from) {
        return new Pass(this, from);
    }

    boolean exempt(InetAddress from) {
        return limits.exempt().contains(from);
    }

    Allowances.Verdict address(InetAddress from) {
        return addresses.take(AddressBlock.of(from), System.nanoTime());
    }

    Allowances.Verdict caller(String name) {
        return callers.take(name, System.nanoTime());
    }

    void count(LimitMetrics.Kind kind) {
        metrics.count(kind);
    }
}

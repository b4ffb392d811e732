package hansa.kernel.http;

import java.time.Duration;

/**
 * What a server bears of one client. What it bears of all together stands in {@link Limits}.
 *
 * @param address requests from one address, or one /64 network of IPv6, whoever sends them
 * @param connections of one address at a time; further ones are closed
 * @param caller requests of one caller, wherever they come from; those that a face does not name are not limited
 * @param head how long a client may take for TLS and the head of a request; then its connection is closed
 * @param exempt addresses to which the limits of addresses do not apply
 */
public record ClientLimits(Allowance address, int connections, Allowance caller, Duration head, AddressSet exempt) {

    public static ClientLimits defaults() {
        return new ClientLimits(
                new Allowance(2_000, 256),
                1_024,
                new Allowance(1_000, 128),
                Duration.ofSeconds(30),
                AddressSet.LOOPBACK);
    }

    public ClientLimits withAddress(Allowance allowance) {
        return new ClientLimits(allowance, connections, caller, head, exempt);
    }

    public ClientLimits withConnections(int atATime) {
        return new ClientLimits(address, atATime, caller, head, exempt);
    }

    public ClientLimits withCaller(Allowance allowance) {
        return new ClientLimits(address, connections, allowance, head, exempt);
    }

    public ClientLimits withHead(Duration time) {
        return new ClientLimits(address, connections, caller, time, exempt);
    }

    public ClientLimits withExempt(AddressSet addresses) {
        return new ClientLimits(address, connections, caller, head, addresses);
    }
}

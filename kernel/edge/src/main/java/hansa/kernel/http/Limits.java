package hansa.kernel.http;

import java.time.Duration;

/**
 * What a server bears before it says no.
 *
 * @param requestHeader bytes of request line and header fields together; beyond it 431. OCCI's header rendering carries
 *     64 KiB of user data in base64, hence the generous default
 * @param responseHeader bytes of status line and header fields together
 * @param connections open at a time; further ones wait in the listen backlog
 * @param requests in work at a time; beyond it 503 with {@code Retry-After}
 * @param idle how long a connection may stay silent
 * @param bodyRate bytes a second that a request body must bring on average once {@code bodyGrace} has passed, else 408;
 *     and that an answer must be taken with, else the connection is cut
 * @param drain how long {@link HttpServer#close} lets running requests finish
 * @param clients what it bears of one client
 */
public record Limits(
        int requestHeader,
        int responseHeader,
        int connections,
        int requests,
        Duration idle,
        int bodyRate,
        Duration bodyGrace,
        Duration drain,
        ClientLimits clients) {

    public static Limits defaults() {
        return new Limits(
                128 * 1024,
                1024 * 1024,
                4_096,
                1_024,
                Duration.ofSeconds(30),
                512,
                Duration.ofSeconds(10),
                Duration.ofSeconds(10),
                ClientLimits.defaults());
    }

    public Limits withRequestHeader(int bytes) {
        return new Limits(bytes, responseHeader, connections, requests, idle, bodyRate, bodyGrace, drain, clients);
    }

    public Limits withRequests(int atATime) {
        return new Limits(
                requestHeader, responseHeader, connections, atATime, idle, bodyRate, bodyGrace, drain, clients);
    }

    public Limits withConnections(int atATime) {
        return new Limits(requestHeader, responseHeader, atATime, requests, idle, bodyRate, bodyGrace, drain, clients);
    }

    public Limits withIdle(Duration silence) {
        return new Limits(
                requestHeader, responseHeader, connections, requests, silence, bodyRate, bodyGrace, drain, clients);
    }

    public Limits withBodyRate(int bytesPerSecond, Duration grace) {
        return new Limits(
                requestHeader, responseHeader, connections, requests, idle, bytesPerSecond, grace, drain, clients);
    }

    public Limits withDrain(Duration limit) {
        return new Limits(
                requestHeader, responseHeader, connections, requests, idle, bodyRate, bodyGrace, limit, clients);
    }

    public Limits withClients(ClientLimits each) {
        return new Limits(requestHeader, responseHeader, connections, requests, idle, bodyRate, bodyGrace, drain, each);
    }
}

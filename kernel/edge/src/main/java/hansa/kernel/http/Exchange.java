package hansa.kernel.http;

import hansa.kernel.base.ErrorCode;
import hansa.kernel.base.Failure;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.util.Callback;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One request on its way: finds its route, has it answered or refused, and accounts for it when the answer is out. */
final class Exchange implements Callback {

    private static final Logger LOG = LoggerFactory.getLogger(Exchange.class);
    private static final String ALL_METHODS = "GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS";
    private static final long UNREAD_BYTES = 8L * 1024 * 1024;
    private static final Duration UNREAD_PATIENCE = Duration.ofSeconds(2);

    private final Gate gate;
    private final Site site;
    private final Limits limits;
    private final org.eclipse.jetty.server.Request wire;
    private final Callback callback;
    private final Sender sender;
    private final Incoming incoming;
    private final String id;
    private final Pass pass;
    private final Clients clients;
    private final Optional<HeadWatch> head;
    private final AnswerWatch answer;
    private MountedFace<?, ?> face;
    private RequestTimers timers;
    private WireRequest request;
    private boolean entered;

    Exchange(
            Gate gate,
            Site site,
            Limits limits,
            Clients clients,
            Connections connections,
            String id,
            org.eclipse.jetty.server.Request wire,
            org.eclipse.jetty.server.Response response,
            Callback callback) {
        this.gate = gate;
        this.site = site;
        this.limits = limits;
        this.wire = wire;
        this.callback = callback;
        this.id = id;
        this.clients = clients;
        this.pass = clients.pass(peer());
        Connection connection = wire.getConnectionMetaData().getConnection();
        this.head = connections.head(connection);
        this.answer = connections.answer(connection);
        this.sender = new Sender(response, this, answer, id, wire.getMethod().equals("HEAD"));
        this.incoming = new Incoming(wire);
        this.face = site.doorkeeper();
        this.timers = face.unrouted();
        this.request = request(Optional.empty(), Optional.empty(), 0);
    }

    void run() {
        begin();
        Response decided;
        try {
            decided = decide();
        } catch (RuntimeException | StackOverflowError | OutOfMemoryError fault) {
            decided = refuseFault(fault);
        }
        sender.send(decided, face.commonHeaders(), this::refuseFault);
    }

    private void begin() {
        boolean several = wire.getConnectionMetaData().getHttpVersion().getVersion() >= 20;
        head.ifPresent(watch -> watch.begin(several));
    }

    /** Answers what the HTTP parser could not take, in the words of the face whose path it was. */
    void runRefused(int status, String why) {
        begin();
        String raw = wire.getHttpURI().getPath();
        try {
            RequestPath path = RequestPath.parse(raw == null ? "" : raw);
            site.find(path).ifPresent(match -> face = match.face());
        } catch (Failure unreadablePath) {
            LOG.debug("Request {}: {}", id, unreadablePath.text());
        }
        timers = face.unrouted();
        ErrorCode code = status == 413 || status == 414 || status == 431
                ? ErrorCode.REQUEST_TOO_LARGE
                : ErrorCode.REQUEST_MALFORMED;
        sender.send(withStatus(status, refuse(new Failure(code, why))), face.commonHeaders(), this::refuseFault);
    }

    private Response decide() {
        String method = wire.getMethod();
        String raw = wire.getHttpURI().getPath();
        if (method.equals("OPTIONS") && "*".equals(raw)) {
            return Response.empty(200).with("Allow", ALL_METHODS);
        }
        RequestPath path = RequestPath.parse(raw == null ? "" : raw);
        Optional<Site.Match<?, ?>> match = site.find(path);
        if (match.isPresent()) {
            face = match.get().face();
            timers = face.unrouted();
        }
        request = request(Optional.of(path), Optional.empty(), 0);
        String host = wire.getHttpURI().getHost();
        if (!site.answersTo(host == null ? "" : host)) {
            return withStatus(
                    421,
                    refuse(new Failure(
                            ErrorCode.POLICY_DENIED,
                            "Requests to the host " + host
                                    + " are not answered here (rule 'own-hosts'); use the address of the listener.")));
        }
        pass.enter();
        Gate.Entry entry = gate.enter();
        entered = entry == Gate.Entry.OPEN;
        return switch (entry) {
            case OPEN -> match.isPresent() ? routed(match.get(), path, method) : refuse(nothingAt(raw));
            case FULL -> {
                clients.count(LimitMetrics.Kind.REQUESTS);
                yield unavailable(new Failure(
                        ErrorCode.RATE_LIMITED,
                        "The server is busy with " + limits.requests() + " requests; try again."));
            }
            case STOPPING ->
                unavailable(new Failure(
                                ErrorCode.SHUTTING_DOWN, "The server is stopping; try again in a moment or elsewhere."))
                        .with("Connection", "close");
        };
    }

    private <R, C> Response routed(Site.Match<R, C> match, RequestPath path, String method) {
        if (match.leaf().isEmpty()) {
            return refuse(nothingAt(request.path()));
        }
        MountedFace.Leaf<R, C> leaf = match.leaf().get();
        if (method.equals("OPTIONS")) {
            return Response.empty(200).with("Allow", leaf.allow());
        }
        Optional<MountedFace.MountedRoute<R, C>> found = method(method)
                .flatMap(known -> Optional.ofNullable(leaf.byMethod().get(known)));
        if (found.isEmpty()) {
            return refuse(new Failure(
                            ErrorCode.REQUEST_METHOD,
                            method(method).map(Method::name).orElse("This method") + " is not allowed here; allowed: "
                                    + leaf.allow() + "."))
                    .with("Allow", leaf.allow());
        }
        MountedFace.MountedRoute<R, C> route = found.get();
        timers = route.timers();
        request = request(
                Optional.of(path), Optional.of(route.pattern()), route.route().maxBody());
        request.checkStatedLength();
        return route.answer(request, pass::enter);
    }

    private WireRequest request(Optional<RequestPath> path, Optional<PathPattern> pattern, long maxBody) {
        return new WireRequest(
                wire,
                incoming,
                id,
                limits,
                new WireRequest.Target(site.scheme(), face.mount(), face.depth(), path, pattern, maxBody));
    }

    private static Optional<Method> method(String name) {
        return switch (name) {
            case "GET", "HEAD" -> Optional.of(Method.GET);
            case "POST" -> Optional.of(Method.POST);
            case "PUT" -> Optional.of(Method.PUT);
            case "PATCH" -> Optional.of(Method.PATCH);
            case "DELETE" -> Optional.of(Method.DELETE);
            default -> Optional.empty();
        };
    }

    private static Failure nothingAt(String path) {
        String shown = path.length() > 200 ? path.substring(0, 200) + "…" : path;
        return new Failure(ErrorCode.RESOURCE_NOT_FOUND, "There is nothing at " + shown + ".");
    }

    private Response unavailable(Failure failure) {
        return withStatus(503, refuse(failure)).with("Retry-After", "1");
    }

    private Response tooMany(Response refusal) {
        return new Response(
                        429,
                        refusal.headers().stream()
                                .filter(header -> !header.name().equalsIgnoreCase("Retry-After"))
                                .toList(),
                        refusal.body())
                .with("Retry-After", String.valueOf(pass.retryAfter()));
    }

    private static Response withStatus(int status, Response response) {
        return new Response(status, response.headers(), response.body());
    }

    /** Has the face say no; where it cannot even do that, says it in plain text. */
    private Response refuse(Failure failure) {
        if (failure.code() != ErrorCode.INTERNAL && failure.code().kind() == ErrorCode.Kind.INTERNAL) {
            LOG.warn("Request {}: {}", id, failure.text(), failure);
        }
        try {
            Response refusal = face.refuse(failure, request);
            if (request.bodyLate()) {
                clients.count(LimitMetrics.Kind.SLOW_BODY);
                return withStatus(408, refusal);
            }
            return pass.retryAfter() > 0 ? tooMany(refusal) : refusal;
        } catch (RuntimeException fault) {
            return Response.text(500, logged(fault).text());
        }
    }

    private Response refuseFault(Throwable fault) {
        return refuse(fault instanceof Failure failure ? failure : logged(fault));
    }

    private Failure logged(Throwable fault) {
        LOG.error("Request {} failed", id, fault);
        return new Failure(
                ErrorCode.INTERNAL, "Hansa failed at this; request id " + id + " leads the operator to the cause.");
    }

    @Override
    public void succeeded() {
        if (isStillSent()) {
            // On a thread of its own: this one may be the one that brings the rest of the body.
            finish(true, () -> Thread.ofVirtual().name("unread body").start(() -> leave(this::discardRest)));
        } else {
            finish(true, () -> leave(callback::succeeded));
        }
    }

    @Override
    public void failed(Throwable why) {
        finish(false, () -> leave(() -> callback.failed(why)));
    }

    /** Whether the client was answered while it sends a body; one that only offers it is not asked for it. */
    private boolean isStillSent() {
        boolean sends = wire.getLength() > 0 || wire.getHeaders().contains(HttpHeader.TRANSFER_ENCODING);
        boolean asked = incoming.begun() || !wire.getHeaders().contains(HttpHeader.EXPECT);
        return entered && sends && asked && !incoming.ended();
    }

    /** Most clients read the answer when they have sent all; one whose connection is cut before that never sees it. */
    private void discardRest() {
        if (incoming.discard(UNREAD_BYTES, UNREAD_PATIENCE) == Incoming.Rest.OVERDUE) {
            callback.failed(new TimeoutException("The client stopped sending after it was answered"));
        } else {
            callback.succeeded();
        }
    }

    private void finish(boolean complete, Runnable end) {
        answer.end();
        head.ifPresent(HeadWatch::end);
        try {
            // First, since the connection takes request and response back for its next exchange.
            account(complete);
        } finally {
            end.run();
        }
    }

    private void leave(Runnable end) {
        try {
            end.run();
        } finally {
            pass.leave();
            if (entered) {
                gate.leave();
            }
        }
    }

    private void account(boolean complete) {
        long nanos = System.nanoTime() - wire.getHeadersNanoTime();
        timers.forStatus(sender.status()).record(nanos, TimeUnit.NANOSECONDS);
        // A flood of requests must not become a flood of lines.
        if (AccessLog.wanted() && !pass.refusedAtTheDoor()) {
            String query = wire.getHttpURI().getQuery();
            AccessLog.write(new AccessLog.Entry(
                    id,
                    face.name(),
                    peer().getHostAddress(),
                    wire.getMethod(),
                    String.valueOf(wire.getHttpURI().getPath()),
                    query == null ? "" : query,
                    sender.status(),
                    sender.bytes(),
                    nanos / 1_000,
                    complete));
        }
    }

    private InetAddress peer() {
        return wire.getConnectionMetaData().getRemoteSocketAddress() instanceof InetSocketAddress address
                ? address.getAddress()
                : InetAddress.getLoopbackAddress();
    }
}

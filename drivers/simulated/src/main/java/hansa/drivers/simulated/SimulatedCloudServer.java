package hansa.drivers.simulated;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import hansa.cloud.Accounts;
import hansa.cloud.Adoption;
import hansa.cloud.CloudException;
import hansa.cloud.Console;
import hansa.cloud.HostAffinity;
import hansa.cloud.ImageStore;
import hansa.cloud.Networks;
import hansa.cloud.RemoteId;
import hansa.cloud.RemoteImage;
import hansa.cloud.RemoteMachine;
import hansa.cloud.Resizing;
import hansa.cloud.Snapshots;
import hansa.cloud.Token;
import hansa.cloud.UsageHistory;
import hansa.cloud.VolumeCopies;
import hansa.cloud.Volumes;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import java.util.function.Function;
import tools.jackson.core.JacksonException;

/**
 * Serves one simulated cloud to other processes of this machine, see {@link Protocol}. Whoever can connect can do
 * everything, hence the loopback only, a content type that no web page can send unasked, and a host name that no page
 * from elsewhere can have.
 */
final class SimulatedCloudServer implements AutoCloseable {

    private static final long LARGEST_IMAGE = 64L * 1024 * 1024 * 1024;

    private final SimulatedCloud cloud;
    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Map<String, Route> routes = new HashMap<>();

    private interface Route {
        Answer answer(HttpExchange exchange) throws IOException;
    }

    private interface Answer {
        void send(HttpExchange exchange) throws IOException;
    }

    /**
     * Serves as soon as it is made. Does not close the cloud.
     *
     * @throws IOException when it cannot listen there
     */
    SimulatedCloudServer(SimulatedCloud cloud, InetSocketAddress listen) throws IOException {
        if (!listen.getAddress().isLoopbackAddress()) {
            throw new IllegalArgumentException("a simulated cloud listens on the loopback only, not on " + listen);
        }
        this.cloud = cloud;
        machineRoutes();
        volumeRoutes();
        networkRoutes();
        accountRoutes();
        adoptionRoutes();
        imageRoutes();
        this.server = HttpServer.create(listen, 0);
        server.setExecutor(threads);
        server.createContext("/", this::serve);
        server.start();
    }

    URI uri() {
        InetSocketAddress address = server.getAddress();
        String host = address.getAddress().getHostAddress();
        return URI.create("http://" + (host.contains(":") ? "[" + host + "]" : host) + ":" + address.getPort());
    }

    private void machineRoutes() {
        on(Protocol.DESCRIBE, nothing -> cloud.describe());
        on(Protocol.CREATE, this::create);
        on(Protocol.FIND, cloud::findByToken);
        on(Protocol.READ, cloud::read);
        on(Protocol.LIST, after -> cloud.page(after.last(), Protocol.PAGE));
        to(Protocol.DELETE, cloud::delete);
        to(Protocol.POWER, power -> cloud.power(power.machine(), power.action()));
        on(Protocol.RECOVER, cloud::recover);
        Resizing resizing = cloud.facet(Resizing.class).orElseThrow();
        on(Protocol.RESIZE, q -> resizing.resize(q.machine(), q.size(), q.flavour()));
        Console console = cloud.facet(Console.class).orElseThrow();
        on(Protocol.CONSOLE_READ, q -> console.read(q.machine(), q.offset(), q.maxBytes()));
        Snapshots snapshots = cloud.facet(Snapshots.class).orElseThrow();
        on(Protocol.SNAPSHOT_CREATE, q -> snapshots.create(q.machine(), q.token(), q.name()));
        on(Protocol.SNAPSHOT_LIST, snapshots::list);
        to(Protocol.SNAPSHOT_REVERT, q -> snapshots.revert(q.machine(), q.part()));
        to(Protocol.SNAPSHOT_DELETE, q -> snapshots.delete(q.machine(), q.part()));
    }

    private RemoteMachine create(Protocol.NewMachine question) {
        return question.group()
                .map(group -> cloud.facet(HostAffinity.class)
                        .orElseThrow(() -> new CloudException.InvalidRequest(
                                "the simulated cloud does not let machines have wishes about hosts"))
                        .create(question.order(), group))
                .orElseGet(() -> cloud.create(question.order()));
    }

    private void volumeRoutes() {
        Volumes volumes = cloud.facet(Volumes.class).orElseThrow();
        on(Protocol.VOLUME_CREATE, q -> volumes.create(q.token(), q.name(), q.sizeMib()));
        on(Protocol.VOLUME_FIND, volumes::findByToken);
        on(Protocol.VOLUME_READ, volumes::read);
        on(Protocol.VOLUME_LIST, nothing -> volumes.list());
        to(Protocol.VOLUME_DELETE, volumes::delete);
        on(Protocol.VOLUME_ATTACH, q -> volumes.attach(q.machine(), q.volume(), q.device()));
        to(Protocol.VOLUME_DETACH, q -> volumes.detach(q.machine(), q.part()));
        on(Protocol.VOLUME_RESIZE, q -> volumes.resize(q.volume(), q.sizeMib()));
        VolumeCopies copies = cloud.facet(VolumeCopies.class).orElseThrow();
        on(Protocol.COPY_TAKE, q -> copies.take(q.volume(), q.token(), q.name(), q.kind()));
        on(Protocol.COPY_FIND, copies::findByToken);
        on(Protocol.COPY_READ, copies::read);
        on(Protocol.COPY_LIST, nothing -> copies.list());
        to(Protocol.COPY_DELETE, copies::delete);
        on(Protocol.COPY_RESTORE, q -> copies.restore(q.copy(), q.token(), q.name(), q.sizeMib()));
    }

    private void accountRoutes() {
        Accounts accounts = cloud.facet(Accounts.class).orElseThrow();
        on(Protocol.ACCOUNT_ENSURE, q -> accounts.ensure(q.name(), q.displayName(), q.vo()));
        on(Protocol.ACCOUNT_LIST, nothing -> accounts.list());
        to(Protocol.ACCOUNT_SUSPEND, q -> accounts.suspend(q.name()));
        to(Protocol.ACCOUNT_REMOVE, q -> accounts.remove(q.name()));
    }

    private void adoptionRoutes() {
        Adoption adoption = cloud.facet(Adoption.class).orElseThrow();
        on(Protocol.OTHERS, nothing -> adoption.others());
        on(Protocol.ADOPT, q -> adoption.adopt(q.machine(), q.token()));
        to(Protocol.RELEASE, adoption::release);
        UsageHistory books = cloud.facet(UsageHistory.class).orElseThrow();
        on(Protocol.USAGE, q -> books.usage(q.from(), q.to()));
    }

    private void networkRoutes() {
        Networks networks = cloud.facet(Networks.class).orElseThrow();
        on(
                Protocol.NETWORK_CREATE,
                q -> networks.create(q.token(), q.name(), q.cidr(), q.gateway(), q.dynamicAddresses(), q.vlan()));
        on(Protocol.NETWORK_FIND, networks::findByToken);
        on(Protocol.NETWORK_READ, networks::read);
        on(Protocol.NETWORK_LIST, nothing -> networks.list());
        to(Protocol.NETWORK_DELETE, networks::delete);
        on(Protocol.NETWORK_ACTIVE, q -> networks.setActive(q.network(), q.active()));
        on(Protocol.NIC_ATTACH, q -> networks.attach(q.machine(), q.order()));
        to(Protocol.NIC_DETACH, q -> networks.detach(q.machine(), q.part()));
    }

    private void imageRoutes() {
        ImageStore images = cloud.facet(ImageStore.class).orElseThrow();
        on(Protocol.IMAGE_FORMATS, nothing -> cloud.imageFormats());
        on(Protocol.IMAGE_CAPTURE, q -> images.capture(q.machine(), q.token(), q.name()));
        on(Protocol.IMAGE_FIND, images::findByToken);
        on(Protocol.IMAGE_READ, images::read);
        to(Protocol.IMAGE_DELETE, images::delete);
        routes.put(Protocol.IMAGE_UPLOAD.path(), exchange -> upload(images, exchange));
        routes.put(Protocol.IMAGE_DOWNLOAD.path(), exchange -> download(images, exchange));
    }

    private <Q> void to(Protocol.Endpoint<Q, Protocol.Nothing> endpoint, Consumer<Q> act) {
        on(endpoint, question -> {
            act.accept(question);
            return new Protocol.Nothing();
        });
    }

    private <Q, A> void on(Protocol.Endpoint<Q, A> endpoint, Function<Q, A> act) {
        routes.put(
                endpoint.path(), exchange -> whole(200, endpoint.writeAnswer(act.apply(question(endpoint, exchange)))));
    }

    private static <Q> Q question(Protocol.Endpoint<Q, ?> endpoint, HttpExchange exchange) throws IOException {
        requireType(exchange, Protocol.JSON);
        return endpoint.question(body(exchange, endpoint.largestQuestion()))
                .orElseThrow(() -> new CloudException.InvalidRequest("the request cannot be read: it is null"));
    }

    private static byte[] body(HttpExchange exchange, int limit) throws IOException {
        byte[] body = exchange.getRequestBody().readNBytes(limit + 1);
        if (body.length > limit) {
            throw new CloudException.InvalidRequest("the request is larger than " + limit + " bytes");
        }
        return body;
    }

    private static void requireType(HttpExchange exchange, String type) {
        if (!exchange.getRequestMethod().equals("POST")
                || !type.equals(exchange.getRequestHeaders().getFirst("Content-Type"))) {
            throw new CloudException.InvalidRequest("this is asked for with POST and " + type);
        }
    }

    private static void requireLoopbackName(HttpExchange exchange) {
        String host = Optional.ofNullable(exchange.getRequestHeaders().getFirst("Host"))
                .orElse("");
        if (!Loopback.isHostAndPort(host)) {
            throw new CloudException.InvalidRequest("a simulated cloud is asked as localhost or 127.0.0.1 only");
        }
    }

    private static Answer upload(ImageStore images, HttpExchange exchange) throws IOException {
        requireType(exchange, Protocol.BYTES);
        Map<String, String> query = query(exchange.getRequestURI());
        Token token = new Token(query.getOrDefault("token", ""));
        Path file = Files.createTempFile("hansa-simulated-", ".image");
        try {
            try (OutputStream out = Files.newOutputStream(file)) {
                copy(exchange.getRequestBody(), out);
            }
            RemoteImage image =
                    images.upload(token, query.getOrDefault("name", ""), query.getOrDefault("format", ""), file);
            return whole(200, Protocol.IMAGE_UPLOAD.writeAnswer(image));
        } finally {
            Files.delete(file);
        }
    }

    private static void copy(InputStream in, OutputStream out) throws IOException {
        byte[] buffer = new byte[64 * 1024];
        long total = 0;
        int read;
        while ((read = in.read(buffer)) >= 0) {
            total += read;
            if (total > LARGEST_IMAGE) {
                throw new CloudException.InvalidRequest("an image has at most 64 GiB");
            }
            out.write(buffer, 0, read);
        }
    }

    private static Map<String, String> query(URI uri) {
        Map<String, String> values = new HashMap<>();
        for (String pair : Optional.ofNullable(uri.getRawQuery()).orElse("").split("&", 16)) {
            int equals = pair.indexOf('=');
            if (equals > 0) {
                values.put(
                        pair.substring(0, equals),
                        URLDecoder.decode(pair.substring(equals + 1), StandardCharsets.UTF_8));
            }
        }
        return values;
    }

    private static Answer download(ImageStore images, HttpExchange exchange) throws IOException {
        RemoteId image = question(Protocol.IMAGE_DOWNLOAD, exchange);
        Path folder = Files.createTempDirectory("hansa-simulated-");
        Path file = folder.resolve("image");
        boolean complete = false;
        try {
            images.download(image, file);
            complete = true;
            return sending(folder, file);
        } finally {
            if (!complete) {
                Files.deleteIfExists(file);
                Files.delete(folder);
            }
        }
    }

    private void serve(HttpExchange exchange) throws IOException {
        try (exchange) {
            answer(exchange).send(exchange);
        }
    }

    private Answer answer(HttpExchange exchange) throws IOException {
        Optional<Route> route =
                Optional.ofNullable(routes.get(exchange.getRequestURI().getPath()));
        try {
            requireLoopbackName(exchange);
            return route.orElseThrow(() -> new CloudException.InvalidRequest("there is no such operation"))
                    .answer(exchange);
        } catch (CloudException e) {
            return refusal(e);
        } catch (JacksonException e) {
            return refusal(new CloudException.InvalidRequest("the request cannot be read: " + e.getOriginalMessage()));
        } catch (IllegalArgumentException e) {
            return refusal(new CloudException.InvalidRequest("the request is impossible: " + e.getMessage()));
        } catch (UncheckedIOException e) {
            return refusal(new CloudException.Unavailable("the simulated cloud cannot do it: " + e.getMessage()));
        }
    }

    private static Answer whole(int status, byte[] json) {
        return exchange -> {
            exchange.getResponseHeaders().set("Content-Type", Protocol.JSON);
            exchange.sendResponseHeaders(status, json.length);
            exchange.getResponseBody().write(json);
        };
    }

    /** The file is deleted with its folder when it has been sent. */
    private static Answer sending(Path folder, Path file) {
        return exchange -> {
            try {
                long size = Files.size(file);
                exchange.getResponseHeaders().set("Content-Type", Protocol.BYTES);
                exchange.sendResponseHeaders(200, size == 0 ? -1 : size);
                Files.copy(file, exchange.getResponseBody());
            } finally {
                Files.delete(file);
                Files.delete(folder);
            }
        };
    }

    private static Answer refusal(CloudException e) {
        Protocol.Refusal refusal = Protocol.Refusal.of(e);
        return whole(refusal.kind().status(), Json.MAPPER.writeValueAsBytes(refusal));
    }

    /** Finishes what is being answered, for at most a second. */
    @Override
    public void close() {
        server.stop(1);
        threads.close();
    }
}

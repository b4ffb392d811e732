package hansa.bench;

import hansa.kernel.base.Failure;
import hansa.kernel.http.Face;
import hansa.kernel.http.HttpServer;
import hansa.kernel.http.Method;
import hansa.kernel.http.Mount;
import hansa.kernel.http.Request;
import hansa.kernel.http.Response;
import hansa.kernel.http.Route;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The limit of a read: the same HTTP plumbing answers {@code /one} and {@code /list} with the bytes of two files,
 * without asking who it is and without a store.
 */
public final class BareServer {

    private BareServer() {}

    /** Prints its address and serves the files {@code args[0]} and {@code args[1]} until it is ended. */
    public static void main(String[] args) throws IOException, InterruptedException {
        byte[] one = Files.readAllBytes(Path.of(args[0]));
        byte[] list = Files.readAllBytes(Path.of(args[1]));
        Face<String, String> face = new Bytes(one, list);
        try (HttpServer server = HttpServer.builder()
                .listener(URI.create("http://127.0.0.1:0"), List.of(new Mount("", face)))
                .start()) {
            System.out.println(server.uris().getFirst());
            Thread.currentThread().join();
        }
    }

    private record Bytes(Response one, Response list) implements Face<String, String> {

        Bytes(byte[] one, byte[] list) {
            this(Response.of(200, "text/plain", one), Response.of(200, "application/occi+json", list));
        }

        @Override
        public String name() {
            return "bare";
        }

        @Override
        public List<Route<String, String>> routes() {
            return List.of(
                    new Route<>(Method.GET, "/one", "anybody", 0, (request, caller) -> one),
                    new Route<>(Method.GET, "/list", "anybody", 0, (request, caller) -> list));
        }

        @Override
        public String admit(String rule, Request request) {
            return rule;
        }

        @Override
        public Optional<String> limitedAs(String caller) {
            return Optional.empty();
        }

        @Override
        public Response refuse(Failure failure, Request request) {
            return Response.text(400, failure.text());
        }

        @Override
        public List<Response.Header> commonHeaders() {
            return List.of();
        }
    }
}

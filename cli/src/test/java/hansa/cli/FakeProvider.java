package hansa.cli;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** An OpenID provider and a node in one, as far as the command asks them: prepared answers, in order. */
final class FakeProvider implements AutoCloseable {

    private final HttpServer server;
    private final Deque<String> tokenAnswers = new ArrayDeque<>();
    final List<String> asked = new CopyOnWriteArrayList<>();
    volatile String good = "";
    volatile String issuers = "";

    FakeProvider() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.start();
        issuers =
                "{\"items\":[{\"name\":\"idp\",\"issuer\":\"%s\",\"clientId\":\"hansa-cli\",\"scopes\":[\"openid\",\"offline_access\"]}]}"
                        .formatted(address());
    }

    String address() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** @param status then the body, separated by a space */
    void willGive(String... answers) {
        tokenAnswers.addAll(List.of(answers));
    }

    static String tokens(String access, String refresh, int seconds) {
        return "200 {\"token_type\":\"Bearer\",\"access_token\":\"%s\",\"refresh_token\":\"%s\",\"expires_in\":%d}"
                .formatted(access, refresh, seconds);
    }

    private void answer(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        String form = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        String shown = exchange.getRequestHeaders().getFirst("Authorization");
        String vo = exchange.getRequestHeaders().getFirst("Hansa-VO");
        asked.add(path
                + (form.isEmpty() ? "" : " " + form)
                + (shown == null ? "" : " " + shown)
                + (vo == null ? "" : " " + vo));
        String answer = switch (path) {
            case "/api/v1/issuers" -> "200 " + issuers;
            case "/.well-known/openid-configuration" -> "200 " + metadata();
            case "/device" ->
                "200 {\"device_code\":\"d\",\"user_code\":\"ABCD-EFGH\",\"verification_uri\":\"%s/go\",\"interval\":1,\"expires_in\":60}"
                        .formatted(address());
            case "/token" -> tokenAnswers.isEmpty() ? "500 {}" : tokenAnswers.removeFirst();
            case "/revoke" -> "200 {}";
            default ->
                ("Bearer " + good).equals(shown)
                        ? "200 {\"subject\":\"ada\",\"groups\":[\"/vo\"]}"
                        : "401 {\"detail\":\"No.\"}";
        };
        byte[] body = answer.substring(4).getBytes(StandardCharsets.UTF_8);
        boolean refused = answer.startsWith("401");
        exchange.getResponseHeaders().set("Content-Type", refused ? "application/problem+json" : "application/json");
        exchange.sendResponseHeaders(Integer.parseInt(answer.substring(0, 3)), body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    private String metadata() {
        return """
                {"issuer":"%1$s","device_authorization_endpoint":"%1$s/device","token_endpoint":"%1$s/token",
                 "revocation_endpoint":"%1$s/revoke","code_challenge_methods_supported":["S256"]}""".formatted(address());
    }

    @Override
    public void close() {
        server.stop(0);
    }
}

package hansa.kernel.http;

import hansa.kernel.base.ErrorCode;
import hansa.kernel.base.Failure;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A face for tests: each route says what it saw; refusals are {@code name: code: text}. */
record EchoFace(String name, List<Route<Boolean, String>> routes) implements Face<Boolean, String> {

    static EchoFace of(String name, Object... methodsAndPaths) {
        List<Route<Boolean, String>> routes = new ArrayList<>();
        for (int i = 0; i < methodsAndPaths.length; i += 2) {
            Method method = (Method) methodsAndPaths[i];
            String path = (String) methodsAndPaths[i + 1];
            routes.add(route(method, path, (request, _) -> Response.text(200, name + " " + method + " " + path)));
        }
        return new EchoFace(name, routes);
    }

    static Route<Boolean, String> route(Method method, String path, Route.Handler<String> handler) {
        return new Route<>(method, path, true, 1024, handler);
    }

    static EchoFace with(Route.Handler<String> handler) {
        return new EchoFace("echo", List.of(route(Method.GET, "/", handler), route(Method.POST, "/", handler)));
    }

    @Override
    public String admit(Boolean rule, Request request) {
        if (request.header("X-Deny").isPresent()) {
            throw new Failure(ErrorCode.POLICY_DENIED, "no");
        }
        return "caller";
    }

    @Override
    public Optional<String> limitedAs(String caller) {
        return Optional.of(caller);
    }

    @Override
    public Response refuse(Failure failure, Request request) {
        int status = switch (failure.code()) {
            case RESOURCE_NOT_FOUND -> 404;
            case REQUEST_METHOD -> 405;
            case REQUEST_TOO_LARGE -> 413;
            case POLICY_DENIED -> 403;
            case RATE_LIMITED -> 503;
            case INTERNAL -> 500;
            default -> 400;
        };
        return Response.of(
                status,
                "text/plain",
                (name + ": " + failure.code().dotted() + ": " + failure.text() + "\n")
                        .getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public List<Response.Header> commonHeaders() {
        return List.of(new Response.Header("Server", "Echo/1"));
    }
}

package hansa.cli.client;

import java.util.Map;

/** What a node answered, and whether that is good. */
record Attempt(HttpConnection.Answer answer, NodeAddress address) {

    Node.Reply success() {
        if (answer.status() >= 200 && answer.status() < 300) {
            Json body = answer.body().length == 0 ? new Json.Members(Map.of()) : JsonText.parse(answer.body());
            return new Node.Reply(answer.status(), body, answer.header("location"));
        }
        throw refusal();
    }

    Refusal refusal() {
        return new Refusal(exit(), line());
    }

    private Exit exit() {
        return switch (answer.status()) {
            case 400, 411, 413, 414, 415, 422, 428 -> Exit.USAGE;
            case 404, 410 -> Exit.NOT_FOUND;
            case 401, 403, 405, 409, 412, 507 -> Exit.REFUSED;
            case 429, 502, 503, 504 -> Exit.UNAVAILABLE;
            default -> Exit.FAILED;
        };
    }

    private String line() {
        String type = answer.header("content-type").orElse("");
        boolean problem = type.startsWith("application/problem+json");
        boolean oauth = type.startsWith("application/json");
        if (!(problem || oauth) || !(JsonText.parse(answer.body()) instanceof Json.Members members)) {
            return address.endpoint() + " answered " + answer.status() + "; is it a Hansa node?";
        }
        if (oauth) {
            return members.text("error_description");
        }
        String detail = members.text("detail");
        return switch (answer.status()) {
            case 401 -> detail + " Log in with 'hansa login', or give a valid token with --token or HANSA_TOKEN.";
            case 500 -> detail + " (request " + members.text("requestId") + ")";
            default -> detail;
        };
    }
}

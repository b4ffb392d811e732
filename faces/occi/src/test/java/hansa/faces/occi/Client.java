package hansa.faces.occi;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Sends requests as an OCCI client does. */
final class Client {

    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private final String base;
    private final String token;

    Client(String base, String token) {
        this.base = base;
        this.token = token;
    }

    /** The same client at another mount. */
    Client at(String mount) {
        return new Client(base + mount, token);
    }

    /** An answer. */
    record Answer(int status, HttpResponse<String> response) {
        String body() {
            return response.body();
        }

        Optional<String> header(String name) {
            return response.headers().firstValue(name);
        }

        List<String> headers(String name) {
            return response.headers().allValues(name);
        }

        /** The path of the Location header, without the origin. */
        String path() {
            return URI.create(header("Location").orElseThrow()).getPath();
        }

        /** The last segment of the Location. */
        String id() {
            return path().substring(path().lastIndexOf('/') + 1);
        }

        String contentType() {
            return header("Content-Type").orElse("");
        }
    }

    /** A request in the making. */
    final class Call {
        private final HttpRequest.Builder builder;
        private final String method;
        private final List<String> headers = new ArrayList<>();
        private String body = "";

        private Call(String method, String path) {
            this.method = method;
            builder = HttpRequest.newBuilder(URI.create(base + path));
            if (!token.isEmpty()) {
                builder.header("X-Auth-Token", token);
            }
        }

        Call accept(String type) {
            return header("Accept", type);
        }

        Call header(String name, String value) {
            headers.add(name);
            builder.header(name, value);
            return this;
        }

        Call plain(String text) {
            return body("text/plain", text);
        }

        Call json(String text) {
            return body("application/occi+json", text);
        }

        Call body(String type, String text) {
            body = text;
            return header("Content-Type", type);
        }

        Answer send() {
            builder.method(
                    method,
                    body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body, StandardCharsets.UTF_8));
            try {
                HttpResponse<String> response =
                        HTTP.send(builder.build(), BodyHandlers.ofString(StandardCharsets.UTF_8));
                return new Answer(response.statusCode(), response);
            } catch (IOException e) {
                throw new AssertionError("no answer to " + method + " " + base, e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new AssertionError("interrupted", e);
            }
        }
    }

    Call call(String method, String path) {
        return new Call(method, path);
    }

    Answer get(String path, String accept) {
        return call("GET", path).accept(accept).send();
    }

    Answer get(String path) {
        return call("GET", path).send();
    }

    Answer post(String path, String lines) {
        return call("POST", path).plain(lines).send();
    }

    Answer put(String path, String lines) {
        return call("PUT", path).plain(lines).send();
    }

    Answer delete(String path) {
        return call("DELETE", path).send();
    }
}

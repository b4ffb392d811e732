package hansa.protocols.sigv4;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What a signature covers of a request.
 *
 * @param method upper case
 * @param path of the request line as it was sent, without query
 * @param query decoded, in any order
 * @param headers in the order of the request; names in any case
 * @param payloadHash SHA-256 of the body in lower-case hexadecimal, or what a service takes in its place
 */
public record HttpMessage(String method, String path, List<Pair> query, List<Pair> headers, String payloadHash) {

    /** A header, or a parameter of the query. */
    public record Pair(String name, String value) {}

    public HttpMessage {
        query = List.copyOf(query);
        headers = List.copyOf(headers);
    }

    public HttpMessage(String method, String path, List<Pair> query, List<Pair> headers, byte[] body) {
        this(method, path, query, headers, Digests.sha256Hex(body));
    }

    /** The first value of that header. */
    public Optional<String> header(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        return headers.stream()
                .filter(header -> header.name().toLowerCase(Locale.ROOT).equals(lower))
                .map(Pair::value)
                .findFirst();
    }

    /** The first value of that parameter of the query. */
    public Optional<String> parameter(String name) {
        return query.stream()
                .filter(one -> one.name().equals(name))
                .map(Pair::value)
                .findFirst();
    }
}

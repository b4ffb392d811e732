package hansa.protocols.sigv4;

import hansa.protocols.sigv4.HttpMessage.Pair;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * A request in the one form that both sides sign.
 *
 * @param text six parts, one below the other
 * @param signedHeaders lower case, sorted, with {@code ;} between them
 */
public record CanonicalRequest(String text, String signedHeaders) {

    static final String ALGORITHM = "AWS4-HMAC-SHA256";
    static final String SIGNATURE_PARAMETER = "X-Amz-Signature";
    static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);

    /**
     * @param signed names of the headers that are signed, in any case and order
     * @throws SigV4SyntaxException where one of them is not there
     */
    public static CanonicalRequest of(HttpMessage message, List<String> signed, PathRule rule)
            throws SigV4SyntaxException {
        TreeMap<String, String> headers = new TreeMap<>();
        for (String name : signed) {
            String lower = name.toLowerCase(Locale.ROOT);
            headers.put(
                    lower,
                    value(message, lower)
                            .orElseThrow(() ->
                                    new SigV4SyntaxException("the header '" + lower + "' is signed and not there")));
        }
        String names = String.join(";", headers.keySet());
        String block = headers.entrySet().stream()
                .map(header -> header.getKey() + ":" + header.getValue() + "\n")
                .collect(Collectors.joining());
        String text = String.join(
                "\n",
                message.method(),
                rule.canonical(message.path()),
                query(message.query()),
                block,
                names,
                message.payloadHash());
        return new CanonicalRequest(text, names);
    }

    private static Optional<String> value(HttpMessage message, String lower) {
        List<String> values = message.headers().stream()
                .filter(header -> header.name().toLowerCase(Locale.ROOT).equals(lower))
                .map(header -> header.value().strip().replaceAll(" +", " "))
                .toList();
        return values.isEmpty() ? Optional.empty() : Optional.of(String.join(",", values));
    }

    private static String query(List<Pair> query) {
        return query.stream()
                .filter(one -> !one.name().equals(SIGNATURE_PARAMETER))
                .map(one -> Map.entry(Percent.encode(one.name()), Percent.encode(one.value())))
                .sorted(Map.Entry.<String, String>comparingByKey()
                        .thenComparing(Map.Entry.comparingByValue(Comparator.naturalOrder())))
                .map(one -> one.getKey() + "=" + one.getValue())
                .collect(Collectors.joining("&"));
    }

    /** What is signed of it at that time. */
    public String stringToSign(Instant time, Scope scope) {
        return String.join(
                "\n",
                ALGORITHM,
                TIME.format(time),
                scope.toString(),
                Digests.sha256Hex(text.getBytes(StandardCharsets.UTF_8)));
    }
}

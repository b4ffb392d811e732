package hansa.protocols.sigv4;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a request says of its own signature, in the header {@code Authorization} or in its query (presigned).
 *
 * @param time when it was signed
 * @param signedHeaders as written
 * @param signature 64 hexadecimal digits
 * @param lifetime how long after {@code time} a presigned one is good; empty for one in the header
 */
public record Authorization(
        String accessKey,
        Scope scope,
        Instant time,
        List<String> signedHeaders,
        String signature,
        Optional<Duration> lifetime) {

    private static final int LONGEST = 4096;
    private static final int MOST_HEADERS = 100;
    private static final long LONGEST_LIFE = 7 * 24 * 3600;

    public Authorization {
        signedHeaders = List.copyOf(signedHeaders);
    }

    /** The header's value. */
    public String header() {
        return CanonicalRequest.ALGORITHM + " Credential=" + accessKey + "/" + scope + ", SignedHeaders="
                + String.join(";", signedHeaders) + ", Signature=" + signature;
    }

    /** Reads it from wherever a request carries it; empty where it carries none. */
    public static Optional<Authorization> of(HttpMessage message) throws SigV4SyntaxException {
        Optional<String> header = message.header("Authorization");
        if (header.isPresent()) {
            String date = message.header("X-Amz-Date")
                    .orElseThrow(() -> new SigV4SyntaxException("the header X-Amz-Date is missing"));
            return Optional.of(of(parts(header.get()), date, Optional.empty()));
        }
        if (message.parameter(CanonicalRequest.SIGNATURE_PARAMETER).isEmpty()) {
            return Optional.empty();
        }
        if (!message.parameter("X-Amz-Algorithm").equals(Optional.of(CanonicalRequest.ALGORITHM))) {
            throw new SigV4SyntaxException("X-Amz-Algorithm is not " + CanonicalRequest.ALGORITHM);
        }
        Map<String, String> parts = new HashMap<>();
        for (String name : List.of("Credential", "SignedHeaders", "Signature")) {
            message.parameter("X-Amz-" + name).ifPresent(value -> parts.put(name, value));
        }
        return Optional.of(of(parts, message.parameter("X-Amz-Date").orElse(""), Optional.of(lifetime(message))));
    }

    private static Duration lifetime(HttpMessage message) throws SigV4SyntaxException {
        String text = message.parameter("X-Amz-Expires").orElse("");
        if (!text.matches("\\d{1,7}") || Long.parseLong(text) > LONGEST_LIFE) {
            throw new SigV4SyntaxException("X-Amz-Expires is 0 to " + LONGEST_LIFE + " seconds");
        }
        return Duration.ofSeconds(Long.parseLong(text));
    }

    private static Map<String, String> parts(String header) throws SigV4SyntaxException {
        if (header.length() > LONGEST || !header.startsWith(CanonicalRequest.ALGORITHM + " ")) {
            throw new SigV4SyntaxException("the header Authorization is not one of " + CanonicalRequest.ALGORITHM);
        }
        Map<String, String> parts = new HashMap<>();
        for (String part :
                header.substring(CanonicalRequest.ALGORITHM.length() + 1).split(",", -1)) {
            String[] pair = part.strip().split("=", 2);
            if (pair.length != 2 || parts.put(pair[0], pair[1]) != null) {
                throw new SigV4SyntaxException(
                        "the header Authorization holds Credential, SignedHeaders and Signature once");
            }
        }
        return parts;
    }

    private static Authorization of(Map<String, String> parts, String date, Optional<Duration> lifetime)
            throws SigV4SyntaxException {
        String credential = parts.getOrDefault("Credential", "");
        String signature = parts.getOrDefault("Signature", "");
        List<String> headers =
                Arrays.asList(parts.getOrDefault("SignedHeaders", "").split(";", MOST_HEADERS + 1));
        int slash = credential.indexOf('/');
        if (slash < 1 || !signature.matches("[0-9a-f]{64}") || !areNames(headers)) {
            throw new SigV4SyntaxException(
                    "a signature has a Credential, SignedHeaders and a Signature of 64 hexadecimal digits");
        }
        return new Authorization(
                credential.substring(0, slash),
                Scope.read(credential.substring(slash + 1)),
                time(date),
                headers,
                signature,
                lifetime);
    }

    private static boolean areNames(List<String> headers) {
        return headers.size() <= MOST_HEADERS
                && headers.stream().allMatch(name -> name.matches("[A-Za-z0-9_-]{1,128}"));
    }

    private static Instant time(String text) throws SigV4SyntaxException {
        try {
            return CanonicalRequest.TIME.parse(text, Instant::from);
        } catch (DateTimeException e) {
            throw new SigV4SyntaxException("the time of a signature is such as 20150830T123600Z");
        }
    }
}

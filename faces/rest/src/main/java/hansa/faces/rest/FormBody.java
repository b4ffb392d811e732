package hansa.faces.rest;

import hansa.kernel.base.ErrorCode;
import hansa.kernel.base.Failure;
import hansa.kernel.http.Request;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** A body as forms send it ({@code application/x-www-form-urlencoded}), as OAuth has it: each parameter once. */
record FormBody(Map<String, String> parameters) {

    private static final String MEDIA_TYPE = "application/x-www-form-urlencoded";
    private static final int MOST_PARAMETERS = 32;

    FormBody {
        parameters = Map.copyOf(parameters);
    }

    /** @throws Failure {@code request.*} */
    static FormBody of(Request request) {
        String sent = request.header("Content-Type").orElse("");
        if (!sent.split(";", 2)[0].strip().toLowerCase(Locale.ROOT).equals(MEDIA_TYPE)) {
            throw new Failure(
                    ErrorCode.REQUEST_MEDIA_TYPE,
                    "A body of type '" + Wire.printable(sent) + "' is not read here; send " + MEDIA_TYPE + ".");
        }
        String[] pairs = new String(request.body(), StandardCharsets.US_ASCII).split("&", MOST_PARAMETERS + 1);
        if (pairs.length > MOST_PARAMETERS) {
            throw malformed("The form has more than " + MOST_PARAMETERS + " parameters; send fewer.");
        }
        Map<String, String> parameters = new LinkedHashMap<>();
        for (String pair : pairs) {
            int equals = pair.indexOf('=');
            String name = decoded(equals < 0 ? pair : pair.substring(0, equals));
            if (parameters.put(name, equals < 0 ? "" : decoded(pair.substring(equals + 1))) != null) {
                throw malformed("The parameter '" + Wire.printable(name) + "' comes twice; send it once.");
            }
        }
        return new FormBody(parameters);
    }

    private static String decoded(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw new Failure(
                    ErrorCode.REQUEST_MALFORMED,
                    "The form is not percent-encoded as it should be; mend the client.",
                    e);
        }
    }

    private static Failure malformed(String text) {
        return new Failure(ErrorCode.REQUEST_MALFORMED, text);
    }

    Optional<String> text(String name) {
        return Optional.ofNullable(parameters.get(name)).filter(value -> !value.isEmpty());
    }
}

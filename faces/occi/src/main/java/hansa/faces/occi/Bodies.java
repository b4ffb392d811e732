package hansa.faces.occi;

import hansa.kernel.base.ErrorCode;
import hansa.kernel.base.Failure;
import hansa.kernel.http.Request;
import hansa.protocols.occi.HeaderField;
import hansa.protocols.occi.Limits;
import hansa.protocols.occi.MediaType;
import hansa.protocols.occi.OcciMessage;
import hansa.protocols.occi.OcciSyntaxException;
import hansa.protocols.occi.json.OcciJsonReader;
import hansa.protocols.occi.text.TextOcciReader;
import hansa.protocols.occi.text.TextPlainReader;
import hansa.protocols.occi.text.UriListReader;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a request says, whichever rendering it came in. Safe for any number of threads. */
final class Bodies {

    private static final List<String> FIELDS = List.of("Category", "X-OCCI-Attribute", "Link", "X-OCCI-Location");

    private final TextPlainReader lines;
    private final TextOcciReader headers;
    private final UriListReader uris;
    private final OcciJsonReader json;

    Bodies(Limits limits) {
        lines = new TextPlainReader(limits);
        headers = new TextOcciReader(limits);
        uris = new UriListReader(limits);
        json = new OcciJsonReader(limits);
    }

    private record Sent(Optional<MediaType> media, String name, Charset charset) {}

    /**
     * Reads the body if there is one, else the headers: clients name both renderings in one Content-Type and fill one.
     *
     * @throws Failure {@code request.malformed}, {@code request.media-type}, {@code request.too-large}
     */
    OcciMessage read(Request request) {
        byte[] body = request.body();
        try {
            if (isBlank(body)) {
                return headers.read(fields(request));
            }
            List<Sent> sent = sent(request);
            if (sent.isEmpty()) {
                return lines.read(body);
            }
            for (Sent each : sent) {
                if (each.media().filter(MediaType::isInBody).isPresent()) {
                    return body(each.media().get(), each.charset(), body);
                }
            }
            if (sent.stream().anyMatch(each -> each.media().isPresent())) {
                return headers.read(fields(request));
            }
            throw new Failure(
                    ErrorCode.REQUEST_MEDIA_TYPE,
                    "A body of type " + Words.shown(sent.getFirst().name())
                            + " is not read here; send text/plain, text/occi or application/occi+json.");
        } catch (OcciSyntaxException e) {
            throw new Failure(ErrorCode.REQUEST_MALFORMED, sentence(e.getMessage()), e);
        }
    }

    private OcciMessage body(MediaType media, Charset charset, byte[] body) throws OcciSyntaxException {
        boolean utf8 = charset.equals(StandardCharsets.UTF_8);
        return switch (media) {
            case TEXT_PLAIN, TEXT_OCCI_PLAIN -> utf8 ? lines.read(body) : lines.read(new String(body, charset));
            case URI_LIST -> uris.read(body);
            case OCCI_JSON -> json.read(body);
            case TEXT_OCCI -> OcciMessage.empty();
        };
    }

    private static String sentence(@Nullable String text) {
        String line = text == null ? "The request cannot be read" : text;
        return line.endsWith(".") ? line : line + ".";
    }

    private static List<HeaderField> fields(Request request) {
        List<HeaderField> fields = new ArrayList<>();
        for (String name : FIELDS) {
            request.headers(name).forEach(value -> fields.add(HeaderBytes.ofText(name, value)));
        }
        return fields;
    }

    private static boolean isBlank(byte[] body) {
        for (byte b : body) {
            if (b != ' ' && b != '\t' && b != '\r' && b != '\n') {
                return false;
            }
        }
        return true;
    }

    private static List<Sent> sent(Request request) {
        List<Sent> sent = new ArrayList<>();
        for (String header : request.headers("Content-Type")) {
            for (String part : header.split(",", 16)) {
                String[] pieces = part.split(";", 16);
                if (!pieces[0].isBlank()) {
                    sent.add(new Sent(MediaType.of(pieces[0]), pieces[0].strip(), charset(pieces)));
                }
            }
        }
        return sent;
    }

    private static Charset charset(String[] pieces) {
        for (int i = 1; i < pieces.length; i++) {
            String parameter = pieces[i].strip().toLowerCase(Locale.ROOT);
            if (parameter.startsWith("charset=")) {
                String name = parameter.substring("charset=".length()).replace("\"", "");
                try {
                    return Charset.forName(name);
                } catch (IllegalCharsetNameException | UnsupportedCharsetException e) {
                    throw new Failure(
                            ErrorCode.REQUEST_MEDIA_TYPE,
                            "The charset " + Words.shown(name) + " is not known here; send UTF-8.",
                            e);
                }
            }
        }
        return StandardCharsets.UTF_8;
    }
}

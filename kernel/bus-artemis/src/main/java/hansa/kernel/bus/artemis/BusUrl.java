package hansa.kernel.bus.artemis;

import hansa.kernel.base.ErrorCode;
import hansa.kernel.base.Failure;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Where the Artemis broker is. Its text form never shows a password. */
public sealed interface BusUrl {

    /** Who speaks to the broker. */
    record Login(String user, String password) {
        @Override
        public String toString() {
            return user;
        }
    }

    /**
     * A broker in this process.
     *
     * @param login what others have to show; none: nobody else is let in
     * @param acceptors where it listens for others with core, AMQP and STOMP on one port, such as {@code tcp://127.0.0.1:61616};
     *     none: nowhere
     */
    record Embedded(Optional<Login> login, List<String> acceptors) implements BusUrl {
        public Embedded {
            acceptors = List.copyOf(acceptors);
            if (!acceptors.isEmpty() && login.isEmpty()) {
                throw invalid("A broker that listens needs a login: artemis-embedded://user:password@local?acceptor=…");
            }
        }
    }

    /**
     * A broker, or a cluster of them, elsewhere.
     *
     * @param broker URL of the core protocol, such as {@code tcp://host:61616?sslEnabled=true}
     */
    record Remote(String broker, Optional<Login> login) implements BusUrl {}

    /**
     * Reads {@code artemis-embedded:}, {@code artemis-embedded://user:password@local?acceptor=tcp://127.0.0.1:61616} or
     * {@code artemis-core://user:password@host:61616?sslEnabled=true}; also {@code artemis-core tcp://host:61616}.
     *
     * @throws Failure {@link ErrorCode#ATTRIBUTE_INVALID} for everything else; the message does not repeat the URL
     */
    static BusUrl parse(String text) {
        String url = text.strip().replaceFirst("^artemis-core[ :]+tcp://", "artemis-core://");
        if (url.equals("artemis-embedded:")) {
            return new Embedded(Optional.empty(), List.of());
        }
        URI uri;
        try {
            uri = new URI(url);
        } catch (URISyntaxException e) {
            throw invalid("The bus's URL cannot be read at character " + e.getIndex()
                    + "; write special characters of the password as %XX.");
        }
        String authority = uri.getRawAuthority() == null ? "" : uri.getRawAuthority();
        int at = authority.lastIndexOf('@');
        Optional<Login> login = at < 0 ? Optional.empty() : Optional.of(login(authority.substring(0, at)));
        String host = authority.substring(at + 1);
        String scheme = uri.getScheme() == null ? "" : uri.getScheme();
        return switch (scheme) {
            case "artemis-embedded" -> new Embedded(login, acceptors(uri.getRawQuery()));
            case "artemis-core" -> {
                if (host.isEmpty()) {
                    throw invalid("The bus's URL has to name a host: artemis-core://user:password@host:61616.");
                }
                yield new Remote("tcp://" + host + (uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery()), login);
            }
            case String other ->
                throw invalid("The bus's URL has to start with artemis-embedded: or artemis-core:, not with \"" + other
                        + "\".");
        };
    }

    private static Login login(String userInfo) {
        String[] parts = userInfo.split(":", 2);
        if (parts.length < 2 || parts[0].isEmpty() || parts[1].isEmpty()) {
            throw invalid("The login in the bus's URL has to be user:password.");
        }
        return new Login(decode(parts[0]), decode(parts[1]));
    }

    private static List<String> acceptors(@Nullable String query) {
        List<String> acceptors = new ArrayList<>();
        for (String parameter : query == null ? new String[0] : query.split("&")) {
            if (!parameter.startsWith("acceptor=tcp://")) {
                throw invalid("The bus's URL takes acceptor=tcp://host:port and nothing else.");
            }
            acceptors.add(decode(parameter.substring("acceptor=".length())));
        }
        return acceptors;
    }

    private static String decode(String escaped) {
        try {
            return URLDecoder.decode(escaped.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw invalid("The bus's URL holds a % that is not followed by two hex digits; write it as %25.");
        }
    }

    private static Failure invalid(String message) {
        return new Failure(ErrorCode.ATTRIBUTE_INVALID, message);
    }
}

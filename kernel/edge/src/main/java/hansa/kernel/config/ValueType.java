package hansa.kernel.config;

import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * How the text of a key is read.
 *
 * @param name for the reference page
 * @param expected ends the sentence "it must be …"
 * @param masked never shown
 * @param parse throws {@link IllegalArgumentException} for a text that does not fit
 */
record ValueType<T>(String name, String expected, boolean masked, Function<String, T> parse) {

    private static final Pattern DURATION = Pattern.compile("(\\d{1,9})(ms|s|m|h|d)");
    private static final Pattern SIZE = Pattern.compile("(\\d{1,12})(B|KiB|MiB|GiB|TiB)?");
    private static final Map<String, Long> UNITS =
            Map.of("B", 1L, "KiB", 1L << 10, "MiB", 1L << 20, "GiB", 1L << 30, "TiB", 1L << 40);

    static ValueType<String> text() {
        return new ValueType<>("text", "a text", false, ValueType::filled);
    }

    static ValueType<String> text(String expected, Pattern pattern) {
        return new ValueType<>("text", expected, false, text -> {
            if (!pattern.matcher(text).matches()) {
                throw new IllegalArgumentException();
            }
            return text;
        });
    }

    static ValueType<Secret> secret() {
        return new ValueType<>("secret", "a text, file:/path or env:NAME", true, text -> new Secret(filled(text)));
    }

    static ValueType<Boolean> flag() {
        return new ValueType<>("true or false", "true or false", false, text -> switch (text) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new IllegalArgumentException();
        });
    }

    static ValueType<Long> number(long least, long most) {
        String range = "a whole number from " + least + " to " + most;
        return new ValueType<>("number", range, false, text -> inRange(Long.parseLong(text), least, most));
    }

    /** Bytes. */
    static ValueType<Long> size(long least, long most) {
        String range = "a size such as 64KiB or 2GiB, from " + least + " to " + most + " bytes";
        return new ValueType<>("size", range, false, text -> {
            Matcher matcher = SIZE.matcher(text);
            if (!matcher.matches()) {
                throw new IllegalArgumentException();
            }
            long unit = Optional.ofNullable(matcher.group(2)).map(UNITS::get).orElse(1L);
            return inRange(Math.multiplyExact(Long.parseLong(matcher.group(1)), unit), least, most);
        });
    }

    static ValueType<Duration> duration(Duration least, Duration most) {
        String range =
                "a duration such as 250ms, 10s, 5m or 1h, from " + least.toMillis() + "ms to " + most.toSeconds() + "s";
        return new ValueType<>("duration", range, false, text -> {
            Matcher matcher = DURATION.matcher(text);
            if (!matcher.matches()) {
                throw new IllegalArgumentException();
            }
            long amount = Long.parseLong(matcher.group(1));
            Duration duration = switch (matcher.group(2)) {
                case "ms" -> Duration.ofMillis(amount);
                case "s" -> Duration.ofSeconds(amount);
                case "m" -> Duration.ofMinutes(amount);
                case "h" -> Duration.ofHours(amount);
                default -> Duration.ofDays(amount);
            };
            inRange(duration.toMillis(), least.toMillis(), most.toMillis());
            return duration;
        });
    }

    /** One of the names of an enumeration, in lower case. */
    static <E extends Enum<E>> ValueType<E> choice(Class<E> choices) {
        String names = Arrays.stream(choices.getEnumConstants())
                .map(choice -> choice.name().toLowerCase(Locale.ROOT))
                .collect(Collectors.joining(", "));
        return new ValueType<>("one of " + names, "one of " + names, false, text -> {
            if (!text.equals(text.toLowerCase(Locale.ROOT))) {
                throw new IllegalArgumentException();
            }
            return Enum.valueOf(choices, text.toUpperCase(Locale.ROOT));
        });
    }

    static ValueType<Path> path() {
        return new ValueType<>("path", "the path of a file", false, text -> Path.of(filled(text)));
    }

    static ValueType<List<String>> names() {
        return new ValueType<>(
                "list of names",
                "a list of host names and addresses",
                false,
                text -> text.isBlank()
                        ? List.of()
                        : Arrays.stream(text.split(",")).map(String::strip).toList());
    }

    static ValueType<URI> listener() {
        return new ValueType<>("URL", "http://host:port or https://host:port", false, ValueType::listen);
    }

    static ValueType<Optional<URI>> optionalListener() {
        return new ValueType<>(
                "URL or none",
                "http://host:port, https://host:port or none",
                false,
                text -> text.equals("none") ? Optional.empty() : Optional.of(listen(text)));
    }

    /** Where somebody else is found: {@code https://}, or {@code http://} on this host. */
    static ValueType<URI> remote() {
        return new ValueType<>(
                "URL", "https://host/path without query, or http:// on a loopback address", false, text -> {
                    try {
                        URI uri = new URI(text);
                        boolean bare = uri.getRawQuery() == null
                                && uri.getRawFragment() == null
                                && uri.getRawUserInfo() == null
                                && uri.getHost() != null;
                        if (!bare
                                || !"https".equals(uri.getScheme())
                                        && !("http".equals(uri.getScheme()) && isLoopback(uri.getHost()))) {
                            throw new IllegalArgumentException();
                        }
                        return uri;
                    } catch (URISyntaxException e) {
                        throw new IllegalArgumentException(e);
                    }
                });
    }

    static boolean isLoopback(String host) {
        String bare = host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
        if (bare.equalsIgnoreCase("localhost")) {
            return true;
        }
        try {
            return InetAddress.ofLiteral(bare).isLoopbackAddress();
        } catch (IllegalArgumentException aName) {
            return false;
        }
    }

    private static URI listen(String text) {
        try {
            URI uri = new URI(text);
            boolean scheme = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
            boolean bare = "".equals(uri.getRawPath()) && uri.getRawQuery() == null && uri.getRawUserInfo() == null;
            if (!scheme || !bare || uri.getHost() == null || uri.getPort() < 0 || uri.getPort() > 65_535) {
                throw new IllegalArgumentException();
            }
            return uri;
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException(e);
        }
    }

    private static String filled(String text) {
        if (text.isBlank()) {
            throw new IllegalArgumentException();
        }
        return text;
    }

    private static long inRange(long value, long least, long most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException();
        }
        return value;
    }
}

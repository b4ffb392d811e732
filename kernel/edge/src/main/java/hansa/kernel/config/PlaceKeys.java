package hansa.kernel.config;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;

/** What an operator says of a cloud and where it is, for whoever chooses among clouds. */
final class PlaceKeys {

    private static final ValueType<String> COUNTRY_CODE =
            ValueType.text("two capital letters such as SE, as ISO 3166 has them", Pattern.compile("[A-Z]{2}"));
    private static final ValueType<String> DEGREES = ValueType.text(
            "latitude/longitude in degrees such as 59.33/18.07",
            Pattern.compile("-?([0-8]?\\d(\\.\\d{1,6})?|90)/-?((1[0-7]\\d|\\d{1,2})(\\.\\d{1,6})?|180)"));

    static final Key<String> SITE_COUNTRY = Key.optional(
            "site.country",
            COUNTRY_CODE,
            "not known, so that no data goes there that is bound to a country",
            "Whose law holds at this site, as ISO 3166 writes it with two letters.");
    static final Key<String> SITE_POSITION = Key.optional(
            "site.position",
            DEGREES,
            "not known, so that it is near to nothing",
            "Where this site is: latitude/longitude in degrees, north and east positive.");
    static final Key<String> CURRENCY = Key.of(
            "site.currency",
            ValueType.text("three capital letters such as EUR", Pattern.compile("[A-Z]{3}")),
            "EUR",
            "The currency of all prices. What a cloud tells in another one does not count.");
    static final Key<Long> TRIES = Key.of(
            "placement.tries",
            ValueType.number(0, 20),
            "3",
            "How many other clouds a machine is tried at, when the chosen one refuses it or does not answer.");
    static final Key<Duration> FULL_FOR = Key.of(
            "placement.full-for",
            ValueType.duration(Duration.ZERO, Duration.ofDays(1)),
            "60s",
            "For how long a cloud counts as full that refused a machine for lack of room or quota.");
    static final Key<Duration> STALE_AFTER = Key.of(
            "placement.stale-after",
            ValueType.duration(Duration.ofSeconds(1), Duration.ofDays(30)),
            "10m",
            "From which age on what is known of a cloud's room is old.");
    static final Key<Boolean> USE_STALE = Key.of(
            "placement.use-stale",
            ValueType.flag(),
            "true",
            "Whether clouds of which only old figures are known are chosen all the same, with a warning.");

    static final Key<String> SITE = Key.optional(
            "site",
            ValueType.text(
                    "1 to 63 letters, digits, dots, _ and -, starting with a letter or digit",
                    Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,62}")),
            "`site.name`",
            "At which site the cloud is. Clouds with the same one share its country and position.");
    static final Key<String> COUNTRY = Key.optional(
            "country", COUNTRY_CODE, "`site.country` for clouds of this site", "Whose law holds where the cloud is.");
    static final Key<String> POSITION = Key.optional(
            "position", DEGREES, "`site.position` for clouds of this site", "Where the cloud is, as `site.position`.");
    static final Key<Long> PRIORITY = Key.of(
            "priority",
            ValueType.number(-1000, 1000),
            "0",
            "Clouds of a higher priority are filled first; give a public cloud that shall take the rest -1.");
    static final Key<Boolean> PUBLIC =
            Key.of("public", ValueType.flag(), "false", "Whether the cloud is somebody's who sells to all.");
    static final Key<Boolean> DRAINING =
            Key.of("draining", ValueType.flag(), "false", "Whether the cloud keeps what it has and takes nothing new.");
    static final Key<Map<String, String>> LABELS = Key.of(
            "labels",
            pairs("a list of labels such as HYPERVISOR=kvm,ZONE=north", text -> text),
            "",
            "What requirements can ask for beside the standard attributes: `NAME=value`, names in capitals.");
    static final Key<List<String>> FEATURES = Key.of(
            "features", ValueType.names(), "", "What the cloud has, such as `gpu,ipv6`; asked for by `FEATURES`.");
    static final Key<Map<String, BigDecimal>> PRICES = Key.of(
            "prices",
            pairs("a list of prices such as small=0.02,large=0.08", PlaceKeys::amount),
            "",
            "What one machine of a flavour costs in an hour, in `site.currency`; goes before what the cloud tells.");
    static final Key<Map<String, Integer>> CAPS = Key.of(
            "caps",
            pairs("a list of caps such as small=5,large=0", PlaceKeys::cap),
            "",
            "Most machines of a flavour that are placed there at a time.");
    static final Key<BigDecimal> WATTS = new Key<>(
            "watts-per-core",
            new ValueType<>("number", "a number such as 7.5", false, PlaceKeys::amount),
            Optional.empty(),
            "not known",
            Optional.empty(),
            "What one more busy core draws, for the policy of least power.");

    static final List<Key<?>> OF_CLOUD =
            List.of(SITE, COUNTRY, POSITION, PRIORITY, PUBLIC, DRAINING, LABELS, FEATURES, PRICES, CAPS, WATTS);

    private PlaceKeys() {}

    private static BigDecimal amount(String text) {
        if (!text.matches("\\d{1,9}(\\.\\d{1,6})?")) {
            throw new IllegalArgumentException();
        }
        return new BigDecimal(text);
    }

    private static Integer cap(String text) {
        if (!text.matches("\\d{1,6}")) {
            throw new IllegalArgumentException();
        }
        return Integer.valueOf(text);
    }

    private static <V> ValueType<Map<String, V>> pairs(String expected, Function<String, V> value) {
        return new ValueType<>("list of name=value", expected, false, text -> {
            Map<String, V> pairs = new LinkedHashMap<>();
            for (String pair : text.isBlank() ? List.<String>of() : Arrays.asList(text.split(","))) {
                int equals = pair.indexOf('=');
                if (equals < 1
                        || pairs.put(
                                        pair.substring(0, equals).strip(),
                                        value.apply(pair.substring(equals + 1).strip()))
                                != null) {
                    throw new IllegalArgumentException();
                }
            }
            return pairs;
        });
    }
}

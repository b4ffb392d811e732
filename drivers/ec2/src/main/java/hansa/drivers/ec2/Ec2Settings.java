package hansa.drivers.ec2;

import hansa.cloud.CloudDescription.Price;
import hansa.cloud.Settings;
import hansa.cloud.Size;
import java.math.BigDecimal;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * How one EC2 is reached and used; {@link Ec2Keys} says what each means.
 *
 * @param secretKey a secret
 * @param sessionToken a secret
 * @param types in the order in which they are offered, with their size where it is configured
 */
record Ec2Settings(
        URI endpoint,
        Optional<URI> ebsEndpoint,
        String region,
        String accessKey,
        String secretKey,
        Optional<String> sessionToken,
        String version,
        Optional<String> trustAnchors,
        Optional<String> zone,
        Optional<String> vpc,
        Optional<String> subnet,
        List<String> securityGroups,
        List<String> images,
        List<String> imageOwners,
        Map<String, Optional<Size>> types,
        Map<String, Integer> caps,
        Map<String, Price> prices,
        boolean spot,
        Optional<String> spotMaxPrice,
        Optional<String> volumeType,
        boolean metadataTokens,
        boolean importKeys,
        boolean publicAddresses,
        boolean placementGroups,
        String imageArchitecture,
        Optional<String> imageBootMode,
        int imageBlocks,
        boolean captureReboots,
        boolean clientTokenFilter,
        String tagPrefix,
        boolean limitsTold,
        Duration timeLimit,
        Duration settling,
        int calls,
        int page) {

    private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");
    private static final int MOST = 1_000;

    /** @throws IllegalArgumentException with a line for the administrator */
    static Ec2Settings of(Settings settings) {
        String region = settings.text("region");
        require(region.matches("[A-Za-z0-9_-]{1,64}"), "'region' is such as eu-central-1, not '" + region + "'");
        String market = settings.text("market");
        require(Set.of("on-demand", "spot").contains(market), "'market' is on-demand or spot, not '" + market + "'");
        String prefix = settings.text("tag-prefix");
        require(
                prefix.matches("[a-z][a-z0-9-]{0,31}"),
                "'tag-prefix' is 1 to 32 of a-z, 0-9 and -, not '" + prefix + "'");
        String accessKey = settings.text("access-key");
        require(
                accessKey.matches("[!-.0-~]{1,128}"),
                "'access-key' is the id of an access key, without blanks and slashes");
        require(!settings.text("secret-key").isEmpty(), "'secret-key' is empty");
        String currency = settings.text("currency");
        require(currency.matches("[A-Z]{3}"), "'currency' is three capitals, not '" + currency + "'");
        String version = settings.text("version");
        require(version.matches("\\d{4}-\\d{2}-\\d{2}"), "'version' is such as 2016-11-15, not '" + version + "'");
        String architecture = settings.text("image-architecture");
        require(
                Set.of("x86_64", "arm64").contains(architecture),
                "'image-architecture' is x86_64 or arm64, not '" + architecture + "'");
        String bootMode = settings.text("image-boot-mode");
        require(
                Set.of("", "legacy-bios", "uefi", "uefi-preferred").contains(bootMode),
                "'image-boot-mode' is legacy-bios, uefi or uefi-preferred, not '" + bootMode + "'");
        Optional<String> spotMaxPrice = word(settings, "spot-max-price");
        spotMaxPrice.ifPresent(price -> amount("spot-max-price", price));
        return new Ec2Settings(
                endpoint(settings, "endpoint", or(settings.text("endpoint"), amazon("ec2", region) + "/")),
                ebsEndpoint(settings, region),
                region,
                accessKey,
                settings.text("secret-key"),
                Optional.of(settings.text("session-token")).filter(token -> !token.isEmpty()),
                version,
                Optional.of(settings.text("trust-anchors")).filter(path -> !path.isEmpty()),
                word(settings, "zone"),
                word(settings, "vpc"),
                word(settings, "subnet"),
                words(settings, "security-groups"),
                words(settings, "images"),
                words(settings, "image-owners"),
                types(settings),
                caps(settings),
                prices(settings, currency),
                market.equals("spot"),
                spotMaxPrice,
                word(settings, "volume-type"),
                settings.flag("metadata-tokens"),
                settings.flag("import-keys"),
                settings.flag("public-addresses"),
                settings.flag("placement-groups"),
                architecture,
                Optional.of(bootMode).filter(mode -> !mode.isEmpty()),
                number(settings, "image-blocks", 1, 64),
                settings.flag("capture-reboots"),
                settings.flag("client-token-filter"),
                prefix,
                settings.flag("limits-told"),
                duration(settings, "time-limit", Duration.ofMillis(100)),
                duration(settings, "settling", Duration.ZERO),
                number(settings, "calls", 1, 256),
                number(settings, "page", 5, 1000));
    }

    private static void require(boolean holds, String otherwise) {
        if (!holds) {
            throw new IllegalArgumentException(otherwise);
        }
    }

    private static String or(String text, String otherwise) {
        return text.isEmpty() ? otherwise : text;
    }

    private static String amazon(String service, String region) {
        String domain = region.startsWith("cn-") ? "amazonaws.com.cn" : "amazonaws.com";
        return "https://" + service + "." + region + "." + domain;
    }

    /** Without a slash at its end: what is asked for begins with one. */
    private static Optional<URI> ebsEndpoint(Settings settings, String region) {
        String otherwise = settings.text("endpoint").isEmpty() ? amazon("ebs", region) : "";
        String text = or(settings.text("ebs-endpoint"), otherwise).replaceFirst("/+$", "");
        return text.isEmpty() ? Optional.empty() : Optional.of(endpoint(settings, "ebs-endpoint", text));
    }

    private static URI endpoint(Settings settings, String key, String text) {
        try {
            URI url = new URI(text);
            boolean https = "https".equals(url.getScheme());
            require(
                    (https || "http".equals(url.getScheme()))
                            && url.getHost() != null
                            && url.getUserInfo() == null
                            && url.getRawQuery() == null
                            && url.getRawFragment() == null,
                    "'" + key + "' is such as https://cloud.example.org:8773/services/compute, not '" + text + "'");
            require(
                    https
                            || settings.flag("plain-http")
                            || LOOPBACK.contains(url.getHost().toLowerCase(Locale.ROOT)),
                    "'" + key + "' is plain http on another machine; use https, or set 'plain-http'");
            return url;
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException("'" + key + "' is not a URL: '" + text + "'", e);
        }
    }

    private static Optional<String> word(Settings settings, String key) {
        String text = settings.text(key);
        require(text.matches("[A-Za-z0-9_.:-]{0,128}"), "'" + key + "' is a word, not '" + text + "'");
        return Optional.of(text).filter(word -> !word.isEmpty());
    }

    private static List<String> words(Settings settings, String key) {
        List<String> words = items(settings, key);
        words.forEach(word -> require(
                word.matches("[A-Za-z0-9_.:-]{1,128}"),
                "'" + key + "' are words with commas between, not '" + word + "'"));
        return words;
    }

    private static List<String> items(Settings settings, String key) {
        List<String> items = Stream.of(settings.text(key).split(","))
                .map(String::strip)
                .filter(item -> !item.isEmpty())
                .toList();
        require(items.size() <= MOST, "'" + key + "' has at most " + MOST + " entries");
        return items;
    }

    /** {@code NAME=VALUE} pairs, in order; a name without a value has an empty one. */
    private static Map<String, String> pairs(Settings settings, String key) {
        Map<String, String> pairs = new LinkedHashMap<>();
        for (String item : items(settings, key)) {
            String[] pair = item.split("=", 2);
            String name = pair[0].strip();
            require(name.matches("[A-Za-z0-9_.-]{1,128}"), "'" + key + "' names no instance type: '" + item + "'");
            require(
                    pairs.put(name, pair.length == 2 ? pair[1].strip() : "") == null,
                    "'" + key + "' names '" + name + "' twice");
        }
        return pairs;
    }

    private static Map<String, Optional<Size>> types(Settings settings) {
        Map<String, Optional<Size>> types = new LinkedHashMap<>();
        pairs(settings, "instance-types")
                .forEach((name, size) ->
                        types.put(name, size.isEmpty() ? Optional.empty() : Optional.of(size(name, size))));
        return types;
    }

    private static Size size(String name, String text) {
        require(
                text.matches("\\d{1,4}/\\d{1,9}"),
                "'instance-types' are NAME or NAME=CORES/MEMORY_MIB, not '" + name + "=" + text + "'");
        String[] parts = text.split("/");
        try {
            return new Size(Integer.parseInt(parts[0]), Long.parseLong(parts[1]), 0);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("'instance-types', " + name + ": " + e.getMessage(), e);
        }
    }

    private static Map<String, Integer> caps(Settings settings) {
        Map<String, Integer> caps = new LinkedHashMap<>();
        pairs(settings, "caps").forEach((name, count) -> {
            require(count.matches("\\d{1,6}"), "'caps' are NAME=COUNT, not '" + name + "=" + count + "'");
            caps.put(name, Integer.parseInt(count));
        });
        return caps;
    }

    private static Map<String, Price> prices(Settings settings, String currency) {
        Map<String, Price> prices = new LinkedHashMap<>();
        pairs(settings, "prices")
                .forEach((name, amount) -> prices.put(name, new Price(amount("prices", amount), currency)));
        return prices;
    }

    private static String amount(String key, String text) {
        require(text.matches("\\d{1,9}(\\.\\d{1,9})?"), "'" + key + "' has amounts such as 0.0125, not '" + text + "'");
        return new BigDecimal(text).toPlainString();
    }

    private static Duration duration(Settings settings, String key, Duration least) {
        Duration duration = settings.duration(key);
        require(
                duration.compareTo(least) >= 0 && duration.compareTo(Duration.ofMinutes(10)) <= 0,
                "'" + key + "' is " + (least.isZero() ? "0s" : least.toMillis() + "ms") + " to 10m");
        return duration;
    }

    private static int number(Settings settings, String key, int least, int most) {
        long number = settings.number(key);
        require(number >= least && number <= most, "'" + key + "' is " + least + " to " + most + ", not " + number);
        return (int) number;
    }

    /** Without secrets. */
    @Override
    public String toString() {
        return "EC2 at " + endpoint;
    }
}

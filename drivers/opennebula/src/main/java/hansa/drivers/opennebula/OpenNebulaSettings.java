package hansa.drivers.opennebula;

import hansa.cloud.Setting;
import hansa.cloud.Settings;
import java.math.BigDecimal;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * How one OpenNebula is reached and used.
 *
 * @param session {@code user:password}, a secret
 * @param trustAnchors a file of certificates in PEM that TLS trusts instead of the JDK's
 * @param template number of the template that machines are made from when they have no flavour
 * @param network number of the network of machines that ask for none
 * @param networkDriver {@code VN_MAD} of networks that are made
 * @param physicalDevice {@code PHYDEV} of networks that are made
 * @param publicNetworks numbers and names of networks whose addresses the outside reaches
 * @param currency of the costs that templates say; empty = they are not told
 * @param caps most machines of templates, by their numbers
 * @param datastore number of the datastore of volumes and images
 * @param images empty = images cannot be brought and fetched
 * @param keepSnapshots whether OpenNebula keeps system snapshots of machines that do not run
 * @param cpuPerCore physical processors that a core is given
 * @param calls how many calls are made at a time
 * @param page how many machines one call lists
 * @param gracePeriod how long a guest may take to shut down
 * @param hostLimit how long the scheduler may look for a host for a machine of a group
 */
record OpenNebulaSettings(
        URI url,
        String session,
        Optional<String> trustAnchors,
        OptionalInt template,
        OptionalInt network,
        String networkDriver,
        Optional<String> physicalDevice,
        Set<String> publicNetworks,
        Optional<String> currency,
        Map<Integer, Integer> caps,
        int datastore,
        Optional<ImageSettings> images,
        boolean keepSnapshots,
        BigDecimal cpuPerCore,
        GuestContext.Kind context,
        boolean macWishes,
        Duration timeLimit,
        int calls,
        int page,
        Duration gracePeriod,
        Duration hostLimit) {

    static final List<Setting> ALL = List.of(
            setting(
                    "url",
                    Setting.Type.TEXT,
                    "Where OpenNebula takes XML-RPC, such as https://cloud.example.org:2633/RPC2."),
            setting("user", Setting.Type.TEXT, "The account that machines are made with."),
            setting("password", Setting.Type.SECRET, "Its password or login token."),
            setting(
                    "trust-anchors",
                    Setting.Type.PATH,
                    "A file of certificates in PEM that vouch for the server; empty = those of the JDK.",
                    ""),
            setting(
                    "template",
                    Setting.Type.TEXT,
                    "The number of a template that machines without a flavour are made from, for what is the same in"
                            + " all of them, such as graphics or scheduling; empty = none.",
                    ""),
            setting(
                    "network",
                    Setting.Type.TEXT,
                    "The number of the network that machines get which ask for none; empty = those of the template, or"
                            + " the only network that the account may use.",
                    ""),
            setting(
                    "network-driver",
                    Setting.Type.TEXT,
                    "How OpenNebula makes the networks that are made through Hansa, its VN_MAD: bridge, 802.1Q, vxlan or"
                            + " another that its hosts are set up for.",
                    "bridge"),
            setting(
                    "physical-device",
                    Setting.Type.TEXT,
                    "The hosts' interface that those networks run over, its PHYDEV; empty = none.",
                    ""),
            setting(
                    "public-networks",
                    Setting.Type.TEXT,
                    "Numbers or names of the networks whose addresses the outside reaches, with commas between them;"
                            + " OpenNebula does not tell. Empty = none.",
                    ""),
            setting(
                    "currency",
                    Setting.Type.TEXT,
                    "The currency, as in ISO 4217, of the costs that templates say (CPU_COST, MEMORY_COST, DISK_COST);"
                            + " OpenNebula knows none. Empty = no prices are told.",
                    ""),
            setting(
                    "caps",
                    Setting.Type.TEXT,
                    "Most machines of a template that there may be at a time, as number=count with commas between them,"
                            + " such as 4=5,7=0; templates that it does not name have no cap.",
                    ""),
            setting(
                    "datastore",
                    Setting.Type.NUMBER,
                    "The number of the image datastore that volumes and images are made in.",
                    "1"),
            setting(
                    "image-server",
                    Setting.Type.TEXT,
                    "Where OpenNebula fetches images that are brought to it: http, a name or address of this node that"
                            + " it reaches, and a port, such as http://10.0.0.5:2640. The node listens there only while"
                            + " an image is fetched. Goes with 'datastores'; empty = images are neither brought nor fetched.",
                    ""),
            setting(
                    "datastores",
                    Setting.Type.PATH,
                    "The folder of OpenNebula's datastores as this node sees it, such as /var/lib/one/datastores,"
                            + " which images are fetched from. Goes with 'image-server'.",
                    ""),
            setting("image-time-limit", Setting.Type.DURATION, "How long OpenNebula may take to fetch an image.", "1h"),
            setting(
                    "keep-snapshots",
                    Setting.Type.BOOLEAN,
                    "Whether OpenNebula keeps snapshots of machines that are switched off, KEEP_SNAPSHOTS of its VM_MAD;"
                            + " without that snapshots are not offered.",
                    "false"),
            setting(
                    "cpu-per-core",
                    Setting.Type.TEXT,
                    "How much of a physical processor a core is given, 0.01 to 16.",
                    "1"),
            setting(
                    "context",
                    Setting.Type.TEXT,
                    "Who reads user data in the guests: cloud-init, one-context (OpenNebula's own packages, which take"
                            + " scripts only), or both.",
                    "both"),
            setting(
                    "mac-wishes",
                    Setting.Type.BOOLEAN,
                    "Whether wishes for MAC addresses are passed on, which OpenNebula grants to administrators only.",
                    "false"),
            setting("time-limit", Setting.Type.DURATION, "How long a call may take, 100ms to 10m.", "30s"),
            setting(
                    "calls",
                    Setting.Type.NUMBER,
                    "How many calls are made at a time, 1 to 256; OpenNebula itself takes 15 of all its users together unless its MAX_CONN says more.",
                    "8"),
            setting("page", Setting.Type.NUMBER, "How many machines one call lists, 2 to 100000.", "1000"),
            setting(
                    "grace-period",
                    Setting.Type.DURATION,
                    "How long a guest may take to shut down before its power is cut.",
                    "60s"),
            setting(
                    "host-limit",
                    Setting.Type.DURATION,
                    "How long the scheduler may look for a host for a machine that is to share one with others, or never"
                            + " to, until the machine counts as failed; OpenNebula itself goes on looking.",
                    "3m"));

    private static Setting setting(String key, Setting.Type type, String meaning) {
        return new Setting(key, type, meaning, Optional.empty());
    }

    private static Setting setting(String key, Setting.Type type, String meaning, String fallback) {
        return new Setting(key, type, meaning, Optional.of(fallback));
    }

    /** @throws IllegalArgumentException with a line for the administrator */
    static OpenNebulaSettings of(Settings settings) {
        String user = settings.text("user");
        require(!user.isEmpty() && user.indexOf(':') < 0, "'user' is the name of an account, without a colon");
        Duration limit = settings.duration("time-limit");
        require(
                limit.compareTo(Duration.ofMillis(100)) >= 0 && limit.compareTo(Duration.ofMinutes(10)) <= 0,
                "'time-limit' is 100ms to 10m");
        return new OpenNebulaSettings(
                url(settings.text("url")),
                user + ":" + settings.text("password"),
                Optional.of(settings.text("trust-anchors")).filter(path -> !path.isEmpty()),
                optionalNumber(settings, "template"),
                optionalNumber(settings, "network"),
                word(settings, "network-driver").orElse("bridge"),
                word(settings, "physical-device"),
                names(settings.text("public-networks")),
                currency(settings.text("currency")),
                caps(settings.text("caps")),
                number(settings, "datastore", 0, Integer.MAX_VALUE),
                ImageSettings.of(settings),
                settings.flag("keep-snapshots"),
                share(settings.text("cpu-per-core")),
                GuestContext.Kind.of(settings.text("context")),
                settings.flag("mac-wishes"),
                limit,
                number(settings, "calls", 1, 256),
                number(settings, "page", 2, 100_000),
                settings.duration("grace-period"),
                settings.duration("host-limit"));
    }

    private static void require(boolean holds, String otherwise) {
        if (!holds) {
            throw new IllegalArgumentException(otherwise);
        }
    }

    private static URI url(String text) {
        try {
            URI url = new URI(text);
            boolean http = "http".equals(url.getScheme()) || "https".equals(url.getScheme());
            require(
                    http && url.getHost() != null && url.getUserInfo() == null,
                    "'url' is such as https://cloud.example.org:2633/RPC2, not '" + text + "'");
            return url;
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException("'url' is not a URL: '" + text + "'", e);
        }
    }

    private static int number(Settings settings, String key, int least, int most) {
        long number = settings.number(key);
        require(number >= least && number <= most, "'" + key + "' is " + least + " to " + most + ", not " + number);
        return (int) number;
    }

    private static OptionalInt optionalNumber(Settings settings, String key) {
        String text = settings.text(key);
        if (text.isEmpty()) {
            return OptionalInt.empty();
        }
        require(text.matches("\\d{1,9}"), "'" + key + "' is the number of one, not '" + text + "'");
        return OptionalInt.of(Integer.parseInt(text));
    }

    private static Optional<String> word(Settings settings, String key) {
        String text = settings.text(key);
        require(text.matches("[A-Za-z0-9_.:-]{0,64}"), "'" + key + "' is a word, not '" + text + "'");
        return Optional.of(text).filter(word -> !word.isEmpty());
    }

    private static Set<String> names(String text) {
        return Stream.of(text.split(","))
                .map(String::strip)
                .filter(name -> !name.isEmpty())
                .collect(Collectors.toUnmodifiableSet());
    }

    private static Map<Integer, Integer> caps(String text) {
        Map<Integer, Integer> caps = new TreeMap<>();
        for (String pair : names(text)) {
            require(pair.matches("\\d{1,9}=\\d{1,6}"), "'caps' are such as 4=5,7=0, not '" + pair + "'");
            String[] parts = pair.split("=");
            caps.put(Integer.parseInt(parts[0]), Integer.parseInt(parts[1]));
        }
        return caps;
    }

    private static Optional<String> currency(String text) {
        require(text.matches("([A-Z]{3})?"), "'currency' is three capital letters such as EUR, not '" + text + "'");
        return Optional.of(text).filter(currency -> !currency.isEmpty());
    }

    private static BigDecimal share(String text) {
        require(text.matches("\\d{1,2}(\\.\\d{1,2})?"), "'cpu-per-core' is 0.01 to 16, not '" + text + "'");
        BigDecimal share = new BigDecimal(text);
        require(
                share.signum() > 0 && share.compareTo(BigDecimal.valueOf(16)) <= 0,
                "'cpu-per-core' is 0.01 to 16, not '" + text + "'");
        return share;
    }

    /** Without the session. */
    @Override
    public String toString() {
        return "OpenNebula at " + url;
    }
}

package hansa.drivers.openstack;

import hansa.cloud.Setting;
import hansa.cloud.Settings;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * How one OpenStack is reached and used.
 *
 * @param login who we are
 * @param region empty where there is only one
 * @param endpoints the interface: public, internal or admin
 * @param insecureEndpoints whether services may lack TLS where Keystone has it
 * @param network of machines that ask for none, name or id
 * @param externalNetwork where public addresses come from, name or id
 * @param allow what reaches machines
 * @param securityGroups given to machines instead of our own
 * @param volumes whether Cinder is used where there is one
 * @param bootVolume which machines get a volume as their first disk
 * @param calls how many are made at a time
 * @param page how many things one call lists
 */
record OpenStackSettings(
        Login login,
        Optional<String> region,
        String endpoints,
        boolean insecureEndpoints,
        Optional<String> trustAnchors,
        Dialect dialect,
        Optional<String> network,
        Optional<String> externalNetwork,
        boolean routers,
        Ingress allow,
        List<String> securityGroups,
        GuestContext.Keys keys,
        Optional<String> availabilityZone,
        boolean volumes,
        Optional<String> volumeType,
        Disks.BootVolume bootVolume,
        Duration timeLimit,
        Duration transferLimit,
        int calls,
        int page) {

    static final List<Setting> ALL = SettingList.ALL;

    private static final Pattern COMMAS = Pattern.compile("\\s*,\\s*");

    OpenStackSettings {
        securityGroups = List.copyOf(securityGroups);
    }

    /** @throws IllegalArgumentException with a line for the administrator */
    static OpenStackSettings of(Settings settings) {
        Duration limit = settings.duration("time-limit");
        require(
                limit.compareTo(Duration.ofMillis(100)) >= 0 && limit.compareTo(Duration.ofMinutes(10)) <= 0,
                "'time-limit' is 100ms to 10m");
        Duration transfer = settings.duration("transfer-limit");
        require(
                transfer.compareTo(limit) >= 0 && transfer.compareTo(Duration.ofDays(7)) <= 0,
                "'transfer-limit' is 'time-limit' to 7d");
        String endpoints = settings.text("interface");
        require(
                List.of("public", "internal", "admin").contains(endpoints),
                "'interface' is public, internal or admin, not '" + endpoints + "'");
        String volumes = settings.text("volumes");
        require(List.of("auto", "none").contains(volumes), "'volumes' is auto or none, not '" + volumes + "'");
        Disks.BootVolume bootVolume = Disks.BootVolume.of(settings.text("boot-volume"));
        require(
                bootVolume != Disks.BootVolume.ALWAYS || volumes.equals("auto"),
                "'boot-volume' cannot be always where 'volumes' is none");
        return new OpenStackSettings(
                Login.of(settings),
                optional(settings, "region-name"),
                endpoints,
                settings.flag("insecure-endpoints"),
                optional(settings, "trust-anchors"),
                Dialect.of(settings.text("dialect")),
                optional(settings, "network"),
                optional(settings, "external-network"),
                settings.flag("routers"),
                Ingress.of(settings.text("allow")),
                words(settings.text("security-groups")),
                GuestContext.Keys.of(settings.text("keys")),
                optional(settings, "availability-zone"),
                volumes.equals("auto"),
                optional(settings, "volume-type"),
                bootVolume,
                limit,
                transfer,
                number(settings, "calls", 1, 256),
                number(settings, "page", 1, 1000));
    }

    static Optional<String> optional(Settings settings, String key) {
        return Optional.of(settings.text(key).strip()).filter(text -> !text.isEmpty());
    }

    static List<String> words(String text) {
        return Stream.of(COMMAS.split(text.strip(), -1))
                .filter(word -> !word.isEmpty())
                .toList();
    }

    static void require(boolean holds, String otherwise) {
        if (!holds) {
            throw new IllegalArgumentException(otherwise);
        }
    }

    private static int number(Settings settings, String key, int least, int most) {
        long number = settings.number(key);
        require(number >= least && number <= most, "'" + key + "' is " + least + " to " + most + ", not " + number);
        return (int) number;
    }
}

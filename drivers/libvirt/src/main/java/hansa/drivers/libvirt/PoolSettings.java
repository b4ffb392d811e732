package hansa.drivers.libvirt;

import hansa.cloud.Setting;
import hansa.cloud.Settings;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.regex.Pattern;

/**
 * Which hosts a cloud has and how machines are spread over them, read and checked.
 *
 * @param pool whether {@code hosts} is set; a cloud of one {@code uri} is not held to its host's capacity
 * @param coreOvercommit virtual processors for each one of a host, 0.1 to 64
 * @param memoryOvercommit memory given to machines for each MiB of a host, 0.1 to 64
 */
record PoolSettings(
        List<HostSettings> hosts, boolean pool, Policy policy, double coreOvercommit, double memoryOvercommit) {

    static final List<Setting> ALL = List.of(
            setting(
                    "hosts",
                    "The hosts of a pool, separated by commas: NAME=URI, with names of a-z, 0-9 and -. Each sees the "
                            + "folder of this cloud, and image-folder, under the same path as this machine. Empty = the "
                            + "one host at uri.",
                    ""),
            setting(
                    "host-capacity",
                    "What hosts of a pool give to machines instead of what they have, separated by commas: "
                            + "NAME=CORES/MEMORY_MIB/MACHINES; a core or memory of 0 = as the host has, times "
                            + "overcommitment; 0 machines = no limit.",
                    ""),
            setting(
                    "host-forward-addresses",
                    "The forward-address of hosts of a pool, where it differs, separated by commas: NAME=ADDRESS.",
                    ""),
            setting(
                    "placement",
                    "Which host of a pool a new machine goes to: spreading (the emptiest one) or packing (the fullest one "
                            + "that has room).",
                    "spreading"),
            setting(
                    "core-overcommit",
                    "How many virtual processors machines may have for each one of their host, 0.1 to 64. Kept to by pools, "
                            + "told by all.",
                    "4"),
            setting(
                    "memory-overcommit",
                    "How much memory machines may have for each MiB of their host, 0.1 to 64. Kept to by pools, told by all.",
                    "1"));

    private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9-]{0,31}");
    private static final int MOST_HOSTS = 256;
    private static final String CAPACITY = "NAME=CORES/MEMORY_MIB/MACHINES, separated by commas";

    PoolSettings {
        hosts = List.copyOf(hosts);
    }

    /** In which order hosts with room are taken. */
    enum Policy {
        SPREADING,
        PACKING
    }

    /**
     * What is set about one host.
     *
     * @param name empty for the only one of a cloud without {@code hosts}
     * @param cores virtual processors that it gives, where they are set
     * @param memoryMib MiB that it gives, where they are set
     * @param machines the most that it gets
     */
    record HostSettings(
            String name,
            String uri,
            String forwardAddress,
            Optional<Long> cores,
            Optional<Long> memoryMib,
            Optional<Long> machines) {}

    private static Setting setting(String key, String meaning, String fallback) {
        return new Setting(key, Setting.Type.TEXT, meaning, Optional.of(fallback));
    }

    /** @throws IllegalArgumentException with a line for the administrator */
    static PoolSettings of(Settings settings, LibvirtSettings common) {
        Map<String, String> uris = pairs("hosts", settings.text("hosts"), "NAME=URI, separated by commas");
        Map<String, String> capacities = pairs("host-capacity", settings.text("host-capacity"), CAPACITY);
        Map<String, String> addresses = pairs(
                "host-forward-addresses", settings.text("host-forward-addresses"), "NAME=ADDRESS, separated by commas");
        require(uris.size() <= MOST_HOSTS, "hosts", "at most " + MOST_HOSTS + " hosts");
        require(uris.keySet().containsAll(capacities.keySet()), "host-capacity", "of hosts that 'hosts' names");
        require(uris.keySet().containsAll(addresses.keySet()), "host-forward-addresses", "of hosts that 'hosts' names");
        require(
                uris.values().stream().distinct().count() == uris.size(),
                "hosts",
                "hosts with a URI of their own each");
        List<HostSettings> hosts = new ArrayList<>();
        uris.forEach((name, uri) -> {
            require(!uri.isEmpty(), "hosts", "NAME=URI, separated by commas");
            String address = addresses.getOrDefault(name, common.forwardAddress());
            require(LibvirtSettings.isAddress(address), "host-forward-addresses", "NAME=ADDRESS with IPv4 addresses");
            List<Optional<Long>> numbers = capacity(capacities.getOrDefault(name, "0/0/0"));
            hosts.add(new HostSettings(name, uri, address, numbers.get(0), numbers.get(1), numbers.get(2)));
        });
        boolean pool = !hosts.isEmpty();
        if (!pool) {
            hosts.add(new HostSettings(
                    "", common.uri(), common.forwardAddress(), Optional.empty(), Optional.empty(), Optional.empty()));
        }
        return new PoolSettings(
                hosts,
                pool,
                policy(settings.text("placement")),
                factor(settings, "core-overcommit"),
                factor(settings, "memory-overcommit"));
    }

    private static SequencedMap<String, String> pairs(String key, String text, String form) {
        SequencedMap<String, String> pairs = new LinkedHashMap<>();
        for (String part : text.split(",", -1)) {
            if (part.isBlank()) {
                continue;
            }
            int sign = part.indexOf('=');
            require(sign > 0, key, form);
            String name = part.substring(0, sign).strip();
            require(NAME.matcher(name).matches(), key, "names of a-z, 0-9 and -, at most 32 characters: " + form);
            require(pairs.put(name, part.substring(sign + 1).strip()) == null, key, "each name once");
        }
        return pairs;
    }

    private static List<Optional<Long>> capacity(String text) {
        String[] numbers = text.split("/", -1);
        require(
                numbers.length == 3 && Arrays.stream(numbers).allMatch(n -> n.matches("\\d{1,9}")),
                "host-capacity",
                CAPACITY);
        return Arrays.stream(numbers)
                .map(Long::valueOf)
                .map(n -> n == 0 ? Optional.<Long>empty() : Optional.of(n))
                .toList();
    }

    private static Policy policy(String text) {
        return Arrays.stream(Policy.values())
                .filter(policy -> policy.name().toLowerCase(Locale.ROOT).equals(text))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("'placement' must be spreading or packing"));
    }

    private static double factor(Settings settings, String key) {
        String text = settings.text(key);
        boolean number = text.matches("\\d{1,2}(\\.\\d{1,4})?");
        require(number, key, "a number from 0.1 to 64");
        double factor = new BigDecimal(text).doubleValue();
        require(factor >= 0.1 && factor <= 64, key, "a number from 0.1 to 64");
        return factor;
    }

    private static void require(boolean fits, String key, String expected) {
        if (!fits) {
            throw new IllegalArgumentException("'" + key + "' must be " + expected);
        }
    }
}

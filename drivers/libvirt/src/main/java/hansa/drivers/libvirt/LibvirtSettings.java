package hansa.drivers.libvirt;

import hansa.cloud.CloudDescription.Flavour;
import hansa.cloud.CloudDescription.Limits;
import hansa.cloud.RemoteId;
import hansa.cloud.Setting;
import hansa.cloud.Settings;
import hansa.cloud.Size;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** What an administrator can set, read and checked. */
record LibvirtSettings(
        String uri,
        AcceleratorChoice accelerator,
        Optional<Path> probeKernel,
        List<ContextIso.Kind> contexts,
        Optional<Path> imageFolder,
        List<NetworkSource> networks,
        String forwardAddress,
        int firstPort,
        int lastPort,
        List<Integer> publishedPorts,
        List<Flavour> flavours,
        Limits limits,
        Duration gracePeriod,
        Duration timeLimit,
        Duration copyLimit) {

    static final List<Setting> ALL = List.of(
            setting(
                    "uri",
                    Setting.Type.TEXT,
                    "libvirt's connection URI; libvirt must run on this machine.",
                    "qemu:///system"),
            setting(
                    "accelerator",
                    Setting.Type.TEXT,
                    "kvm, tcg (emulation, works everywhere), or auto: kvm where a short probe boot shows that a guest "
                            + "really comes up with it, else tcg.",
                    "auto"),
            setting(
                    "probe-kernel",
                    Setting.Type.PATH,
                    "A Linux kernel for the probe boot of auto; empty = the newest readable one in /boot, and tcg where "
                            + "there is none.",
                    ""),
            setting(
                    "context",
                    Setting.Type.TEXT,
                    "How guests are told their context: nocloud (cloud-init), opennebula, or both.",
                    "nocloud"),
            setting(
                    "image-folder",
                    Setting.Type.PATH,
                    "A folder of images that are offered as they are: files that end in .qcow2, or in .raw or .img. They "
                            + "are never written to and must not change. Empty = uploaded images only.",
                    ""),
            setting(
                    "networks",
                    Setting.Type.TEXT,
                    "Where machines can be plugged in, separated by commas; the first is the default: user (QEMU's own "
                            + "closed network, one machine alone), names of libvirt networks, bridge:NAME for a bridge of "
                            + "the host.",
                    "user"),
            setting(
                    "forward-address",
                    Setting.Type.TEXT,
                    "The host's IPv4 address on which ports of machines on the user network are published. Guests have no "
                            + "route outwards and answer only callers that come from the loopback address, so another "
                            + "address than 127.0.0.1 needs a translation in front of it.",
                    "127.0.0.1"),
            setting(
                    "forward-ports",
                    Setting.Type.TEXT,
                    "The host's ports for that, FIRST-LAST, 1024 to 65535.",
                    "20000-29999"),
            setting(
                    "published-ports",
                    Setting.Type.TEXT,
                    "TCP ports of guests on the user network that are published, separated by commas; empty = none.",
                    "22,80"),
            setting(
                    "flavours",
                    Setting.Type.TEXT,
                    "Sizes with names, separated by commas: NAME=CORES/MEMORY_MIB/DISK_GIB; disk 0 = as the image.",
                    "tiny=1/128/0,small=1/1024/10,medium=2/2048/20,large=4/8192/40"),
            setting("max-machines", Setting.Type.NUMBER, "The most machines at a time; 0 = no limit.", "0"),
            setting(
                    "max-cores",
                    Setting.Type.NUMBER,
                    "The most virtual processors of all machines; 0 = no limit.",
                    "0"),
            setting(
                    "max-memory-mib",
                    Setting.Type.NUMBER,
                    "The most memory of all machines in MiB; 0 = no limit.",
                    "0"),
            setting(
                    "grace-period",
                    Setting.Type.DURATION,
                    "How long a guest may take to shut down or restart before its power is cut or it is reset.",
                    "60s"),
            setting("time-limit", Setting.Type.DURATION, "How long a call of libvirt may take, 1s to 10m.", "60s"),
            setting("copy-limit", Setting.Type.DURATION, "How long copying a disk or saving memory may take.", "1h"));

    private static final Pattern SAFE_NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_.-]{0,62}");
    private static final Pattern IPV4 = Pattern.compile("(?:(?:25[0-5]|2[0-4]\\d|1?\\d?\\d)(?:\\.(?!$)|$)){4}");

    enum AcceleratorChoice {
        AUTO,
        KVM,
        TCG
    }

    /** One entry of {@code networks}. */
    sealed interface NetworkSource {
        RemoteId id();
    }

    record User() implements NetworkSource {
        @Override
        public RemoteId id() {
            return UserNetwork.ID;
        }
    }

    record Named(String name) implements NetworkSource {
        @Override
        public RemoteId id() {
            return new RemoteId(name);
        }
    }

    record Bridge(String name) implements NetworkSource {
        @Override
        public RemoteId id() {
            return new RemoteId("bridge:" + name);
        }
    }

    private static Setting setting(String key, Setting.Type type, String meaning, String fallback) {
        return new Setting(key, type, meaning, Optional.of(fallback));
    }

    /** @throws IllegalArgumentException with a line for the administrator */
    static LibvirtSettings of(Settings settings) {
        String[] ports = settings.text("forward-ports").split("-", -1);
        require(
                ports.length == 2 && isPort(ports[0], 1024) && isPort(ports[1], 1024),
                "forward-ports",
                "two ports, FIRST-LAST, 1024 to 65535");
        int first = Integer.parseInt(ports[0]);
        int last = Integer.parseInt(ports[1]);
        require(first <= last, "forward-ports", "FIRST-LAST with FIRST not above LAST");
        String address = settings.text("forward-address");
        require(isAddress(address), "forward-address", "an IPv4 address");
        Duration limit = settings.duration("time-limit");
        require(
                limit.compareTo(Duration.ofSeconds(1)) >= 0 && limit.compareTo(Duration.ofMinutes(10)) <= 0,
                "time-limit",
                "1s to 10m");
        return new LibvirtSettings(
                settings.text("uri"),
                accelerator(settings.text("accelerator")),
                path(settings.text("probe-kernel")),
                contexts(settings.text("context")),
                path(settings.text("image-folder")),
                networks(settings.text("networks")),
                address,
                first,
                last,
                publishedPorts(settings.text("published-ports")),
                flavours(settings.text("flavours")),
                new Limits(
                        limit(settings.number("max-machines")),
                        limit(settings.number("max-cores")),
                        limit(settings.number("max-memory-mib"))),
                settings.duration("grace-period"),
                limit,
                settings.duration("copy-limit"));
    }

    static boolean isAddress(String text) {
        return IPV4.matcher(text).matches();
    }

    private static AcceleratorChoice accelerator(String text) {
        return Arrays.stream(AcceleratorChoice.values())
                .filter(a -> a.name().toLowerCase(Locale.ROOT).equals(text))
                .findFirst()
                .orElseThrow(() -> bad("accelerator", "auto, kvm or tcg"));
    }

    private static List<ContextIso.Kind> contexts(String text) {
        return switch (text) {
            case "nocloud" -> List.of(ContextIso.Kind.NOCLOUD);
            case "opennebula" -> List.of(ContextIso.Kind.OPENNEBULA);
            case "both" -> List.of(ContextIso.Kind.NOCLOUD, ContextIso.Kind.OPENNEBULA);
            default -> throw bad("context", "nocloud, opennebula or both");
        };
    }

    private static List<NetworkSource> networks(String text) {
        List<NetworkSource> sources = new ArrayList<>();
        for (String name : parts(text)) {
            boolean bridge = name.startsWith("bridge:");
            String bare = bridge ? name.substring("bridge:".length()) : name;
            require(SAFE_NAME.matcher(bare).matches(), "networks", "user, names of libvirt networks, or bridge:NAME");
            sources.add(bridge ? new Bridge(bare) : name.equals("user") ? new User() : new Named(bare));
        }
        require(!sources.isEmpty(), "networks", "one network at least, for example user");
        return sources;
    }

    private static List<Integer> publishedPorts(String text) {
        List<Integer> ports = new ArrayList<>();
        for (String port : parts(text)) {
            require(isPort(port, 1), "published-ports", "ports from 1 to 65535, separated by commas");
            ports.add(Integer.parseInt(port));
        }
        require(ports.size() <= 16, "published-ports", "at most 16 ports");
        return ports;
    }

    private static List<Flavour> flavours(String text) {
        String form = "NAME=CORES/MEMORY_MIB/DISK_GIB, separated by commas";
        List<Flavour> flavours = new ArrayList<>();
        for (String part : parts(text)) {
            int sign = part.indexOf('=');
            require(sign > 0, "flavours", form);
            String name = part.substring(0, sign);
            String[] numbers = part.substring(sign + 1).split("/", -1);
            require(
                    SAFE_NAME.matcher(name).matches()
                            && numbers.length == 3
                            && Arrays.stream(numbers).allMatch(n -> n.matches("\\d{1,9}")),
                    "flavours",
                    form);
            Size size = new Size(Integer.parseInt(numbers[0]), Long.parseLong(numbers[1]), Long.parseLong(numbers[2]));
            flavours.add(new Flavour(new RemoteId(name), name, size, Optional.empty()));
        }
        return flavours;
    }

    private static List<String> parts(String text) {
        return Arrays.stream(text.split(","))
                .map(String::strip)
                .filter(p -> !p.isEmpty())
                .toList();
    }

    private static boolean isPort(String text, int lowest) {
        return text.matches("\\d{1,5}") && Integer.parseInt(text) >= lowest && Integer.parseInt(text) <= 65535;
    }

    private static Optional<Long> limit(long number) {
        return number <= 0 ? Optional.empty() : Optional.of(number);
    }

    private static Optional<Path> path(String text) {
        return text.isBlank() ? Optional.empty() : Optional.of(Path.of(text).toAbsolutePath());
    }

    private static void require(boolean fits, String key, String expected) {
        if (!fits) {
            throw bad(key, expected);
        }
    }

    private static IllegalArgumentException bad(String key, String expected) {
        return new IllegalArgumentException("'" + key + "' must be " + expected);
    }
}

package hansa.drivers.simulated;

import hansa.cloud.CloudDescription.Flavour;
import hansa.cloud.CloudDescription.Limits;
import hansa.cloud.RemoteId;
import hansa.cloud.RemoteNetwork;
import hansa.cloud.Setting;
import hansa.cloud.Settings;
import hansa.cloud.Size;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The terms on which a simulated cloud works: what it offers, how much of it, and how long it takes.
 *
 * @param latency from one state of a machine, volume or image to the next
 * @param capacityCores what its hosts have; empty = any number, and not told
 * @param capacityMemoryMib as {@code capacityCores}
 * @param quotaVolumes empty = not limited
 * @param imageFormats that it takes, the best one first
 * @param existingMachines that carry no token
 * @param hosts 0 = machines have no wishes about their hosts
 */
record Terms(
        List<Flavour> flavours,
        List<Image> images,
        List<RemoteNetwork> networks,
        Limits quotas,
        Optional<Long> capacityCores,
        Optional<Long> capacityMemoryMib,
        Optional<Long> quotaVolumes,
        List<String> imageFormats,
        Duration latency,
        boolean journalSync,
        long existingMachines,
        int hosts) {

    static final RemoteId DEFAULT_NETWORK = new RemoteId("private");

    private static final List<String> FORMATS = List.of("raw", "qcow2", "vmdk", "vhd", "vdi", "vhdx");
    private static final int MAX_SCRIPT = 256 * 1024;
    private static final int MOST_HOSTS = 1000;
    private static final long MIB = 1024 * 1024;
    private static final Pattern FLAVOUR = Pattern.compile("([a-z][a-z0-9_.-]{0,62})=(\\d{1,4})/(\\d{1,5})/(\\d{1,5})");
    private static final Pattern IMAGE = Pattern.compile("([a-z][a-z0-9_.-]{0,62})(?::(raw|qcow2)(?::(\\d{1,7}))?)?");

    static final List<Setting> SETTINGS = List.of(
            new Setting(
                    "latency",
                    Setting.Type.DURATION,
                    "How long machines, volumes and images take from one state to the next; 0ms = no time at all.",
                    Optional.of("0ms")),
            new Setting("call-latency", Setting.Type.DURATION, "How long each call takes.", Optional.of("0ms")),
            new Setting(
                    "latencies",
                    Setting.Type.TEXT,
                    "How long single kinds of calls take, such as 'create=50ms..200ms, delete=20ms'.",
                    Optional.of("")),
            new Setting(
                    "quota-machines", Setting.Type.NUMBER, "How many machines there can be; 0 = any number.", zero()),
            new Setting(
                    "quota-cores", Setting.Type.NUMBER, "How many cores they have together; 0 = any number.", zero()),
            new Setting(
                    "quota-memory-mib",
                    Setting.Type.NUMBER,
                    "How much memory they have together, in MiB; 0 = any.",
                    zero()),
            new Setting(
                    "capacity-cores",
                    Setting.Type.NUMBER,
                    "How many cores its hosts have together; 0 = any number, and nothing is told of it.",
                    zero()),
            new Setting(
                    "capacity-memory-mib",
                    Setting.Type.NUMBER,
                    "How much memory its hosts have together, in MiB; 0 = any.",
                    zero()),
            new Setting("quota-volumes", Setting.Type.NUMBER, "How many volumes there can be; 0 = any number.", zero()),
            new Setting(
                    "flavours",
                    Setting.Type.TEXT,
                    "More flavours beside those of GFD.222, as name=cores/GiB of memory/GiB of disk, with commas"
                            + " between them.",
                    Optional.of("")),
            new Setting(
                    "images",
                    Setting.Type.TEXT,
                    "More images beside debian12 and tiny, as name or name:raw or name:qcow2:MiB, with commas between"
                            + " them.",
                    Optional.of("")),
            new Setting(
                    "image-formats",
                    Setting.Type.TEXT,
                    "The formats of images that it takes, the best one first, of raw, qcow2, vmdk, vhd, vdi and vhdx, with"
                            + " commas between them.",
                    Optional.of("qcow2, raw")),
            new Setting(
                    "faults",
                    Setting.Type.TEXT,
                    "What goes wrong: a fault script such as 'on create nth 3: timeout after; on * chance 0.01 seed 7:"
                            + " error', or file: and the path of one.",
                    Optional.of("")),
            new Setting(
                    "journal-sync",
                    Setting.Type.BOOLEAN,
                    "Whether each change is on the disk before it is answered. Without it the cloud outlives a killed"
                            + " process, but perhaps not a power cut.",
                    Optional.of("false")),
            new Setting(
                    "existing-machines",
                    Setting.Type.NUMBER,
                    "How many machines were there before Hansa, 0 to 1000; they are made when the cloud is new.",
                    zero()),
            new Setting(
                    "hosts",
                    Setting.Type.NUMBER,
                    "How many hosts it has, up to 1000, for machines that want to share one or never to; they share the"
                            + " capacity. 0 = it does not let machines want that.",
                    Optional.of("4")));

    private static Optional<String> zero() {
        return Optional.of("0");
    }

    /** @throws IllegalArgumentException with a line for the administrator */
    static Terms of(Settings settings) {
        return new Terms(
                Stream.concat(standardFlavours(), flavours(settings.text("flavours")))
                        .toList(),
                Stream.concat(
                                Stream.of(image("debian12", "raw", 4), image("tiny", "raw", 1)),
                                images(settings.text("images")))
                        .toList(),
                List.of(
                        network("public", "198.18.0.0/15", true),
                        network(DEFAULT_NETWORK.value(), "10.64.0.0/10", false)),
                new Limits(
                        quota(settings, "quota-machines"),
                        quota(settings, "quota-cores"),
                        quota(settings, "quota-memory-mib")),
                quota(settings, "capacity-cores"),
                quota(settings, "capacity-memory-mib"),
                quota(settings, "quota-volumes"),
                formats(settings.text("image-formats")),
                settings.duration("latency"),
                settings.flag("journal-sync"),
                existing(settings),
                hosts(settings));
    }

    private static int hosts(Settings settings) {
        long number = settings.number("hosts");
        if (number < 0 || number > MOST_HOSTS) {
            throw new IllegalArgumentException("'hosts' is 0 to " + MOST_HOSTS + ", not " + number);
        }
        return (int) number;
    }

    private static long existing(Settings settings) {
        long number = settings.number("existing-machines");
        if (number < 0 || number > 1000) {
            throw new IllegalArgumentException("'existing-machines' is 0 to 1000, not " + number);
        }
        return number;
    }

    /** @throws IllegalArgumentException with a line for the administrator */
    static Calls calls(Settings settings, Duration limit) {
        return new Calls(
                settings.duration("call-latency"),
                Latency.parse(settings.text("latencies")),
                limit,
                FaultScript.parse(script(settings.text("faults"))));
    }

    private static String script(String setting) {
        if (!setting.startsWith("file:")) {
            return setting;
        }
        Path file = Path.of(setting.substring("file:".length()));
        try {
            if (Files.size(file) > MAX_SCRIPT) {
                throw new IllegalArgumentException("the fault script " + file + " is larger than 256 KiB");
            }
            return Files.readString(file);
        } catch (IOException e) {
            throw new IllegalArgumentException("the fault script " + file + " cannot be read", e);
        }
    }

    private static Optional<Long> quota(Settings settings, String key) {
        long quota = settings.number(key);
        if (quota < 0) {
            throw new IllegalArgumentException("'" + key + "' is 0 (not limited) or more, not " + quota);
        }
        return quota == 0 ? Optional.empty() : Optional.of(quota);
    }

    private static Stream<Flavour> standardFlavours() {
        return Stream.of(
                flavour("small", 1, 1, 10),
                flavour("medium", 2, 2, 20),
                flavour("large", 4, 4, 40),
                flavour("mem_small", 1, 4, 10),
                flavour("mem_medium", 2, 8, 20),
                flavour("mem_large", 4, 16, 40));
    }

    private static Flavour flavour(String name, int cores, long memoryGib, long diskGib) {
        return new Flavour(new RemoteId(name), name, new Size(cores, memoryGib * 1024, diskGib), Optional.empty());
    }

    private static Stream<Flavour> flavours(String text) {
        List<Flavour> flavours = new ArrayList<>();
        for (String piece : pieces(text)) {
            Matcher matcher = FLAVOUR.matcher(piece);
            if (!matcher.matches()) {
                throw new IllegalArgumentException(
                        "'flavours': '" + piece + "' is not name=cores/GiB/GiB such as huge=16/64/200");
            }
            flavours.add(flavour(
                    matcher.group(1),
                    Integer.parseInt(matcher.group(2)),
                    Long.parseLong(matcher.group(3)),
                    Long.parseLong(matcher.group(4))));
        }
        return flavours.stream();
    }

    private static Stream<Image> images(String text) {
        List<Image> images = new ArrayList<>();
        for (String piece : pieces(text)) {
            Matcher matcher = IMAGE.matcher(piece);
            if (!matcher.matches()) {
                throw new IllegalArgumentException(
                        "'images': '" + piece + "' is not a name, or name:format:MiB such as centos:qcow2:800");
            }
            images.add(image(
                    matcher.group(1),
                    Optional.ofNullable(matcher.group(2)).orElse("raw"),
                    Optional.ofNullable(matcher.group(3)).map(Long::parseLong).orElse(1L)));
        }
        return images.stream();
    }

    private static List<String> formats(String text) {
        List<String> formats = pieces(text);
        for (String format : formats) {
            if (!FORMATS.contains(format)) {
                throw new IllegalArgumentException("'image-formats': '" + format + "' is none of " + FORMATS);
            }
        }
        if (formats.isEmpty()) {
            throw new IllegalArgumentException("'image-formats' names at least one format");
        }
        return formats;
    }

    private static List<String> pieces(String text) {
        return Stream.of(text.split(",", -1))
                .map(String::strip)
                .filter(piece -> !piece.isEmpty())
                .toList();
    }

    private static Image image(String name, String format, long sizeMib) {
        return new Image(new RemoteId(name), Optional.empty(), name, format, sizeMib * MIB, Instant.EPOCH);
    }

    private static RemoteNetwork network(String name, String cidr, boolean publicAddresses) {
        return new RemoteNetwork(
                new RemoteId(name),
                Optional.empty(),
                name,
                Optional.of(cidr),
                Optional.of(AddressRange.of(cidr).gateway()),
                true,
                Optional.empty(),
                true,
                publicAddresses);
    }

    /** What is in a world from its beginning. */
    List<Change> always() {
        Stream<Change> first = networks.stream().map(Change.NetworkNow::new);
        return Stream.concat(first, images.stream().map(Change.ImageNow::new)).toList();
    }
}

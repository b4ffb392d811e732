package hansa.drivers.ec2;

import hansa.cloud.CloudDescription.Flavour;
import hansa.cloud.CloudException;
import hansa.cloud.RemoteId;
import hansa.cloud.Size;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;

/** What the instance types are, which of them are offered, and what they cost. EC2 is asked once an hour. */
final class InstanceTypes {

    private static final Duration GOOD_FOR = Duration.ofHours(1);
    private static final int ASKED_AT_ONCE = 100;
    private static final int MOST_KNOWN = 10_000;

    /** So much a machine has at least, whose type nobody describes. */
    private static final Size UNKNOWN = new Size(1, 16, 0);

    private record Offer(Map<String, Size> types, Instant until) {}

    private final Query query;
    private final Ec2Settings settings;
    private final InstantSource clock;
    private final Map<String, Size> known = new ConcurrentHashMap<>();
    private volatile Optional<Offer> offer = Optional.empty();

    InstanceTypes(Query query, Ec2Settings settings, InstantSource clock) {
        this.query = query;
        this.settings = settings;
        this.clock = clock;
    }

    List<Flavour> flavours() {
        return offered().entrySet().stream()
                .map(type -> new Flavour(
                        new RemoteId(type.getKey()),
                        type.getKey(),
                        type.getValue(),
                        Optional.ofNullable(settings.prices().get(type.getKey())),
                        Optional.ofNullable(settings.caps().get(type.getKey()))))
                .toList();
    }

    private Map<String, Size> offered() {
        Instant now = clock.instant();
        return offer.filter(one -> now.isBefore(one.until())).map(Offer::types).orElseGet(() -> {
            Map<String, Size> asked = ask();
            offer = Optional.of(new Offer(asked, now.plus(GOOD_FOR)));
            return asked;
        });
    }

    private Map<String, Size> ask() {
        if (settings.types().isEmpty()) {
            return describe(Form.of("DescribeInstanceTypes"));
        }
        List<String> unknown = settings.types().entrySet().stream()
                .filter(type -> type.getValue().isEmpty())
                .map(Map.Entry::getKey)
                .toList();
        Map<String, Size> described = describe(unknown);
        Map<String, Size> all = new LinkedHashMap<>();
        settings.types()
                .forEach((name, size) ->
                        size.or(() -> Optional.ofNullable(described.get(name))).ifPresent(one -> all.put(name, one)));
        return all;
    }

    private Map<String, Size> describe(List<String> names) {
        Map<String, Size> all = new LinkedHashMap<>();
        for (int from = 0; from < names.size(); from += ASKED_AT_ONCE) {
            List<String> some = names.subList(from, Math.min(names.size(), from + ASKED_AT_ONCE));
            all.putAll(describe(Form.of("DescribeInstanceTypes").filter("instance-type", some.toArray(String[]::new))));
        }
        return all;
    }

    private Map<String, Size> describe(Form form) {
        Map<String, Size> types = new LinkedHashMap<>();
        for (Element type : query.all(form, "instanceTypeSet", ASKED_AT_ONCE)) {
            OptionalLong cores = type.child("vCpuInfo").number("defaultVCpus");
            OptionalLong memory = type.child("memoryInfo").number("sizeInMiB");
            if (cores.isPresent() && memory.isPresent()) {
                size(cores.getAsLong(), memory.getAsLong())
                        .ifPresent(size -> types.put(type.text("instanceType"), size));
            }
        }
        types.remove("");
        return types;
    }

    /** The port knows no machines beyond its largest. */
    private static Optional<Size> size(long cores, long memoryMib) {
        boolean fits = cores >= 1 && cores <= 1024 && memoryMib >= 16 && memoryMib <= 16L * 1024 * 1024;
        return fits ? Optional.of(new Size((int) cores, memoryMib, 0)) : Optional.empty();
    }

    /** Learns of types what is not known of them yet, in as few calls as can be. */
    void learn(Collection<Instance> instances) {
        List<String> unknown = instances.stream()
                .map(Instance::type)
                .distinct()
                .filter(type -> !type.isEmpty() && configured(type).isEmpty() && !known.containsKey(type))
                .toList();
        if (unknown.isEmpty() || known.size() > MOST_KNOWN) {
            return;
        }
        try {
            Map<String, Size> described = describe(unknown);
            unknown.forEach(type -> known.put(type, described.getOrDefault(type, UNKNOWN)));
        } catch (CloudException.InvalidRequest e) {
            // An endpoint that describes no types; it is not asked again for these.
            unknown.forEach(type -> known.put(type, UNKNOWN));
        }
    }

    private Optional<Size> configured(String type) {
        return Optional.ofNullable(settings.types().get(type)).flatMap(size -> size);
    }

    /** Cores and memory of an instance, see {@link #learn}. */
    Size sizeOf(Instance instance) {
        Size size = configured(instance.type()).orElseGet(() -> known.getOrDefault(instance.type(), UNKNOWN));
        int cores = size.equals(UNKNOWN) ? Math.clamp(instance.cores().orElse(size.cores()), 1, 1024) : size.cores();
        return new Size(cores, size.memoryMib(), 0);
    }

    /** The type that is ordered, or the smallest one that has what is asked for. */
    String typeFor(Optional<RemoteId> flavour, Size size) {
        if (flavour.isPresent()) {
            String name = flavour.get().value();
            if (!offered().containsKey(name)) {
                throw new CloudException.NotFound("there is no instance type '" + Problem.oneLine(name) + "' on offer");
            }
            return name;
        }
        return offered().entrySet().stream()
                .filter(type -> type.getValue().cores() >= size.cores()
                        && type.getValue().memoryMib() >= size.memoryMib())
                .min(Comparator.<Map.Entry<String, Size>>comparingLong(
                                type -> type.getValue().memoryMib())
                        .thenComparingInt(type -> type.getValue().cores()))
                .map(Map.Entry::getKey)
                .orElseThrow(() -> new CloudException.InvalidRequest("no instance type on offer has " + size.cores()
                        + " cores and " + size.memoryMib() + " MiB of memory; order one of the flavours"));
    }
}

package hansa.drivers.occi;

import hansa.cloud.CloudDescription.Flavour;
import hansa.cloud.RemoteId;
import hansa.cloud.Size;
import hansa.protocols.occi.AttributeValue;
import hansa.protocols.occi.CategoryReference;
import hansa.protocols.occi.extension.ResourceTemplates;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The sizes behind a service's flavours, which text does not tell: from JSON, the standard, the configuration, or the title. */
final class Flavours {

    private static final String DISK = "occi.compute.ephemeral_storage.size";
    private static final String OLD_STANDARD = "http://fedcloud.egi.eu/occi/compute/flavour/1.0#";
    private static final Pattern SETTING =
            Pattern.compile("([A-Za-z0-9_.-]{1,128})=(\\d{1,4})/(\\d{1,5}(?:\\.\\d{1,6})?)/(\\d{1,5})");
    private static final Pattern TITLED_CORES =
            Pattern.compile("(\\d{1,4}) ?(?:v?cpus?|cores?)\\b", Pattern.CASE_INSENSITIVE);
    private static final Pattern TITLED_MEMORY =
            Pattern.compile("(\\d{1,7}(?:\\.\\d{1,3})?) ?(g|m)i?b\\b", Pattern.CASE_INSENSITIVE);

    /** GFD.222. */
    private static final Map<String, Size> STANDARD = Map.of(
            "small", new Size(1, 1024, 10),
            "medium", new Size(2, 2048, 20),
            "large", new Size(4, 4096, 40),
            "mem_small", new Size(1, 4096, 10),
            "mem_medium", new Size(2, 8192, 20),
            "mem_large", new Size(4, 16384, 40));

    private Flavours() {}

    /** @throws IllegalArgumentException with a line for the administrator */
    static Map<String, Size> configured(String text) {
        Map<String, Size> sizes = new LinkedHashMap<>();
        for (String piece : text.split(",")) {
            if (piece.isBlank()) {
                continue;
            }
            Matcher found = SETTING.matcher(piece.strip());
            if (!found.matches()) {
                throw new IllegalArgumentException("'flavour-sizes': '" + piece.strip()
                        + "' is not term=cores/GiB of memory/GiB of disk, such as m1.small=1/2/20");
            }
            sizes.put(
                    found.group(1),
                    new Size(
                            Integer.parseInt(found.group(2)),
                            Entities.mibOfGib(new BigDecimal(found.group(3))),
                            Long.parseLong(found.group(4))));
        }
        return Map.copyOf(sizes);
    }

    /** Those whose size is known; a machine cannot be planned with others. */
    static List<Flavour> of(Peer peer, Map<String, Size> configured) {
        List<Flavour> flavours = new ArrayList<>();
        for (CategoryReference template : peer.flavours()) {
            String id = template.id().toString();
            if (id.length() <= 255) {
                size(template, configured)
                        .ifPresent(size -> flavours.add(new Flavour(
                                new RemoteId(id), Terms.name(peer.dialect(), template.id()), size, Optional.empty())));
            }
        }
        return flavours;
    }

    /** @param configured by term */
    static Optional<Size> size(CategoryReference template, Map<String, Size> configured) {
        String term = template.id().term();
        if (configured.containsKey(term)) {
            return Optional.ofNullable(configured.get(term));
        }
        Map<String, AttributeValue> defaults = Peer.defaults(template);
        Optional<BigDecimal> cores = number(defaults, MachineView.CORES);
        Optional<BigDecimal> memory = number(defaults, MachineView.MEMORY);
        if (cores.isPresent() && memory.isPresent()) {
            return size(
                    cores.get().longValue(),
                    Entities.mibOfGib(memory.get()),
                    number(defaults, DISK).map(BigDecimal::longValue).orElse(0L));
        }
        String scheme = template.id().scheme();
        boolean standard = scheme.equals(ResourceTemplates.SCHEME) || scheme.equals(OLD_STANDARD);
        return standard && STANDARD.containsKey(term)
                ? Optional.ofNullable(STANDARD.get(term))
                : titled(template.title().orElse(""));
    }

    private static Optional<BigDecimal> number(Map<String, AttributeValue> defaults, String name) {
        return Optional.ofNullable(defaults.get(name)).flatMap(Entities::number);
    }

    /** Such as {@code Small Instance - 1 core and 2 GB of RAM}. */
    private static Optional<Size> titled(String title) {
        Matcher cores = TITLED_CORES.matcher(title);
        Matcher memory = TITLED_MEMORY.matcher(title);
        if (!cores.find() || !memory.find()) {
            return Optional.empty();
        }
        BigDecimal amount = new BigDecimal(memory.group(1));
        long mib = memory.group(2).equalsIgnoreCase("g") ? Entities.mibOfGib(amount) : amount.longValue();
        return size(Long.parseLong(cores.group(1)), mib, 0);
    }

    /** Empty for what is no size of a machine. */
    static Optional<Size> size(long cores, long memoryMib, long diskGib) {
        boolean fits = cores >= 1
                && cores <= 1024
                && memoryMib >= 16
                && memoryMib <= 16L * 1024 * 1024
                && diskGib >= 0
                && diskGib <= 64L * 1024;
        return fits ? Optional.of(new Size((int) cores, memoryMib, diskGib)) : Optional.empty();
    }
}

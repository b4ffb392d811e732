package hansa.protocols.occi.extension;

import hansa.protocols.occi.AttributeValue;
import hansa.protocols.occi.CategoryId;
import hansa.protocols.occi.Extension;
import hansa.protocols.occi.Mixin;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The flavours that every provider of the Compute Resource Templates Profile offers (GFD.222). Sizes are in GiB. */
public final class ResourceTemplates {
    public static final String SCHEME = "http://schemas.ogf.org/occi/infrastructure/compute/template/1.1#";

    private ResourceTemplates() {}

    /** small, medium and large, then those with more memory. */
    public static Extension extension() {
        return new Extension(
                "compute resource templates",
                List.of(),
                List.of(
                        flavour("small", "Small: 1 core, 1 GiB memory, 10 GiB disk", 1, 1, 10),
                        flavour("medium", "Medium: 2 cores, 2 GiB memory, 20 GiB disk", 2, 2, 20),
                        flavour("large", "Large: 4 cores, 4 GiB memory, 40 GiB disk", 4, 4, 40),
                        flavour("mem_small", "Small with more memory: 1 core, 4 GiB memory, 10 GiB disk", 1, 4, 10),
                        flavour("mem_medium", "Medium with more memory: 2 cores, 8 GiB memory, 20 GiB disk", 2, 8, 20),
                        flavour("mem_large", "Large with more memory: 4 cores, 16 GiB memory, 40 GiB disk", 4, 16, 40)),
                Map.of());
    }

    private static Mixin flavour(String term, String title, int cores, int memory, int disk) {
        Map<String, AttributeValue> defaults = new LinkedHashMap<>();
        defaults.put("occi.compute.cores", AttributeValue.of(cores));
        defaults.put("occi.compute.memory", AttributeValue.of(memory));
        defaults.put("occi.compute.ephemeral_storage.size", AttributeValue.of(disk));
        return Templates.flavour(new CategoryId(SCHEME, term), title, defaults);
    }
}

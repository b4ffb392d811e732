package hansa.federation.compute;

import hansa.cloud.CloudName;
import hansa.federation.images.ImageId;
import hansa.federation.sites.FlavourId;
import java.util.Map;
import java.util.Optional;

/**
 * Which resources of a kind; all conditions hold together.
 *
 * @param tag id of a tag that they carry
 * @param image of machines
 * @param flavour of machines
 * @param title exactly
 * @param state the name of a constant of the kind's state, for example {@code ACTIVE}
 * @param vo the virtual organisation in whose name they were made
 * @param attributes further values, compared as text; a kind that does not have one of them has no match
 */
public record Filter(
        Optional<String> tag,
        Optional<ImageId> image,
        Optional<FlavourId> flavour,
        Optional<String> title,
        Optional<String> state,
        Optional<CloudName> cloud,
        Optional<String> vo,
        Map<Attribute, String> attributes) {

    /** Further columns to filter by. */
    public enum Attribute {
        ID,
        OWNER,
        SUMMARY,
        MESSAGE,
        HOSTNAME,
        ARCHITECTURE,
        CORES,
        MEMORY_MIB,
        SIZE_MIB,
        VLAN,
        LABEL,
        CIDR,
        GATEWAY,
        ALLOCATION,
        MACHINE,
        NETWORK,
        VOLUME,
        /** Of copies: the volume that they were taken of. */
        COPY_OF,
        /** Of volumes: {@code SNAPSHOT}, {@code BACKUP}, or {@code VOLUME} for what is no copy. */
        COPY_KIND,
        DEVICE,
        MAC,
        ADDRESS,
        MOUNTPOINT
    }

    public static final Filter ALL = new Filter(
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Map.of());

    public Filter {
        attributes = Map.copyOf(attributes);
    }

    public static Filter tag(String tag) {
        return new Filter(
                Optional.of(tag),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Map.of());
    }

    public static Filter title(String title) {
        return new Filter(
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.of(title),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Map.of());
    }
}

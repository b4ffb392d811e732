package hansa.federation.compute;

import hansa.federation.sites.FlavourId;
import java.util.Optional;
import java.util.Set;

/**
 * What shall be different about a machine; what is empty stays.
 *
 * @param hostname kept for the owner; a guest that has booted does not learn of it
 * @param flavour another size: the machine is resized, and stopped for it where the cloud needs that
 * @param cores another size for a machine without flavour
 * @param memoryMib another size for a machine without flavour
 */
public record MachineChange(
        Optional<String> title,
        Optional<String> summary,
        Optional<String> hostname,
        Optional<FlavourId> flavour,
        Optional<Integer> cores,
        Optional<Long> memoryMib,
        Set<String> addTags,
        Set<String> removeTags) {

    public static final MachineChange NONE = new MachineChange(
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Set.of(),
            Set.of());

    public MachineChange {
        addTags = Set.copyOf(addTags);
        removeTags = Set.copyOf(removeTags);
    }

    public static MachineChange title(String title) {
        return new MachineChange(
                Optional.of(title),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Set.of(),
                Set.of());
    }

    public static MachineChange flavour(FlavourId flavour) {
        return new MachineChange(
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.of(flavour),
                Optional.empty(),
                Optional.empty(),
                Set.of(),
                Set.of());
    }
}

package hansa.drivers.openstack;

import hansa.cloud.MachineOrder;
import hansa.cloud.RemoteId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.BooleanSupplier;

/** What an order says of disks: the first one, on the machine's host or a volume of its own, and volumes that are there already. */
final class Disks {

    private final Flavours flavours;
    private final Glance glance;
    private final BooleanSupplier cinder;
    private final OpenStackSettings settings;

    /** @param cinder whether there are volumes at all */
    Disks(Flavours flavours, Glance glance, BooleanSupplier cinder, OpenStackSettings settings) {
        this.flavours = flavours;
        this.glance = glance;
        this.cinder = cinder;
        this.settings = settings;
    }

    /** Which machines get a volume as their first disk. */
    enum BootVolume {
        /** Those whose flavour has no disk, where there is Cinder. */
        AUTO,
        ALWAYS,
        NEVER;

        /** @throws IllegalArgumentException with a line for the administrator */
        static BootVolume of(String text) {
            return switch (text) {
                case "auto" -> AUTO;
                case "always" -> ALWAYS;
                case "never" -> NEVER;
                default ->
                    throw new IllegalArgumentException("'boot-volume' is auto, always or never, not '" + text + "'");
            };
        }
    }

    /**
     * As Nova is told.
     *
     * @param image id; empty where the mapping tells it
     * @param mapping empty where there is nothing beside the image
     * @param metadata what Nova does not tell of the machine later
     */
    record Asked(String image, List<Map<String, Object>> mapping, Map<String, String> metadata) {

        Asked {
            mapping = List.copyOf(mapping);
            metadata = Map.copyOf(metadata);
        }
    }

    /** @param volumeTypes whether Nova takes the type of a volume that it makes */
    Asked of(MachineOrder order, String flavour, boolean volumeTypes) {
        String image = Marks.segment(order.image(), "image");
        OptionalLong volume = volumeGib(order, flavour);
        if (volume.isEmpty() && order.volumes().isEmpty()) {
            return new Asked(image, List.of(), Map.of());
        }
        List<Map<String, Object>> mapping = new ArrayList<>();
        mapping.add(first(image, volume, volumeTypes));
        order.volumes().forEach(there -> mapping.add(attached(there)));
        return volume.isEmpty()
                ? new Asked(image, mapping, Map.of())
                : new Asked("", mapping, Map.of(Marks.DISK, Long.toString(volume.getAsLong())));
    }

    /** Whether flavours without a disk have room for one of any size. */
    boolean anySize() {
        return settings.dialect().hasBootVolumes()
                && settings.bootVolume() != BootVolume.NEVER
                && cinder.getAsBoolean();
    }

    /** How large the volume is that the machine boots from; empty where its disk is on its host. */
    private OptionalLong volumeGib(MachineOrder order, String flavour) {
        boolean wanted = settings.dialect().hasBootVolumes()
                && switch (settings.bootVolume()) {
                    case AUTO -> flavours.lacksDisk(flavour) && cinder.getAsBoolean();
                    case ALWAYS -> true;
                    case NEVER -> false;
                };
        if (!wanted) {
            return OptionalLong.empty();
        }
        long ordered = order.size().diskGib();
        return OptionalLong.of(ordered > 0 ? ordered : glance.leastDiskGib(order.image()));
    }

    private Map<String, Object> first(String image, OptionalLong volume, boolean volumeTypes) {
        Map<String, Object> first = new LinkedHashMap<>();
        first.put("boot_index", 0);
        first.put("source_type", "image");
        first.put("uuid", image);
        first.put("destination_type", volume.isPresent() ? "volume" : "local");
        first.put("delete_on_termination", true);
        volume.ifPresent(gib -> {
            first.put("volume_size", gib);
            settings.volumeType().filter(_ -> volumeTypes).ifPresent(type -> first.put("volume_type", type));
        });
        return first;
    }

    private static Map<String, Object> attached(RemoteId volume) {
        return Map.of(
                "boot_index",
                -1,
                "source_type",
                "volume",
                "destination_type",
                "volume",
                "uuid",
                Marks.segment(volume, "volume"),
                "delete_on_termination",
                false);
    }
}

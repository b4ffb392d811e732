package hansa.drivers.ec2;

import hansa.cloud.CloudException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * An instance as EC2 describes it.
 *
 * @param reasonCode of its last change of state, such as {@code Server.SpotInstanceTermination}; may be empty
 * @param reason the same in words
 * @param begun when it was first launched; starting it again does not change that
 * @param zone may be empty
 * @param group placement group; may be empty
 * @param cards by their index
 */
record Instance(
        String id,
        String type,
        State state,
        String reasonCode,
        String reason,
        Instant begun,
        String zone,
        String group,
        String clientToken,
        boolean spot,
        OptionalLong cores,
        Map<String, String> tags,
        List<Card> cards,
        List<Disk> disks) {

    enum State {
        PENDING,
        RUNNING,
        SHUTTING_DOWN,
        TERMINATED,
        STOPPING,
        STOPPED,
        /** One that this driver does not know. */
        OTHER;

        static State of(String name) {
            return switch (name) {
                case "pending" -> PENDING;
                case "running" -> RUNNING;
                case "shutting-down" -> SHUTTING_DOWN;
                case "terminated" -> TERMINATED;
                case "stopping" -> STOPPING;
                case "stopped" -> STOPPED;
                default -> OTHER;
            };
        }
    }

    /**
     * A network interface.
     *
     * @param description ours hold a token
     * @param publicIp may be empty
     * @param publicOwner account of the public address; {@code amazon} for one that comes and goes with the machine
     */
    record Card(
            String id,
            String attachment,
            String subnet,
            String description,
            String mac,
            int index,
            List<String> addresses,
            String publicIp,
            String publicOwner) {

        Card {
            addresses = List.copyOf(addresses);
        }
    }

    /**
     * A block device that is a volume.
     *
     * @param root whether the machine boots from it
     * @param dies whether it is deleted with the machine
     */
    record Disk(String volume, String device, boolean root, boolean dies) {}

    private static final Set<String> OUR_DOING = Set.of("", "Client.UserInitiatedShutdown");

    Instance {
        tags = Collections.unmodifiableMap(new LinkedHashMap<>(tags));
        cards = List.copyOf(cards);
        disks = List.copyOf(disks);
    }

    static Instance read(Element item) {
        Element reason = item.child("stateReason");
        Instant launched = time(item.text("launchTime"));
        return new Instance(
                required(item, "instanceId"),
                item.text("instanceType"),
                State.of(item.child("instanceState").text("name")),
                reason.text("code"),
                Problem.oneLine(reason.text("message")),
                begun(item, launched),
                item.child("placement").text("availabilityZone"),
                item.child("placement").text("groupName"),
                item.text("clientToken"),
                item.text("instanceLifecycle").equals("spot"),
                cores(item.child("cpuOptions")),
                Tags.read(item),
                cards(item),
                disks(item));
    }

    static String required(Element item, String child) {
        return item.optional(child)
                .orElseThrow(() -> new CloudException.Unavailable(
                        "the answer of EC2 is not one of its own: something has no " + child));
    }

    static Instant time(String text) {
        try {
            return Instant.parse(text);
        } catch (DateTimeException e) {
            return Instant.EPOCH;
        }
    }

    /** Launch times are those of the last start; what it was born with tells the first. */
    private static Instant begun(Element item, Instant launched) {
        Instant first = launched;
        for (Element card : item.items("networkInterfaceSet")) {
            Instant attached = time(card.child("attachment").text("attachTime"));
            if (attached.isAfter(Instant.EPOCH) && attached.isBefore(first)) {
                first = attached;
            }
        }
        return first;
    }

    private static OptionalLong cores(Element options) {
        OptionalLong cores = options.number("coreCount");
        OptionalLong threads = options.number("threadsPerCore");
        return cores.isPresent() && threads.isPresent()
                ? OptionalLong.of(cores.getAsLong() * threads.getAsLong())
                : OptionalLong.empty();
    }

    private static List<Card> cards(Element item) {
        List<Card> cards = new ArrayList<>();
        for (Element card : item.items("networkInterfaceSet")) {
            Element association = card.child("association");
            cards.add(new Card(
                    card.text("networkInterfaceId"),
                    card.child("attachment").text("attachmentId"),
                    card.text("subnetId"),
                    card.text("description"),
                    card.text("macAddress"),
                    Math.toIntExact(Math.min(
                            1_000,
                            card.child("attachment").number("deviceIndex").orElse(0))),
                    addresses(card),
                    association.text("publicIp"),
                    association.text("ipOwnerId")));
        }
        cards.sort((one, other) -> Integer.compare(one.index(), other.index()));
        return cards;
    }

    private static List<String> addresses(Element card) {
        List<String> addresses = new ArrayList<>();
        card.items("privateIpAddressesSet")
                .forEach(one -> one.optional("privateIpAddress").ifPresent(addresses::add));
        if (addresses.isEmpty()) {
            card.optional("privateIpAddress").ifPresent(addresses::add);
        }
        card.items("ipv6AddressesSet")
                .forEach(one -> one.optional("ipv6Address").ifPresent(addresses::add));
        return addresses;
    }

    private static List<Disk> disks(Element item) {
        String root = item.text("rootDeviceName");
        List<Disk> disks = new ArrayList<>();
        for (Element device : item.items("blockDeviceMapping")) {
            String name = device.text("deviceName");
            Element volume = device.child("ebs");
            volume.optional("volumeId")
                    .ifPresent(
                            id -> disks.add(new Disk(id, name, name.equals(root), volume.flag("deleteOnTermination"))));
        }
        return disks;
    }

    /**
     * Whether there is no such machine any more. One that the cloud itself gave up or took away is still there, so that
     * somebody sees why, until it is deleted.
     */
    boolean isGone() {
        return state == State.TERMINATED && OUR_DOING.contains(reasonCode);
    }

    Optional<Disk> rootDisk() {
        return disks.stream().filter(Disk::root).findFirst();
    }
}

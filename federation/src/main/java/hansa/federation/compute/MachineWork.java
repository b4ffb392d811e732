package hansa.federation.compute;

import hansa.cloud.PowerAction;
import hansa.cloud.RemoteId;
import hansa.cloud.Size;
import hansa.cloud.Token;
import hansa.federation.images.ImageId;
import hansa.federation.sites.FlavourId;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the job of a machine remembers beside the public record.
 *
 * @param token left at the cloud with the machine
 * @param remote the cloud's own id, once known
 * @param stage how far its making is
 * @param wish counts the owner's wishes, so that a job that carried one out does not cross off a newer one
 * @param open whether the desired power state is still to be reached; afterwards a change at the cloud is taken as it is
 * @param by how to stop or suspend
 * @param restart a restart still to be done
 * @param actualSize what the machine has
 * @param actualFlavour what it has of the cloud's flavours
 * @param captures images still to be made of it
 * @param plugs what is behind each link
 * @param trouble why the job has to try again; empty while it goes well
 * @param note why a wish was given up, or what happened behind our back; stays until the next wish
 * @param notice what is said to its users from outside of its life, for example by who controls rights; stays until taken back
 * @param since when the oldest open wish was made; paces the looks at the cloud
 * @param course where it can go while it is made; empty for machines from before there was a choice
 */
record MachineWork(
        Token token,
        Optional<RemoteId> remote,
        Stage stage,
        long wish,
        boolean open,
        Optional<PowerAction> by,
        Optional<PowerAction> restart,
        Size actualSize,
        Optional<FlavourId> actualFlavour,
        List<Capture> captures,
        Map<LinkId, Plug> plugs,
        String trouble,
        String note,
        Optional<String> notice,
        Instant since,
        Optional<Course> course) {

    MachineWork {
        captures = List.copyOf(captures);
        plugs = Map.copyOf(plugs);
    }

    enum Stage {
        /** Still to be made, or being made without having been seen. */
        WANTED,
        /** At the cloud before us, still to be marked as ours. */
        FOUND,
        /** Seen at the cloud. */
        MADE,
        /** The cloud refused for good. */
        GIVEN_UP,
        /** Was at the cloud and is not any more. */
        LOST
    }

    /** An image that shall be made of the machine. */
    record Capture(ImageId image, Token token, String name, boolean hot) {}

    /**
     * The far end of a link.
     *
     * @param token left at the cloud with an interface; unused for volumes
     * @param target the network or volume at the cloud, once it is there
     * @param nic the interface at the cloud, once known
     * @param mac a wish
     * @param address a wish
     * @param device a wish
     * @param adopted the cloud plugged it in by itself
     */
    record Plug(
            Token token,
            Optional<RemoteId> target,
            Optional<RemoteId> nic,
            Optional<String> mac,
            Optional<String> address,
            Optional<String> device,
            boolean adopted) {

        Plug withTarget(RemoteId found) {
            return new Plug(token, Optional.of(found), nic, mac, address, device, adopted);
        }

        Plug withNic(RemoteId found) {
            return new Plug(token, target, Optional.of(found), mac, address, device, adopted);
        }
    }
}

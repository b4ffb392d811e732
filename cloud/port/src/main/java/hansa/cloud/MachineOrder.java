package hansa.cloud;

import java.util.List;
import java.util.Optional;

/**
 * The machine that a cloud is asked to make.
 *
 * @param token see {@link Token}; a second order with the same token answers with the first one's machine
 * @param name for people; 1 to 255 characters, need not be unique
 * @param image one of {@link CloudDescription#images()}
 * @param size cores, memory and root disk
 * @param flavour the cloud's own flavour where it only sells those; drivers of free-form clouds go by {@code size}
 * @param context what the guest is told at boot
 * @param nics in order; empty = the cloud's default network
 * @param volumes attached from the start, in order
 * @param account in whose name, where the cloud has {@link Accounts}; one that is not there or suspended is refused. Empty =
 *     the federation's own. A cloud without accounts refuses an order that names one, with {@link CloudException.InvalidRequest}
 */
public record MachineOrder(
        Token token,
        String name,
        RemoteId image,
        Size size,
        Optional<RemoteId> flavour,
        BootContext context,
        List<NicOrder> nics,
        List<RemoteId> volumes,
        Optional<String> account) {

    public MachineOrder {
        nics = List.copyOf(nics);
        volumes = List.copyOf(volumes);
    }

    /** In the federation's own name. */
    public MachineOrder(
            Token token,
            String name,
            RemoteId image,
            Size size,
            Optional<RemoteId> flavour,
            BootContext context,
            List<NicOrder> nics,
            List<RemoteId> volumes) {
        this(token, name, image, size, flavour, context, nics, volumes, Optional.empty());
    }

    /** The same order in the name of an account. */
    public MachineOrder inNameOf(Optional<String> name) {
        return new MachineOrder(token, this.name, image, size, flavour, context, nics, volumes, name);
    }
}

package hansa.cloud;

import java.util.List;
import java.util.Optional;

/**
 * What makes a machine its owner's when it boots. Each driver delivers it in the way of its cloud: NoCloud or
 * OpenNebula ISO, config drive, metadata service.
 *
 * @param hostname an RFC 1123 label, given to the guest
 * @param userData the user's own script or cloud-config, at most 64 KiB
 * @param sshKeys public keys in OpenSSH's one-line form
 */
public record BootContext(Optional<String> hostname, Optional<Bytes> userData, List<String> sshKeys) {

    public static final int MAX_USER_DATA = 64 * 1024;

    public static final BootContext EMPTY = new BootContext(Optional.empty(), Optional.empty(), List.of());

    public BootContext {
        sshKeys = List.copyOf(sshKeys);
        if (userData.isPresent() && userData.get().size() > MAX_USER_DATA) {
            throw new IllegalArgumentException("user data has at most " + MAX_USER_DATA + " bytes, not "
                    + userData.get().size());
        }
    }
}

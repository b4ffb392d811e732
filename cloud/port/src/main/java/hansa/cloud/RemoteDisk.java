package hansa.cloud;

/**
 * A volume attached to a machine.
 *
 * @param device the guest's name of it, for example {@code /dev/vdb}; empty where the cloud does not say
 */
public record RemoteDisk(RemoteId volume, String device) {}

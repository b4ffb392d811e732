package hansa.federation.compute;

import hansa.federation.identity.Caller;
import hansa.federation.listing.Page;
import hansa.federation.listing.Stamp;
import hansa.kernel.base.ErrorCode;
import hansa.kernel.base.Failure;
import java.util.List;
import java.util.OptionalLong;

/**
 * Links between machines and networks or volumes. Thread-safe; answers from the store.
 */
@SuppressWarnings("DoNotCallSuggester")
public final class LinkService {

    /** Plugs an interface in, hot where the machine runs. */
    public NicLink addNic(Caller caller, MachineId machine, NewNic wanted) {
        throw new Failure(ErrorCode.INTERNAL, "Not served yet.");
    }

    /** Plugs a volume in, hot where the machine runs. */
    public VolumeLink addVolume(Caller caller, MachineId machine, NewVolumeLink wanted) {
        throw new Failure(ErrorCode.INTERNAL, "Not served yet.");
    }

    /** @throws Failure {@code resource.not-found} */
    public NicLink nic(Caller caller, LinkId id) {
        throw new Failure(ErrorCode.INTERNAL, "Not served yet.");
    }

    /** @throws Failure {@code resource.not-found} */
    public VolumeLink volumeLink(Caller caller, LinkId id) {
        throw new Failure(ErrorCode.INTERNAL, "Not served yet.");
    }

    /** The generation is that of the machine. */
    public Stamp nicStamp(Caller caller, LinkId id) {
        throw new Failure(ErrorCode.INTERNAL, "Not served yet.");
    }

    /** The generation is that of the machine. */
    public Stamp volumeLinkStamp(Caller caller, LinkId id) {
        throw new Failure(ErrorCode.INTERNAL, "Not served yet.");
    }

    /** By id; the generation is that of the machine. */
    public List<Stamp> nicStamps(Caller caller, Filter filter, Page page) {
        throw new Failure(ErrorCode.INTERNAL, "Not served yet.");
    }

    /** By id; the generation is that of the machine. */
    public List<Stamp> volumeLinkStamps(Caller caller, Filter filter, Page page) {
        throw new Failure(ErrorCode.INTERNAL, "Not served yet.");
    }

    /** In the order asked for; ids that are not there, or not the caller's, are left out. */
    public List<NicLink> nics(Caller caller, List<LinkId> ids) {
        throw new Failure(ErrorCode.INTERNAL, "Not served yet.");
    }

    /** In the order asked for; ids that are not there, or not the caller's, are left out. */
    public List<VolumeLink> volumeLinks(Caller caller, List<LinkId> ids) {
        throw new Failure(ErrorCode.INTERNAL, "Not served yet.");
    }

    /** Changes what may change. */
    public NicLink updateNic(Caller caller, LinkId id, LinkChange change, OptionalLong ifGeneration) {
        throw new Failure(ErrorCode.INTERNAL, "Not served yet.");
    }

    /** Changes what may change. */
    public VolumeLink updateVolumeLink(Caller caller, LinkId id, LinkChange change, OptionalLong ifGeneration) {
        throw new Failure(ErrorCode.INTERNAL, "Not served yet.");
    }

    /** Unplugs it, whichever of both it is. */
    public void delete(Caller caller, LinkId id) {
        throw new Failure(ErrorCode.INTERNAL, "Not served yet.");
    }

    /** All of them or none. */
    public void deleteAll(Caller caller, List<LinkId> ids) {
        throw new Failure(ErrorCode.INTERNAL, "Not served yet.");
    }
}

package hansa.federation.compute;

import hansa.cloud.CloudName;
import hansa.cloud.Size;
import hansa.federation.brokering.Brokering;
import hansa.federation.caller.Caller;
import hansa.federation.compute.Course.Stop;
import hansa.federation.compute.MachineWork.Stage;
import hansa.federation.images.Image;
import hansa.federation.images.Images;
import hansa.federation.placement.Scored;
import hansa.federation.policy.Action;
import hansa.federation.sites.CloudStanding;
import hansa.federation.sites.FlavourId;
import hansa.federation.sites.Sites;
import hansa.kernel.base.Failure;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/**
 * Finds out where a machine could come back to: when a stopped one is started that may be made anew, and a cloud of higher priority than
 * its own has room now. Nothing is moved: what is on the disk is lost, which is why the owner has to have allowed it.
 */
final class Homecoming {

    private final Access access;
    private final Sites sites;
    private final Images images;
    private final NetworkReferences networks;
    private final Brokering brokering;

    Homecoming(Access access, Sites sites, Images images, NetworkReferences networks, Brokering brokering) {
        this.access = access;
        this.sites = sites;
        this.images = images;
        this.networks = networks;
        this.brokering = brokering;
    }

    /** Where a machine that is started now comes back to; empty = it starts where it is. */
    Optional<Stop> of(Handle sql, Caller caller, Row<Machine, MachineWork> row) {
        Machine machine = row.resource();
        boolean allowed = row.work().course().filter(Course::comeBack).isPresent()
                && row.work().stage() == Stage.MADE
                && machine.state() == MachineState.INACTIVE
                && machine.volumes().isEmpty()
                && row.work().captures().isEmpty();
        if (!allowed) {
            return Optional.empty();
        }
        Optional<PlanTable.Stored> kept = PlanTable.find(sql, machine.id());
        Optional<Image> image = images.find(sql, caller, machine.image());
        if (kept.isEmpty() || image.isEmpty()) {
            return Optional.empty();
        }
        Brokering.Decided decided = brokering.again(
                sql,
                kept.get().plan().request(),
                CloudChoice.at(image.get(), images.localNames(sql, machine.image()), sites.terms(sql)),
                MachineGroups.others(sql, CloudChoice.groups(kept.get().plan().request()), machine.id()));
        int here = priority(decided, machine.cloud().value());
        return decided.decision().candidates().stream()
                .filter(one -> one.priority() > here)
                .findFirst()
                .flatMap(one -> stop(sql, caller, row, decided, one));
    }

    private static int priority(Brokering.Decided decided, String cloud) {
        CloudStanding standing = decided.clouds().get(cloud);
        return standing == null ? Integer.MAX_VALUE : standing.offer().priority();
    }

    private Optional<Stop> stop(
            Handle sql, Caller caller, Row<Machine, MachineWork> row, Brokering.Decided decided, Scored one) {
        Machine machine = row.resource();
        CloudName cloud = new CloudName(one.cloud());
        Guarded there = Guarded.machine(
                machine.id().value(),
                machine.owner(),
                machine.vo().orElse(""),
                one.cloud(),
                machine.image().value(),
                one.flavour());
        if (!access.may(caller, Action.MACHINE_CREATE, there)) {
            return Optional.empty();
        }
        Map<LinkId, NetworkId> connected = new HashMap<>();
        try {
            for (NicLink link : machine.nics()) {
                if (!MachineMoves.isAdopted(row.work().plugs(), link)) {
                    connected.put(
                            link.id(),
                            networks.resolve(sql, caller, cloud, NewNic.to(link.networkTitle()))
                                    .id());
                }
            }
        } catch (Failure e) {
            // It has no such network there, so it stays where it has one.
            return Optional.empty();
        }
        Size size = Optional.ofNullable(decided.clouds().get(one.cloud())).stream()
                .flatMap(standing -> standing.offer().flavours().stream())
                .filter(offer -> offer.name().equals(one.flavour()))
                .findFirst()
                .map(offer -> Sizing.size((int) offer.cores(), offer.memoryMib(), offer.diskGib()))
                .orElse(machine.size());
        return Optional.of(new Stop(
                cloud,
                one.flavour().isEmpty() ? Optional.empty() : Optional.of(new FlavourId(one.flavour())),
                size,
                connected));
    }
}

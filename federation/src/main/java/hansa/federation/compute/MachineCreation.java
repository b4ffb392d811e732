package hansa.federation.compute;

import hansa.cloud.BootContext;
import hansa.federation.caller.Caller;
import hansa.federation.compute.MachineWork.Plug;
import hansa.federation.compute.MachineWork.Stage;
import hansa.federation.placement.Affinity;
import hansa.federation.sites.FlavourId;
import hansa.kernel.base.ErrorCode;
import hansa.kernel.base.Failure;
import hansa.kernel.store.Tx;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Makes new machines, as far as the store goes. */
final class MachineCreation {

    private final Records<Machine, MachineWork> machines;
    private final ResourceTable<Network, NetworkWork> networks;
    private final VolumePlugging plugging;
    private final Access access;
    private final QuotaUse quota;
    private final RoomTaken room;
    private final Clock clock;

    MachineCreation(
            Records<Machine, MachineWork> machines,
            ResourceTable<Network, NetworkWork> networks,
            VolumePlugging plugging,
            Access access,
            QuotaUse quota,
            RoomTaken room,
            Clock clock) {
        this.machines = machines;
        this.networks = networks;
        this.plugging = plugging;
        this.access = access;
        this.quota = quota;
        this.room = room;
        this.clock = clock;
    }

    static void check(NewMachine wanted) {
        Input.title(wanted.title());
        Input.summary(wanted.summary());
        wanted.hostname().ifPresent(Input::hostname);
        wanted.userData()
                .filter(data -> data.size() > BootContext.MAX_USER_DATA)
                .ifPresent(data -> {
                    throw Input.invalid("User data has at most " + BootContext.MAX_USER_DATA + " bytes, not "
                            + data.size() + "; let it fetch the rest.");
                });
        Input.sshKeys(wanted.sshKeys());
        Input.links("interfaces", wanted.nics().size());
        Input.links("volumes", wanted.volumes().size());
        wanted.nics().forEach(Input::nic);
        wanted.volumes().forEach(Input::volumeLink);
        Input.different(
                "volume", wanted.volumes().stream().map(NewVolumeLink::volume).toList());
        List<LinkId> ids = new ArrayList<>();
        wanted.nics().forEach(nic -> nic.id().ifPresent(ids::add));
        wanted.volumes().forEach(link -> link.id().ifPresent(ids::add));
        Input.different("link id", ids);
        Input.tags(wanted.tags().size());
    }

    /** What the policy is asked about before a machine is made. */
    static Guarded guarded(Caller caller, NewMachine wanted, CloudChoice.Choice choice) {
        return Guarded.machine(
                "",
                caller.id(),
                caller.vo().orElse(""),
                choice.cloud().value(),
                wanted.image().value(),
                choice.flavour().map(FlavourId::value).orElse(""));
    }

    /** Writes the intent; the caller schedules the job. */
    Machine create(
            Tx tx, Caller caller, MachineId id, NewMachine wanted, CloudChoice.Choice choice, Coursing coursing) {
        Instant now = clock.instant();
        Map<LinkId, Plug> plugs = new LinkedHashMap<>();
        List<NicLink> nics = new ArrayList<>();
        for (int i = 0; i < wanted.nics().size(); i++) {
            nics.add(nic(id, wanted.nics().get(i), choice.networks().get(i), plugs));
        }
        List<VolumeLink> volumes = new ArrayList<>();
        wanted.volumes().forEach(link -> volumes.add(volumeLink(id, link, plugs)));
        Machine machine = new Machine(
                id,
                caller.id(),
                caller.vo(),
                choice.cloud(),
                Optional.empty(),
                wanted.title(),
                wanted.summary(),
                wanted.hostname(),
                wanted.image(),
                choice.flavour(),
                choice.size(),
                "x64",
                Desired.RUNNING,
                MachineState.PENDING,
                "",
                nics,
                volumes,
                wanted.sshKeys(),
                wanted.userData().isPresent(),
                wanted.tags(),
                now,
                Optional.empty(),
                Optional.empty(),
                now,
                now,
                1);
        MachineWork work = new MachineWork(
                Tokens.next(),
                Optional.empty(),
                Stage.WANTED,
                1,
                true,
                Optional.empty(),
                Optional.empty(),
                choice.size(),
                choice.flavour(),
                List.of(),
                plugs,
                "",
                "",
                Optional.empty(),
                now,
                Optional.of(coursing.of(choice, nics.stream().map(NicLink::id).toList(), caller, wanted.placement())));
        machines.insert(tx, new Row<>(machine, work, Sight.NONE, 1));
        nics.forEach(link -> insert(tx, MachineWriter.entry(machine, link)));
        choice.networks().forEach(network -> requireThere(tx, network));
        for (VolumeLink link : volumes) {
            insert(tx, MachineWriter.entry(machine, link));
            plugging.plug(tx, caller, machine.cloud(), link);
        }
        wanted.userData().ifPresent(data -> UserDataTable.insert(tx.sql(), id, data));
        TagService.put(tx, access, caller, wanted.tags(), Member.of(id));
        quota.take(tx.sql(), caller, machine.owner(), machine.vo(), QuotaUse.Amount.machine(choice.size()));
        HostWishes.requireAgreement(tx.sql(), caller, wanted.placement());
        Optional<Affinity> hosts = HostWishes.of(caller, wanted.placement());
        MachineGroups.put(tx.sql(), id, coursing.groups(caller, wanted.placement()), hosts);
        HostWishes.requireSharedCloud(tx.sql(), id, choice.cloud(), hosts);
        PlanTable.attach(tx.sql(), id, coursing.plan());
        if (!room.wanted(tx, machine)) {
            throw new Failure(
                    ErrorCode.CAPACITY_EXHAUSTED,
                    "The cloud '" + machine.cloud() + "' has as many machines of the flavour as the operator allows;"
                            + " choose another flavour or try again later.");
        }
        return machine;
    }

    static NicLink nic(MachineId machine, NewNic wanted, Network network, Map<LinkId, Plug> plugs) {
        LinkId id = wanted.id().orElseGet(LinkId::next);
        plugs.put(
                id,
                new Plug(
                        Tokens.next(),
                        Optional.empty(),
                        Optional.empty(),
                        Input.lowerCase(wanted.mac()),
                        wanted.address(),
                        Optional.empty(),
                        false));
        return new NicLink(
                id,
                machine,
                network.id(),
                network.title(),
                "",
                Input.lowerCase(wanted.mac()).orElse(""),
                wanted.address().map(List::of).orElse(List.of()),
                List.of(),
                network.gateway(),
                wanted.address().isPresent() ? Allocation.STATIC : network.allocation(),
                LinkState.PENDING,
                "",
                Set.of());
    }

    static VolumeLink volumeLink(MachineId machine, NewVolumeLink wanted, Map<LinkId, Plug> plugs) {
        LinkId id = wanted.id().orElseGet(LinkId::next);
        plugs.put(
                id,
                new Plug(
                        Tokens.next(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        wanted.device(),
                        false));
        return new VolumeLink(
                id,
                machine,
                wanted.volume(),
                wanted.device().orElse(""),
                wanted.mountpoint(),
                LinkState.PENDING,
                "",
                Set.of());
    }

    static void insert(Tx tx, LinkTable.Entry entry) {
        if (!LinkTable.insert(tx.sql(), entry)) {
            throw new Failure(
                    ErrorCode.RESOURCE_EXISTS,
                    "There is a link with the id '" + entry.id() + "' already; choose another id or none.");
        }
    }

    /** A network of the caller's own may have been deleted since it was looked up; the clouds' own stay. */
    void requireThere(Tx tx, Network network) {
        boolean gone = network.owner().isPresent()
                && networks.read(tx.sql(), network.id().value())
                        .filter(found -> found.state() != NetworkState.DELETING)
                        .isEmpty();
        if (gone) {
            throw new Failure(
                    ErrorCode.LINK_TARGET_MISSING, "The network '" + network.id() + "' was deleted in the meantime.");
        }
    }
}

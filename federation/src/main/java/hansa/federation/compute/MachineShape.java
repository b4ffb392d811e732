package hansa.federation.compute;

import hansa.cloud.RemoteId;
import hansa.federation.compute.Filter.Attribute;
import hansa.federation.policy.Action;
import hansa.federation.sites.FlavourId;
import hansa.federation.stored.Documents.Form;
import java.util.Collection;
import java.util.List;

/** How machines lie in their table. */
final class MachineShape implements Shape<Machine, MachineWork> {

    private final Form<Machine> machines = Forms.ALL.form(Machine.class);
    private final Form<MachineWork> works = Forms.ALL.form(MachineWork.class);

    @Override
    public String name() {
        return "machine";
    }

    @Override
    public Member.Kind member() {
        return Member.Kind.MACHINE;
    }

    @Override
    public boolean shares() {
        return false;
    }

    @Override
    public Form<Machine> resources() {
        return machines;
    }

    @Override
    public Form<MachineWork> works() {
        return works;
    }

    @Override
    public Guarded guarded(Machine machine) {
        return Guarded.of(machine);
    }

    @Override
    public Guarded guarded(String id, String owner, String vo, String cloud, String image, String flavour) {
        return Guarded.machine(id, owner, vo, cloud, image, flavour);
    }

    @Override
    public Action list() {
        return Action.MACHINE_LIST;
    }

    @Override
    public Action look() {
        return Action.MACHINE_READ;
    }

    @Override
    public Keys keys(Machine machine, MachineWork work) {
        return new Keys(
                machine.id().value(),
                machine.owner(),
                machine.vo().orElse(""),
                machine.cloud().value(),
                machine.title(),
                machine.state().name(),
                machine.image().value(),
                machine.flavour().map(FlavourId::value).orElse(""),
                work.token().value(),
                work.remote().map(RemoteId::value).orElse(""),
                machine.generation());
    }

    @Override
    public Collection<String> values(Machine machine, Attribute attribute) {
        return switch (attribute) {
            case ID -> List.of(machine.id().value());
            case OWNER -> List.of(machine.owner());
            case SUMMARY -> List.of(machine.summary());
            case MESSAGE -> List.of(machine.message());
            case HOSTNAME -> machine.hostname().map(List::of).orElse(List.of());
            case ARCHITECTURE -> List.of(machine.architecture());
            case CORES -> List.of(Integer.toString(machine.size().cores()));
            case MEMORY_MIB -> List.of(Long.toString(machine.size().memoryMib()));
            case NETWORK ->
                machine.nics().stream().map(nic -> nic.network().value()).toList();
            case VOLUME ->
                machine.volumes().stream().map(link -> link.volume().value()).toList();
            case MAC -> machine.nics().stream().map(NicLink::mac).toList();
            case ADDRESS ->
                machine.nics().stream().flatMap(nic -> nic.addresses().stream()).toList();
            case SIZE_MIB, VLAN, LABEL, CIDR, GATEWAY, ALLOCATION, MACHINE, COPY_OF, COPY_KIND, DEVICE, MOUNTPOINT ->
                List.of();
        };
    }
}

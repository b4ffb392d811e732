package hansa.drivers.opennebula;

import hansa.protocols.opennebula.Element;
import hansa.protocols.opennebula.ErrorKind;
import hansa.protocols.opennebula.Value;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;

/**
 * Groups of machines, as the real ones are: one can be deleted while machines are in it, and its role only while none has it.
 * Places their machines on hosts.
 */
final class OnedGroups {

    static final int HOSTS = 3;
    private static final int NO_HOST = -1;

    private final TreeMap<Integer, Group> all = new TreeMap<>();
    private final OnedCalls calls;
    private int hosts = HOSTS;
    private int last = -1;

    private record Role(int id, String name, String policy, Set<Integer> machines) {}

    private record Group(int id, int owner, String name, Map<String, Role> roles) {}

    OnedGroups(OnedCalls calls) {
        this.calls = calls;
    }

    /** How many there are; those with the highest numbers go. */
    void hosts(int number) {
        hosts = number;
    }

    /** How many groups there are. */
    int size() {
        return all.size();
    }

    void register() {
        calls.add("one.vmgroup.allocate", "s", (user, parameters) -> Value.of(allocate(user, parameters.text(0))));
        calls.add(
                "one.vmgrouppool.info",
                "iii",
                (user, parameters) -> Value.of(new OnedXml()
                        .in(
                                "VM_GROUP_POOL",
                                pool -> all.values().stream()
                                        .filter(group -> Oned.mayManage(user, group.owner()))
                                        .forEach(group -> write(group, pool)))
                        .toString()));
        calls.add("one.vmgroup.info", "i", (user, parameters) -> {
            OnedXml xml = new OnedXml();
            write(own(user, parameters.number(0)), xml);
            return Value.of(xml.toString());
        });
        calls.add("one.vmgroup.roledelete", "ii", (user, parameters) -> {
            Group group = own(user, parameters.number(0));
            Role role = group.roles().values().stream()
                    .filter(one -> one.id() == parameters.number(1))
                    .findFirst()
                    .orElseThrow(
                            () -> new OnedRefusal(ErrorKind.ACTION, "Unable to delete role, the role doesn't exists"));
            if (!role.machines().isEmpty()) {
                throw new OnedRefusal(
                        ErrorKind.ACTION, "Unable to delete role " + role.id() + ", the role has assigned VMs ");
            }
            group.roles().remove(role.name());
            return Value.of(group.id());
        });
        calls.add("one.vmgroup.delete", "i", (user, parameters) -> {
            Group group = own(user, parameters.number(0));
            all.remove(group.id());
            return Value.of(group.id());
        });
    }

    private Group own(int user, int id) {
        Group group = all.get(id);
        if (group == null) {
            throw new OnedRefusal(ErrorKind.NO_EXISTS, "Error getting vm group [" + id + "].");
        }
        if (!Oned.mayManage(user, group.owner())) {
            throw new OnedRefusal(
                    ErrorKind.AUTHORIZATION,
                    "User [" + user + "] : Not authorized to perform MANAGE VMGROUP [" + id + "].");
        }
        return group;
    }

    private int allocate(int user, String text) {
        Element template = Oned.parse(text);
        String name = template.text("NAME").orElse("");
        Oned.requireValidName(name);
        for (Group group : all.values()) {
            if (group.owner() == user && group.name().equals(name)) {
                throw new OnedRefusal(ErrorKind.INTERNAL, "NAME is already taken by VMGroup " + group.id() + ".");
            }
        }
        Map<String, Role> roles = new TreeMap<>();
        for (Element role : template.children("ROLE")) {
            String roleName = role.text("NAME")
                    .orElseThrow(() -> new OnedRefusal(ErrorKind.INTERNAL, "Missing NAME in VM group role"));
            roles.put(
                    roleName,
                    new Role(roles.size(), roleName, role.text("POLICY").orElse(""), new TreeSet<>()));
        }
        all.put(++last, new Group(last, user, name, roles));
        return last;
    }

    private static void write(Group group, OnedXml xml) {
        xml.in("VM_GROUP", one -> {
            one.number("ID", group.id()).number("UID", group.owner()).number("GID", 1);
            one.in("NAME", name -> name.text(group.name()));
            one.in(
                    "ROLES",
                    roles -> group.roles()
                            .values()
                            .forEach(role -> roles.in("ROLE", inside -> {
                                inside.value("ID", role.id())
                                        .value("NAME", role.name())
                                        .value("POLICY", role.policy());
                                if (!role.machines().isEmpty()) {
                                    inside.value(
                                            "VMS",
                                            String.join(
                                                    ",",
                                                    role.machines().stream()
                                                            .map(String::valueOf)
                                                            .toList()));
                                }
                            })));
            one.in("TEMPLATE", _ -> {});
        });
    }

    /** Of a machine that is being allocated. */
    void join(int user, Map<String, String> membership, int machine) {
        Group group = all.get(Integer.parseInt(membership.getOrDefault("VMGROUP_ID", "-1")));
        if (group == null) {
            throw new OnedRefusal(ErrorKind.ALLOCATE, "Cannot find VM Group to associate the VM");
        }
        own(user, group.id());
        Role role = group.roles().get(membership.getOrDefault("ROLE", ""));
        if (role == null) {
            throw new OnedRefusal(ErrorKind.ALLOCATE, "Role does not exist in VM Group");
        }
        role.machines().add(machine);
    }

    void leave(int machine) {
        all.values()
                .forEach(group ->
                        group.roles().values().forEach(role -> role.machines().remove(machine)));
    }

    /**
     * The host for a machine; empty while there is none.
     *
     * @param hostOf tells where another machine is, below 0 where it is nowhere
     */
    OptionalInt host(int machine, IntUnaryOperator hostOf) {
        for (Group group : all.values()) {
            for (Role role : group.roles().values()) {
                if (role.machines().contains(machine)) {
                    List<Integer> taken = role.machines().stream()
                            .filter(one -> one != machine)
                            .map(one -> hostOf.applyAsInt(one))
                            .filter(host -> host > NO_HOST)
                            .toList();
                    return host(role.policy(), taken);
                }
            }
        }
        return OptionalInt.of(machine % hosts);
    }

    private OptionalInt host(String policy, List<Integer> taken) {
        return switch (policy) {
            case "AFFINED" -> OptionalInt.of(taken.isEmpty() ? 0 : taken.getFirst());
            case "ANTI_AFFINED" ->
                IntStream.range(0, hosts).filter(host -> !taken.contains(host)).findFirst();
            default -> OptionalInt.of(0);
        };
    }
}

package hansa.protocols.opennebula;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A group of virtual machines whose places depend on each other, from {@code one.vmgroup.info} and the pool; since 5.4.
 *
 * @param roles the parts of it that machines join; machines of different roles are told apart by rules that are not read here
 */
public record VmGroup(int id, int owner, String name, List<Role> roles) {

    public VmGroup {
        roles = List.copyOf(roles);
    }

    /**
     * Machines that are placed by one policy.
     *
     * @param policy {@code AFFINED}: all on one host, {@code ANTI_AFFINED}: each on another; empty = none
     * @param machines those that have joined and are not gone
     */
    public record Role(int id, String name, Optional<String> policy, List<Integer> machines) {

        public Role {
            machines = List.copyOf(machines);
        }

        private static Role of(Element role) throws OpenNebulaSyntaxException {
            List<Integer> machines = new ArrayList<>();
            for (String number : role.text("VMS").orElse("").split(",")) {
                if (!number.isBlank()) {
                    machines.add(number(number.strip()));
                }
            }
            return new Role(role.requiredInteger("ID"), role.text("NAME").orElse(""), role.text("POLICY"), machines);
        }

        private static int number(String text) throws OpenNebulaSyntaxException {
            if (!text.matches("\\d{1,9}")) {
                throw new OpenNebulaSyntaxException("the id of a machine is no number");
            }
            return Integer.parseInt(text);
        }
    }

    /** @param group the element {@code VM_GROUP} */
    public static VmGroup of(Element group) throws OpenNebulaSyntaxException {
        List<Role> roles = new ArrayList<>();
        for (Element role : group.orNothing("ROLES").children("ROLE")) {
            roles.add(Role.of(role));
        }
        return new VmGroup(
                group.requiredInteger("ID"),
                group.requiredInteger("UID"),
                group.text("NAME").orElse(""),
                roles);
    }

    /** @param pool the element {@code VM_GROUP_POOL} */
    public static List<VmGroup> pool(Element pool) throws OpenNebulaSyntaxException {
        List<VmGroup> all = new ArrayList<>();
        for (Element group : pool.children("VM_GROUP")) {
            all.add(of(group));
        }
        return List.copyOf(all);
    }

    public Optional<Role> role(String role) {
        return roles.stream().filter(one -> one.name().equals(role)).findFirst();
    }
}

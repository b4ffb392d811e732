package hansa.drivers.opennebula;

import hansa.cloud.CloudException;
import hansa.cloud.HostAffinity;
import hansa.cloud.HostGroup;
import hansa.cloud.HostGroup.Relation;
import hansa.cloud.MachineOrder;
import hansa.cloud.RemoteMachine;
import hansa.protocols.opennebula.Template;
import hansa.protocols.opennebula.VmGroup;
import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.IntSupplier;

/**
 * Machines that share a host, or never do, are in a group of OpenNebula's with one role whose policy says so. OpenNebula gives
 * a name to one group of a user only, so a group is made once. It deletes groups also while machines are in them; so first the
 * role is taken away, which it refuses while a machine has it, and after which no machine can join. Versions without that call
 * leave a moment in which another node's machine may join a group that is being deleted.
 */
final class OpenNebulaGroups implements HostAffinity {

    private static final String ROLE = "machines";
    private static final int ATTEMPTS = 10;

    private final GroupAccount groups;
    private final Orders orders;
    private final Watch watch;
    private final Creation creation;
    private final AtomicBoolean swept = new AtomicBoolean();
    private final GroupTurns turns = new GroupTurns();

    /** Makes a machine, unless there is one with the order's token. */
    @FunctionalInterface
    interface Creation {

        /** @param place gives the number of the new machine */
        RemoteMachine create(MachineOrder order, IntSupplier place);
    }

    OpenNebulaGroups(GroupAccount groups, Orders orders, Watch watch, Creation creation) {
        this.groups = groups;
        this.orders = orders;
        this.watch = watch;
        this.creation = creation;
    }

    @Override
    public RemoteMachine create(MachineOrder order, HostGroup group) {
        RemoteMachine machine;
        try {
            machine = creation.create(order, () -> turns.joining(name(group), () -> join(order, group)));
        } catch (CloudException refusal) {
            takeAwayUnused(group, refusal);
            throw refusal;
        }
        if (swept.compareAndSet(false, true)) {
            watch.later(this::sweep);
        }
        return machine;
    }

    /** What was made for a machine that was not. Where nothing is known of what was made, whoever asks again uses it. */
    private void takeAwayUnused(HostGroup group, CloudException refusal) {
        if (refusal instanceof CloudException.Unavailable) {
            return;
        }
        try {
            groups.named(name(group)).filter(OpenNebulaGroups::isEmpty).ifPresent(unused -> leave(unused.id()));
        } catch (CloudException e) {
            refusal.addSuppressed(e);
        }
    }

    private static boolean isEmpty(VmGroup group) {
        return group.role(ROLE).map(role -> role.machines().isEmpty()).orElse(true);
    }

    private static String name(HostGroup group) {
        return Marks.Kind.GROUP.name(group.name());
    }

    /** Again where the group was deleted by another node between the look and the order. */
    private int join(MachineOrder order, HostGroup group) {
        for (int attempt = 1; ; attempt++) {
            int number = there(group);
            SequencedMap<String, String> membership = new LinkedHashMap<>();
            membership.put("VMGROUP_ID", Integer.toString(number));
            membership.put("ROLE", ROLE);
            try {
                return orders.place(order, membership);
            } catch (CloudException.Conflict | CloudException.NotFound | CloudException.InvalidRequest e) {
                boolean stands =
                        groups.group(number).flatMap(one -> one.role(ROLE)).isPresent();
                if (stands || attempt == ATTEMPTS) {
                    throw e;
                }
            }
        }
    }

    /** The number of the group, which is made where it is missing. */
    private int there(HostGroup group) {
        String policy = policy(group.relation());
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            Optional<VmGroup> there = groups.named(name(group));
            if (there.isEmpty()) {
                try {
                    return groups.allocate(template(name(group), policy));
                } catch (CloudException.Conflict taken) {
                    continue;
                }
            }
            Optional<VmGroup.Role> role = there.get().role(ROLE);
            if (role.isPresent() && role.get().policy().equals(Optional.of(policy))) {
                return there.get().id();
            }
            if (role.isPresent() && !role.get().machines().isEmpty()) {
                throw new CloudException.InvalidRequest("the machines of the group " + group.name() + " "
                        + words(role.get().policy()) + ", and one that does otherwise cannot join them");
            }
            discard(there.get());
        }
        throw new CloudException.Conflict(
                "the group " + group.name() + " is being made and taken away by others; try again");
    }

    private static Template template(String name, String policy) {
        SequencedMap<String, String> role = new LinkedHashMap<>();
        role.put("NAME", ROLE);
        role.put("POLICY", policy);
        return Template.EMPTY.with("NAME", name).with("ROLE", role);
    }

    private static String policy(Relation relation) {
        return switch (relation) {
            case TOGETHER -> "AFFINED";
            case APART -> "ANTI_AFFINED";
        };
    }

    private static String words(Optional<String> policy) {
        return policy.equals(Optional.of(policy(Relation.APART))) ? "never share a host" : "share a host";
    }

    /** Takes the group away when it is one of ours, and no machine is in it any more. */
    void leave(int number) {
        groups.group(number)
                .filter(group -> Marks.Kind.GROUP.is(group.name()))
                .ifPresent(group ->
                        turns.leaving(group.name(), () -> groups.group(number).ifPresent(this::discard)));
    }

    /** What was left behind by a node that stopped before it took it away. */
    private void sweep() {
        groups.own().stream()
                .filter(group -> Marks.Kind.GROUP.is(group.name()))
                .filter(group ->
                        group.role(ROLE).map(role -> role.machines().isEmpty()).orElse(true))
                .forEach(group -> leave(group.id()));
    }

    private void discard(VmGroup group) {
        try {
            if (group.role(ROLE).map(role -> isFree(group.id(), role)).orElse(true)) {
                groups.delete(group.id());
            }
        } catch (CloudException.NotFound e) {
            // Gone already, which is what was wanted.
        }
    }

    /** Whether no machine has the role, and, where the version allows to see to it, none will. */
    private boolean isFree(int group, VmGroup.Role role) {
        if (!role.machines().isEmpty()) {
            return false;
        }
        try {
            groups.deleteRole(group, role.id());
        } catch (CloudException.Conflict joined) {
            return false;
        } catch (CloudException.InvalidRequest tooOld) {
            return true;
        }
        return true;
    }
}

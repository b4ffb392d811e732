package hansa.federation.compute;

import hansa.cloud.CloudName;
import hansa.cloud.HostGroup;
import hansa.federation.brokering.Placement;
import hansa.federation.caller.Caller;
import hansa.federation.placement.Affinity;
import hansa.federation.placement.Scope;
import hansa.kernel.base.ErrorCode;
import hansa.kernel.base.Failure;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/**
 * What machines want of each other's hosts. Their cloud keeps it for those that it makes for one group, so all members of a group must
 * want the same, or nothing.
 */
final class HostWishes {

    private static final int DIGEST = 20;

    private HostWishes() {}

    /** What is wanted for a machine, with the full name of the group. */
    static Optional<Affinity> of(Caller caller, Placement placement) {
        return byHost(placement.affinities())
                .map(one -> new Affinity(one.relation(), one.scope(), MachineGroups.fullName(caller, one.group())));
    }

    /** How the cloud is asked for a machine; empty where nothing is wanted of its host. */
    static Optional<HostGroup> of(MachineWork work) {
        return work.course()
                .flatMap(course -> byHost(course.affinities()))
                .map(one -> new HostGroup(name(one), relation(one.relation())));
    }

    private static Optional<Affinity> byHost(List<Affinity> affinities) {
        return affinities.stream().filter(one -> one.scope() == Scope.HOST).findFirst();
    }

    private static HostGroup.Relation relation(Affinity.Relation relation) {
        return switch (relation) {
            case TOGETHER -> HostGroup.Relation.TOGETHER;
            case APART -> HostGroup.Relation.APART;
        };
    }

    /**
     * What the cloud calls the group. The relation is part of it, so that machines that still are being deleted there do not stand in the
     * way of those that want something else.
     */
    private static String name(Affinity wish) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256")
                    .digest((wish.relation() + " " + wish.group()).getBytes(StandardCharsets.UTF_8));
            return "hansa-" + HexFormat.of().formatHex(Arrays.copyOf(digest, DIGEST));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** @throws Failure {@code resource.in-use} where members of one of the groups want something else */
    static void requireAgreement(Handle sql, Caller caller, Placement placement) {
        Optional<Affinity> wish = of(caller, placement);
        for (String group : placement.groups()) {
            String fullName = MachineGroups.fullName(caller, group);
            String wanted = stored(wish, fullName);
            MachineGroups.hosts(sql, fullName).stream()
                    .filter(hosts -> !hosts.equals(wanted))
                    .findFirst()
                    .ifPresent(hosts -> {
                        throw new Failure(
                                ErrorCode.RESOURCE_IN_USE,
                                "The machines of the group '" + group + "' want " + said(hosts)
                                        + "; for one that wants " + said(wanted) + " choose another group.");
                    });
        }
    }

    private static String said(String hosts) {
        return switch (hosts) {
            case "TOGETHER" -> "to share a host";
            case "APART" -> "no host in common";
            default -> "nothing of hosts";
        };
    }

    /** As it is stored with a member of the group. */
    static String stored(Optional<Affinity> wish, String group) {
        return wish.filter(one -> one.group().equals(group))
                .map(one -> one.relation().name())
                .orElse("");
    }

    /**
     * Looks once more when it is written: others may have been placed in the meantime.
     *
     * @throws Failure {@code capacity.exhausted} where a machine that is to share a host would be at another cloud than the others
     */
    static void requireSharedCloud(Handle sql, MachineId machine, CloudName cloud, Optional<Affinity> wish) {
        if (wish.isEmpty() || wish.get().relation() != Affinity.Relation.TOGETHER) {
            return;
        }
        Map<String, Integer> elsewhere = MachineGroups.counts(sql, wish.get().group(), machine);
        if (elsewhere.keySet().stream().anyMatch(other -> !other.equals(cloud.value()))) {
            throw new Failure(
                    ErrorCode.CAPACITY_EXHAUSTED,
                    "The machines that it must share a host with were placed at another cloud meanwhile; try again.");
        }
    }
}

package hansa.federation.compute;

import hansa.federation.caller.Caller;
import hansa.federation.placement.Affinity;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Handle;

/** Which machines are members of which groups. */
final class MachineGroups {

    private static final String MEMBERS =
            " from machine_group g join machine m on m.id = g.machine where g.name = :name and m.state <> 'DELETING'";

    private MachineGroups() {}

    /** The same word of two callers is two groups; the members of a virtual organisation share theirs. */
    static String fullName(Caller caller, String group) {
        return caller.vo().map(vo -> "vo " + vo + "/").orElseGet(() -> "of " + caller.id() + "/") + group;
    }

    /** @param hosts what the machine wants of the hosts of a group */
    static void put(Handle sql, MachineId machine, Collection<String> groups, Optional<Affinity> hosts) {
        for (String group : groups) {
            sql.createUpdate("insert into machine_group (machine, name, hosts) values (:machine, :name, :hosts)"
                            + " on conflict (machine, name) do nothing")
                    .bind("machine", machine.value())
                    .bind("name", group)
                    .bind("hosts", HostWishes.stored(hosts, group))
                    .execute();
        }
    }

    static void forget(Handle sql, MachineId machine) {
        sql.createUpdate("delete from machine_group where machine = :machine")
                .bind("machine", machine.value())
                .execute();
    }

    /** What the members want of each other's hosts; more than one thing never. */
    static Set<String> hosts(Handle sql, String group) {
        return sql.createQuery("select distinct g.hosts" + MEMBERS)
                .bind("name", group)
                .map((row, context) -> row.getString(1))
                .set();
    }

    /** The clouds where members of these groups are. */
    static Map<String, Set<String>> clouds(Handle sql, Collection<String> groups) {
        Map<String, Set<String>> clouds = new HashMap<>();
        for (String group : groups) {
            clouds.put(
                    group,
                    sql.createQuery("select distinct m.cloud" + MEMBERS)
                            .bind("name", group)
                            .map((row, context) -> row.getString(1))
                            .set());
        }
        return clouds;
    }

    /** The clouds where members other than that machine are. */
    static Map<String, Set<String>> others(Handle sql, Collection<String> groups, MachineId without) {
        Map<String, Set<String>> clouds = new HashMap<>();
        groups.forEach(group ->
                clouds.put(group, Set.copyOf(counts(sql, group, without).keySet())));
        return clouds;
    }

    /** How many members are at which cloud, without one machine. */
    static Map<String, Integer> counts(Handle sql, String group, MachineId without) {
        Map<String, Integer> counts = new LinkedHashMap<>();
        sql.createQuery("select m.cloud, count(*)" + MEMBERS + " and m.id <> :without group by m.cloud")
                .bind("name", group)
                .bind("without", without.value())
                .map((row, context) -> Map.entry(row.getString(1), row.getInt(2)))
                .forEach(count -> counts.put(count.getKey(), count.getValue()));
        return counts;
    }
}

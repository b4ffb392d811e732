package hansa.federation.compute;

import hansa.cloud.CloudName;
import hansa.cloud.RemoteId;
import hansa.cloud.RemoteUsage;
import hansa.federation.compute.UsageLine.Standing;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Handle;

/**
 * Lays the books of a cloud beside the store. A machine is known by its token, or by the cloud's id where the books keep no tokens.
 */
final class UsageComparison {

    /** A machine that is here, as far as this needs. */
    private record Here(MachineId id, String owner, Optional<String> vo, String token, String remote) {}

    private final ResourceTable<Machine, MachineWork> machines;
    private final Handle sql;
    private final List<Here> all;
    private final Map<String, Here> byToken = new HashMap<>();
    private final Map<String, Here> byRemote = new HashMap<>();
    private final Map<String, MachineId> deletedByToken = new HashMap<>();
    private final Map<String, MachineId> deletedByRemote = new HashMap<>();

    UsageComparison(ResourceTable<Machine, MachineWork> machines, Handle sql, CloudName cloud) {
        this.machines = machines;
        this.sql = sql;
        this.all = here(sql, cloud);
        all.forEach(one -> {
            byToken.put(one.token(), one);
            byRemote.put(one.remote(), one);
        });
        Tombstones.machines(sql, cloud).forEach(deleted -> {
            deletedByToken.put(deleted.token().value(), deleted.machine());
            deleted.remote().ifPresent(remote -> deletedByRemote.put(remote.value(), deleted.machine()));
        });
    }

    private static List<Here> here(Handle sql, CloudName cloud) {
        return sql.createQuery(
                        "select id, owner, vo, token, remote from machine where cloud = :cloud and remote <> '' order by id")
                .bind("cloud", cloud.value())
                .map((row, context) -> new Here(
                        new MachineId(row.getString(1)),
                        row.getString(2),
                        Optional.ofNullable(row.getString(3)),
                        row.getString(4),
                        row.getString(5)))
                .list();
    }

    /**
     * @param to the end of the time that was asked about, by our clock
     */
    List<UsageLine> with(List<RemoteUsage> books, Instant to) {
        List<UsageLine> lines = new ArrayList<>();
        Set<MachineId> seen = new HashSet<>();
        books.stream().sorted(Comparator.comparing(RemoteUsage::began)).forEach(stretch -> {
            UsageLine line = line(stretch);
            line.machine().filter(_ -> line.standing() == Standing.KNOWN).ifPresent(seen::add);
            lines.add(line);
        });
        for (Here one : all) {
            if (!seen.contains(one.id())) {
                missing(one, to).ifPresent(lines::add);
            }
        }
        return lines;
    }

    private UsageLine line(RemoteUsage stretch) {
        String remote = stretch.machine().value();
        Optional<String> token = stretch.token().map(one -> one.value());
        Optional<Here> here = token.map(byToken::get).or(() -> Optional.ofNullable(byRemote.get(remote)));
        Optional<MachineId> deleted =
                token.map(deletedByToken::get).or(() -> Optional.ofNullable(deletedByRemote.get(remote)));
        return new UsageLine(
                here.isPresent() ? Standing.KNOWN : deleted.isPresent() ? Standing.DELETED : Standing.UNKNOWN,
                stretch.machine(),
                here.map(Here::id).or(() -> deleted),
                here.map(Here::owner),
                here.flatMap(Here::vo),
                stretch.name(),
                stretch.size(),
                Optional.of(stretch.began()),
                stretch.ended());
    }

    /** It is there now, so it was there in that time if it was made before its end. */
    private Optional<UsageLine> missing(Here one, Instant to) {
        return machines.find(sql, one.id().value())
                .filter(row -> row.resource().created().isBefore(to))
                .map(row -> new UsageLine(
                        Standing.MISSING,
                        new RemoteId(one.remote()),
                        Optional.of(one.id()),
                        Optional.of(one.owner()),
                        one.vo(),
                        row.resource().title(),
                        row.work().actualSize(),
                        Optional.empty(),
                        Optional.empty()));
    }
}

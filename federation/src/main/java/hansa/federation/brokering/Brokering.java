package hansa.federation.brokering;

import hansa.cloud.Bytes;
import hansa.federation.placement.Broker;
import hansa.federation.placement.CloudOffer;
import hansa.federation.placement.CloudState;
import hansa.federation.placement.Decision;
import hansa.federation.placement.Exclusion;
import hansa.federation.placement.Inventory;
import hansa.federation.placement.Inventory.Known;
import hansa.federation.placement.MachineRequest;
import hansa.federation.placement.Rank;
import hansa.federation.placement.Requirement;
import hansa.federation.placement.Room;
import hansa.federation.placement.Snapshot;
import hansa.federation.sites.CloudStanding;
import hansa.federation.sites.Inventories;
import hansa.kernel.base.ErrorCode;
import hansa.kernel.base.Failure;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jdbi.v3.core.Handle;

/** Asks the broker with what is known now, and keeps how it decided. Thread-safe. */
public final class Brokering {

    private final Inventories inventories;
    private final Broker broker = new Broker(KeptPlan.DETAIL);
    private final Clock clock;

    public Brokering(Inventories inventories, Clock clock) {
        this.inventories = inventories;
        this.clock = clock;
    }

    /**
     * A decision, and what it was made by.
     *
     * @param clouds what was known of each
     * @param looked the inventory as it was looked at
     */
    public record Decided(
            MachineRequest request,
            Decision decision,
            Map<String, CloudStanding> clouds,
            Inventory looked,
            Instant made) {

        /** What is kept of it. */
        public Kept kept() {
            Snapshot snapshot = looked.relevantTo(request);
            String text = KeptPlan.text(snapshot);
            KeptPlan plan = new KeptPlan(made, request, decision, KeptPlan.digest(text), told(), warnings());
            return new Kept(plan, KeptPlan.packed(text));
        }

        /** As it would be kept, without what it takes to make it again. */
        public KeptPlan preview() {
            return new KeptPlan(made, request, decision, "", told(), warnings());
        }

        private Set<String> listed() {
            Set<String> listed = new LinkedHashSet<>();
            decision.seats().forEach(seat -> listed.add(seat.cloud()));
            decision.candidates().forEach(one -> listed.add(one.cloud()));
            decision.excluded().forEach(one -> listed.add(one.cloud()));
            return listed;
        }

        private Map<String, Instant> told() {
            Map<String, Instant> told = new HashMap<>();
            for (String cloud : listed()) {
                CloudStanding standing = clouds.get(cloud);
                if (standing != null) {
                    standing.told().ifPresent(at -> told.put(cloud, at));
                }
            }
            return told;
        }

        private List<String> warnings() {
            List<String> warnings = new ArrayList<>();
            for (String cloud : listed()) {
                CloudStanding standing = clouds.get(cloud);
                if (standing != null) {
                    warnings.addAll(standing.warnings());
                }
            }
            return warnings.size() > KeptPlan.DETAIL ? warnings.subList(0, KeptPlan.DETAIL) : warnings;
        }
    }

    /** @param snapshot compressed; empty where it was too large */
    public record Kept(KeptPlan plan, Bytes snapshot) {}

    /** The names of the sites that have clouds, in their order. */
    public List<String> sites(Handle sql) {
        return inventories.current(sql).clouds().values().stream()
                .map(cloud -> cloud.site().value())
                .distinct()
                .sorted()
                .toList();
    }

    /**
     * Decides.
     *
     * @param barred clouds that will not do, and why
     * @throws Failure {@code request.malformed} for requirements and ranks that cannot be read, with the position
     */
    public Decided decide(Handle sql, Ask ask, Map<String, Exclusion> barred) {
        Inventories.Current current = inventories.current(sql);
        Inventory inventory = patient(current, ask.waits())
                .asked(new Known(Map.of(ask.needs().image(), ask.at()), ask.members(), ask.quota()));
        MachineRequest request = ask.request().barring(barred);
        read(request, inventory);
        Decision decision = broker.plan(inventory, List.of(request)).decisions().getFirst();
        return new Decided(request, decision, current.clouds(), inventory, clock.instant());
    }

    /** As it was decided before, by what is known now, for one of the machines. */
    public Decided again(Handle sql, MachineRequest before, Map<String, String> at, Map<String, Set<String>> members) {
        Inventories.Current current = inventories.current(sql);
        MachineRequest request = new MachineRequest(
                before.name(),
                1,
                before.needs(),
                before.wishes(),
                before.bounds(),
                before.affinities(),
                before.groups());
        Inventory inventory =
                current.inventory().asked(new Known(Map.of(before.needs().image(), at), members, Room.UNLIMITED));
        Decision decision = broker.plan(inventory, List.of(request)).decisions().getFirst();
        return new Decided(request, decision, current.clouds(), inventory, clock.instant());
    }

    private static void read(MachineRequest request, Inventory inventory) {
        try {
            Requirement.compile(request.wishes().requirements(), inventory.layout());
            Rank.compile(request.wishes().rank(), inventory.layout());
        } catch (Failure e) {
            throw new Failure(ErrorCode.REQUEST_MALFORMED, e.text(), e);
        }
    }

    private static Inventory patient(Inventories.Current current, Ask.Waits waits) {
        return switch (waits) {
            case NOTHING -> current.inventory();
            case ANSWER, ROOM ->
                current.inventory()
                        .with(current.clouds().values().stream()
                                .map(cloud -> patient(cloud.offer(), waits))
                                .toList());
        };
    }

    private static CloudOffer patient(CloudOffer offer, Ask.Waits waits) {
        boolean room = waits == Ask.Waits.ROOM;
        return new CloudOffer(
                offer.name(),
                offer.state() == CloudState.DOWN ? CloudState.UP : offer.state(),
                offer.priority(),
                offer.publicCloud(),
                room ? Room.UNLIMITED : offer.free(),
                room ? Room.UNLIMITED : offer.quota(),
                offer.totalCores(),
                offer.running(),
                offer.freeForm(),
                offer.order(),
                offer.reliability(),
                offer.wattsPerCore(),
                offer.features(),
                offer.images(),
                offer.labels(),
                offer.flavours());
    }
}

package hansa.federation.compute;

import hansa.cloud.CloudName;
import hansa.cloud.ImageStore;
import hansa.cloud.Size;
import hansa.federation.brokering.Ask;
import hansa.federation.brokering.Brokering;
import hansa.federation.caller.Caller;
import hansa.federation.images.Image;
import hansa.federation.images.ImageState;
import hansa.federation.images.Images;
import hansa.federation.placement.Decision;
import hansa.federation.placement.Exclusion;
import hansa.federation.placement.MachineRequest;
import hansa.federation.placement.Room;
import hansa.federation.policy.Action;
import hansa.federation.sites.CloudTerms;
import hansa.federation.sites.FacetNames;
import hansa.federation.sites.FlavourId;
import hansa.federation.sites.Offer;
import hansa.federation.sites.Sites;
import hansa.kernel.base.ErrorCode;
import hansa.kernel.base.Failure;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;

/** Finds the clouds for machines: asks the broker, of everything that the machines need and the caller may have. */
final class CloudChoice {

    private static final Size UNSAID = new Size(1, 1024, 0);

    private final Access access;
    private final Sites sites;
    private final Images images;
    private final ResourceTable<Volume, VolumeWork> volumes;
    private final NetworkReferences networks;
    private final QuotaUse quota;
    private final Brokering brokering;
    private final int tries;

    /** @param tries how many other clouds are kept in mind for each machine */
    CloudChoice(
            Access access,
            Sites sites,
            Images images,
            ResourceTable<Volume, VolumeWork> volumes,
            NetworkReferences networks,
            QuotaUse quota,
            Brokering brokering,
            int tries) {
        this.access = access;
        this.sites = sites;
        this.images = images;
        this.volumes = volumes;
        this.networks = networks;
        this.quota = quota;
        this.brokering = brokering;
        this.tries = tries;
    }

    /**
     * Where a machine can go.
     *
     * @param networks of its interfaces, in their order
     */
    record Choice(CloudName cloud, String site, Optional<FlavourId> flavour, Size size, List<Network> networks) {}

    /**
     * What was decided about machines that are wanted together.
     *
     * @param seats one per machine; empty where not all found a place
     * @param others where one of them could go next, the best first
     * @param refusal why they have no places
     */
    record Choices(Brokering.Decided decided, List<Choice> seats, List<Choice> others, Optional<Failure> refusal) {

        Choices {
            seats = List.copyOf(seats);
            others = List.copyOf(others);
        }

        /** @throws Failure why there are none */
        List<Choice> required() {
            if (refusal.isPresent()) {
                throw refusal.get();
            }
            return seats;
        }
    }

    /** @throws Failure for what is wrong with the wish itself; where it only finds no place, the answer says so */
    Choices choose(Handle sql, Caller caller, NewMachine wanted, int count) {
        List<CloudTerms> candidates = candidates(sql, wanted.cloud());
        wanted.placement().site().ifPresent(site -> requireSite(sql, site.value()));
        HostWishes.requireAgreement(sql, caller, wanted.placement());
        Image image = image(sql, caller, wanted, candidates);
        offers(sql, wanted, candidates);
        List<Volume> plugged = volumes(sql, caller, wanted);
        Found found = new Found(sql, caller, wanted, new HashMap<>(), new LinkedHashMap<>(), new ArrayList<>());
        candidates.forEach(terms -> look(found, terms.name(), plugged));
        Ask ask = ask(sql, caller, wanted, count, at(image, images.localNames(sql, image.id()), candidates));
        Brokering.Decided decided = decide(found, ask);
        Decision decision = decided.decision();
        if (!decision.placed()) {
            Failure failure = new Refusal(wanted, image.id(), plugged, count)
                    .of(decision, found.networkFailures().stream().findFirst(), () -> askPolicy(found));
            return new Choices(decided, List.of(), List.of(), Optional.of(failure));
        }
        List<Choice> seats = decision.seats().stream()
                .map(seat -> choice(found, decided, seat.cloud(), seat.flavour()))
                .toList();
        return new Choices(decided, seats, others(found, decided, plugged, count), Optional.empty());
    }

    /**
     * What is found out on the way.
     *
     * @param barred clouds that will not do, and why
     * @param networks of the interfaces, by cloud
     */
    private record Found(
            Handle sql,
            Caller caller,
            NewMachine wanted,
            Map<String, Exclusion> barred,
            Map<String, List<Network>> networks,
            List<Failure> networkFailures) {}

    private void look(Found found, CloudName cloud, List<Volume> plugged) {
        if (plugged.stream().anyMatch(volume -> !volume.cloud().equals(cloud))) {
            found.barred().put(cloud.value(), Exclusion.VOLUMES);
            return;
        }
        try {
            found.networks()
                    .put(
                            cloud.value(),
                            networks.resolve(
                                    found.sql(),
                                    found.caller(),
                                    cloud,
                                    found.wanted().nics()));
        } catch (Failure e) {
            found.barred().put(cloud.value(), Exclusion.NETWORKS);
            found.networkFailures().add(e);
        }
    }

    /** With what is left of the quota first, so that what fits into it goes before what does not. */
    private Brokering.Decided decide(Found found, Ask ask) {
        Brokering.Decided first = permitted(found, ask);
        if (first.decision().placed()) {
            return first;
        }
        List<Ask> more = new ArrayList<>();
        more.add(ask.with(Room.UNLIMITED, Ask.Waits.NOTHING));
        more.add(ask.with(ask.quota(), Ask.Waits.ANSWER));
        if (ask.placement().deadline().isPresent()) {
            more.add(ask.with(Room.UNLIMITED, Ask.Waits.ROOM));
        }
        for (Ask other : more) {
            Brokering.Decided next = permitted(found, other);
            if (next.decision().placed()) {
                return next;
            }
        }
        return first;
    }

    /** Clouds where the policy does not want the machines are left out one by one: only those that would be taken are asked about. */
    private Brokering.Decided permitted(Found found, Ask ask) {
        Brokering.Decided decided = brokering.decide(found.sql(), ask, found.barred());
        while (decided.decision().placed()) {
            Set<String> denied = new TreeSet<>();
            for (var seat : decided.decision().seats()) {
                if (!denied.contains(seat.cloud()) && !may(found, decided, seat.cloud(), seat.flavour())) {
                    denied.add(seat.cloud());
                }
            }
            if (denied.isEmpty()) {
                return decided;
            }
            denied.forEach(cloud -> found.barred().put(cloud, Exclusion.POLICY));
            decided = brokering.decide(found.sql(), ask, found.barred());
        }
        return decided;
    }

    private boolean may(Found found, Brokering.Decided decided, String cloud, String flavour) {
        Choice choice = choice(found, decided, cloud, flavour);
        return access.may(
                found.caller(), Action.MACHINE_CREATE, MachineCreation.guarded(found.caller(), found.wanted(), choice));
    }

    /** Says no in the words of the policy, where it was the policy. */
    private void askPolicy(Found found) {
        found.barred().entrySet().stream()
                .filter(bar -> bar.getValue() == Exclusion.POLICY)
                .map(Map.Entry::getKey)
                .sorted()
                .findFirst()
                .ifPresent(cloud -> access.require(
                        found.caller(),
                        Action.MACHINE_CREATE,
                        MachineCreation.guarded(
                                found.caller(),
                                found.wanted(),
                                new Choice(
                                        new CloudName(cloud), "", found.wanted().flavour(), UNSAID, List.of()))));
    }

    private List<Choice> others(Found found, Brokering.Decided decided, List<Volume> plugged, int count) {
        Decision decision = decided.decision();
        if (!plugged.isEmpty() || tries == 0) {
            return List.of();
        }
        boolean bound = count > 1 && decided.request().bounds().budget().isPresent();
        List<Choice> others = new ArrayList<>();
        for (var one : decision.candidates()) {
            // A set has its budget together, so that a dearer place for one of it may be too dear.
            boolean dearer = bound
                    && decision.candidates().stream()
                            .filter(seat -> decision.seats().stream()
                                    .anyMatch(taken -> taken.cloud().equals(seat.cloud())))
                            .anyMatch(
                                    seat -> seat.price().orElse(0) < one.price().orElse(Long.MAX_VALUE));
            if (others.size() <= tries && !dearer && may(found, decided, one.cloud(), one.flavour())) {
                others.add(choice(found, decided, one.cloud(), one.flavour()));
            }
        }
        return others;
    }

    private Choice choice(Found found, Brokering.Decided decided, String cloud, String flavour) {
        MachineRequest.Needs needs = decided.request().needs();
        var standing = decided.clouds().get(cloud);
        if (standing == null) {
            throw new IllegalStateException("nothing is known of the cloud '" + cloud + "'");
        }
        Size size = standing.offer().flavours().stream()
                .filter(offer -> offer.name().equals(flavour))
                .findFirst()
                .map(offer -> Sizing.size((int) offer.cores(), offer.memoryMib(), offer.diskGib()))
                .orElseGet(() -> Sizing.size((int) needs.cores(), needs.memoryMib(), 0));
        if (found.wanted().flavour().isPresent()) {
            Sizing.requireAgreement(found.wanted(), size);
        }
        return new Choice(
                new CloudName(cloud),
                standing.site().value(),
                flavour.isEmpty() ? Optional.empty() : Optional.of(new FlavourId(flavour)),
                size,
                found.networks().getOrDefault(cloud, List.of()));
    }

    private Ask ask(Handle sql, Caller caller, NewMachine wanted, int count, Map<String, String> at) {
        boolean named = wanted.flavour().isPresent();
        Size least = Sizing.size(
                wanted.cores().orElse(UNSAID.cores()), wanted.memoryMib().orElse(UNSAID.memoryMib()), 0);
        Set<String> groups = new TreeSet<>();
        wanted.placement().groups().forEach(group -> groups.add(MachineGroups.fullName(caller, group)));
        wanted.placement().affinities().forEach(one -> groups.add(MachineGroups.fullName(caller, one.group())));
        return new Ask(
                wanted.title().isBlank() ? "machine" : wanted.title(),
                count,
                new MachineRequest.Needs(
                        wanted.image().value(),
                        wanted.flavour().map(FlavourId::value),
                        named ? 0 : least.cores(),
                        named ? 0 : least.memoryMib(),
                        0),
                wanted.cloud(),
                wanted.placement(),
                at,
                MachineGroups.clouds(sql, groups),
                group -> MachineGroups.fullName(caller, group),
                quota.left(sql, caller),
                Ask.Waits.NOTHING);
    }

    /** All that a request names. */
    static Set<String> groups(MachineRequest request) {
        Set<String> groups = new TreeSet<>(request.groups());
        request.affinities().forEach(one -> groups.add(one.group()));
        return groups;
    }

    private void requireSite(Handle sql, String site) {
        List<String> known = brokering.sites(sql);
        if (!known.contains(site)) {
            throw Input.invalid("There is no site '" + site + "'; the sites are " + String.join(", ", known) + ".");
        }
    }

    List<CloudTerms> candidates(Handle sql, Optional<CloudName> named) {
        List<CloudTerms> all = sites.terms(sql);
        if (all.isEmpty()) {
            throw new Failure(
                    ErrorCode.CAPACITY_EXHAUSTED, "No cloud is configured; add one under 'clouds' and restart.");
        }
        if (named.isEmpty()) {
            return all;
        }
        List<CloudTerms> chosen =
                all.stream().filter(terms -> terms.name().equals(named.get())).toList();
        if (chosen.isEmpty()) {
            throw Input.invalid("There is no cloud '" + named.get() + "'; the clouds are "
                    + String.join(
                            ", ",
                            all.stream().map(terms -> terms.name().value()).toList()) + ".");
        }
        return chosen;
    }

    /**
     * The first of the clouds that has what the thing needs and where the caller may make it.
     *
     * @param made the thing at a cloud
     * @throws Failure {@code policy.denied} of the first cloud, where the caller may make it at none
     */
    CloudTerms permitted(Caller caller, Action action, List<CloudTerms> able, Function<CloudName, Guarded> made) {
        if (able.size() == 1) {
            access.require(caller, action, made.apply(able.getFirst().name()));
            return able.getFirst();
        }
        return able.stream()
                .filter(terms -> access.may(caller, action, made.apply(terms.name())))
                .findFirst()
                .orElseGet(() -> {
                    access.require(caller, action, made.apply(able.getFirst().name()));
                    return able.getFirst();
                });
    }

    private Image image(Handle sql, Caller caller, NewMachine wanted, List<CloudTerms> candidates) {
        Image image = images.find(sql, caller, wanted.image())
                .orElseThrow(() -> unknown("image", wanted.image().value(), candidates));
        if (image.state() == ImageState.ERROR || image.state() == ImageState.DELETING) {
            throw image.unusable();
        }
        if (image.state() == ImageState.PENDING && !image.anywhere()) {
            throw Input.invalid("The image '" + image.id() + "' is still being saved; wait until it is ready.");
        }
        return image;
    }

    /** Where it is under whose name, or can be brought to. */
    static Map<String, String> at(Image image, Map<CloudName, String> localNames, List<CloudTerms> candidates) {
        Map<String, String> at = new HashMap<>();
        for (CloudTerms terms : candidates) {
            if (image.clouds().contains(terms.name())) {
                at.put(
                        terms.name().value(),
                        localNames.getOrDefault(terms.name(), image.id().value()));
            } else if (image.anywhere() && terms.facets().contains(FacetNames.of(ImageStore.class))) {
                at.put(terms.name().value(), "");
            }
        }
        return at;
    }

    /** A cloud that never answered may have it. */
    private static Failure unknown(String what, String id, List<CloudTerms> candidates) {
        Optional<CloudTerms> silent =
                candidates.stream().filter(terms -> !terms.described()).findFirst();
        return silent.map(terms -> new Failure(
                        ErrorCode.CLOUD_UNAVAILABLE,
                        "There is no " + what + " '" + id + "' so far, but the cloud '" + terms.name()
                                + "' has never answered; try again when it does."))
                .orElseGet(() -> Input.invalid(
                        "There is no " + what + " '" + id + "'; list the " + what + "s to see which are."));
    }

    private void offers(Handle sql, NewMachine wanted, List<CloudTerms> candidates) {
        wanted.flavour().ifPresent(flavour -> {
            if (sites.offers(sql, flavour).isEmpty()) {
                throw unknown("flavour", flavour.value(), candidates);
            }
        });
    }

    /** The size after a change, at the machine's own cloud. A disk never shrinks: a smaller flavour leaves it as it is. */
    Size resized(Handle sql, Machine machine, MachineChange change) {
        if (change.flavour().isEmpty()) {
            return Sizing.size(
                    change.cores().orElse(machine.size().cores()),
                    change.memoryMib().orElse(machine.size().memoryMib()),
                    machine.size().diskGib());
        }
        CloudTerms terms = candidates(sql, Optional.of(machine.cloud())).getFirst();
        return sites.offers(sql, change.flavour().get()).stream()
                .filter(offer -> offer.cloud().map(terms.name()::equals).orElse(terms.freeForm()))
                .map(Offer::size)
                .map(size -> new Size(
                        size.cores(),
                        size.memoryMib(),
                        Math.max(size.diskGib(), machine.size().diskGib())))
                .findFirst()
                .orElseThrow(() -> Input.invalid("The cloud '" + terms.name() + "' does not have the flavour '"
                        + change.flavour().get() + "'; list the flavours to see which it has."));
    }

    private List<Volume> volumes(Handle sql, Caller caller, NewMachine wanted) {
        List<Volume> plugged = new ArrayList<>();
        for (NewVolumeLink link : wanted.volumes()) {
            Volume volume = volumes.read(sql, link.volume().value())
                    .filter(found -> access.mayUse(caller, found))
                    .orElseThrow(() -> new Failure(
                            ErrorCode.LINK_TARGET_MISSING,
                            "There is no volume '" + link.volume()
                                    + "' to plug in; list the volumes to see which are."));
            VolumeRules.requirePluggable(volume);
            plugged.add(volume);
        }
        return plugged;
    }
}

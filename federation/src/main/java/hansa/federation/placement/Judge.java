package hansa.federation.placement;

import hansa.federation.placement.Inventory.Place;
import java.util.Collection;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/** Looks at clouds for one request, and keeps what the request has used so far. Used by one thread. */
final class Judge {

    /** Instead of the number of a flavour: of just the size that is needed. */
    static final int FREE_FORM = -1;

    private final Inventory inventory;
    private final Ledger ledger;
    private final MachineRequest request;
    private final Requirement ofCloud;
    private final Requirement ofFlavour;
    private final Rank rank;
    private final Members own = new Members();
    private final Collection<SiteOffer> dataSites;
    private final OptionalLong budget;
    private long spent;

    Judge(Inventory inventory, Ledger ledger, MachineRequest request) {
        this.inventory = inventory;
        this.ledger = ledger;
        this.request = request;
        Requirement all = Requirement.compile(request.wishes().requirements(), inventory.layout());
        ofCloud = all.part(StandardAttribute::ofFlavour, false);
        ofFlavour = all.part(StandardAttribute::ofFlavour, true);
        rank = Rank.compile(request.wishes().rank(), inventory.layout());
        dataSites = request.wishes().dataSites().stream()
                .sorted()
                .flatMap(name -> inventory.site(name).stream())
                .toList();
        budget = request.bounds().budget();
    }

    void take(Fit fit, int machines) {
        Place place = inventory.place(fit.cloud());
        ledger.take(
                fit.cloud(), fit.flavour(), place.flavour(fit.flavour(), request.needs()), request.groups(), machines);
        own.add(fit.cloud(), place.site(), machines);
        if (budget.isPresent()) {
            spent += fit.price() * machines;
        }
    }

    Verdict judge(int number) {
        Place place = inventory.place(number);
        Optional<Exclusion> excluded = cloud(number, place);
        if (excluded.isPresent()) {
            return excluded.get();
        }
        if (!ofCloud.holds(sight(number, place, Optional.empty()))) {
            return Exclusion.REQUIREMENTS;
        }
        return flavours(number, place);
    }

    private Optional<Exclusion> cloud(int number, Place place) {
        MachineRequest.Bounds bounds = request.bounds();
        if (unlike(bounds.cloud(), place.cloud().name())
                || unlike(bounds.site(), place.at().name())) {
            return Optional.of(Exclusion.NOT_NAMED);
        }
        if (place.cloud().state() != CloudState.UP) {
            return Optional.of(Exclusion.STATE);
        }
        if (inventory.image(place, request.needs().image()).isEmpty()) {
            return Optional.of(Exclusion.IMAGE);
        }
        Exclusion barred = request.barred().get(place.cloud().name());
        if (barred != null) {
            return Optional.of(barred);
        }
        if (!bounds.countries().isEmpty()
                && place.at().country().filter(bounds.countries()::contains).isEmpty()) {
            return Optional.of(Exclusion.COUNTRY);
        }
        for (Affinity affinity : request.affinities()) {
            Optional<Exclusion> excluded = affinity(affinity, number, place);
            if (excluded.isPresent()) {
                return excluded;
            }
        }
        return bounds.spread()
                .filter(spread -> own.at(spread.scope(), number, place.site()) >= spread.atMost())
                .map(spread -> Exclusion.SPREAD);
    }

    private Optional<Exclusion> affinity(Affinity affinity, int number, Place place) {
        boolean byHost = affinity.scope() == Scope.HOST;
        if (byHost && !place.cloud().features().contains(CloudOffer.HOST_AFFINITY)) {
            return Optional.of(Exclusion.HOST_AFFINITY);
        }
        Members members = ledger.members(affinity.group());
        boolean there = members.at(affinity.scope(), number, place.site()) > 0;
        return switch (affinity.relation()) {
            case TOGETHER -> there || members.none() ? Optional.empty() : Optional.of(Exclusion.AFFINITY);
            // The cloud finds a host for each, or says that it has none left.
            case APART -> there && !byHost ? Optional.of(Exclusion.ANTI_AFFINITY) : Optional.empty();
        };
    }

    private static boolean unlike(Optional<String> named, String name) {
        return named.isPresent() && !named.get().equals(name);
    }

    private Verdict flavours(int number, Place place) {
        Exclusion reason = Exclusion.FLAVOUR;
        if (place.cloud().freeForm() && request.needs().flavour().isEmpty()) {
            FlavourOffer free = request.needs().free();
            Optional<Exclusion> excluded = flavour(number, place, FREE_FORM, free);
            if (excluded.isEmpty()) {
                return fit(number, place, FREE_FORM, free);
            }
            reason = excluded.get();
        }
        for (int i = 0; i < place.flavours().size(); i++) {
            FlavourOffer flavour = place.flavours().get(i);
            if (!request.needs().suits(flavour)) {
                continue;
            }
            Optional<Exclusion> excluded = flavour(number, place, i, flavour);
            if (excluded.isEmpty()) {
                return fit(number, place, i, flavour);
            }
            if (excluded.get().compareTo(reason) > 0) {
                reason = excluded.get();
            }
        }
        return reason;
    }

    private Optional<Exclusion> flavour(int number, Place place, int at, FlavourOffer flavour) {
        Left left = ledger.left(number);
        if (!left.free().holds(flavour)) {
            return Optional.of(Exclusion.ROOM);
        }
        if (!left.quota().holds(flavour)) {
            return Optional.of(Exclusion.QUOTA);
        }
        if (left.cap(at) < 1) {
            return Optional.of(Exclusion.CAP);
        }
        if (budget.isPresent()) {
            if (flavour.price().isEmpty()) {
                return Optional.of(Exclusion.PRICE);
            }
            if (flavour.price().getAsLong() > budget.getAsLong() - spent) {
                return Optional.of(Exclusion.BUDGET);
            }
        }
        if (!ofFlavour.holds(sight(number, place, Optional.of(flavour)))) {
            return Optional.of(Exclusion.REQUIREMENTS);
        }
        return Optional.empty();
    }

    private Sight sight(int number, Place place, Optional<FlavourOffer> flavour) {
        return new Sight(inventory.layout(), ledger, number, place, flavour);
    }

    private Fit fit(int number, Place place, int at, FlavourOffer flavour) {
        return new Fit(
                number,
                at,
                place.cloud().priority(),
                rank.of(sight(number, place, Optional.of(flavour))),
                policy(number, place, flavour),
                flavour.price().orElse(Long.MAX_VALUE));
    }

    private double policy(int number, Place place, FlavourOffer flavour) {
        CloudOffer cloud = place.cloud();
        double worst = Double.NEGATIVE_INFINITY;
        return switch (request.wishes().policy()) {
            case IN_ORDER -> 0.0 - cloud.order();
            case PACKING -> ledger.running(number);
            case STRIPING -> 0.0 - ledger.running(number);
            case LOAD_AWARE ->
                cloud.totalCores() == 0 ? worst : Math.min(1, (double) ledger.freeCores(number) / cloud.totalCores());
            case CHEAPEST -> flavour.price().isPresent() ? 0.0 - flavour.price().getAsLong() : worst;
            case NEAREST_TO_DATA -> 0.0 - kilometres(place.at());
            case MOST_RELIABLE -> cloud.reliability().orElse(worst);
            case LEAST_POWER ->
                cloud.wattsPerCore().isPresent() ? 0.0 - cloud.wattsPerCore().getAsDouble() : worst;
        };
    }

    /** To the nearest of the sites with data; endless where nothing is known. */
    private double kilometres(SiteOffer site) {
        Set<String> names = request.wishes().dataSites();
        if (names.contains(site.name())) {
            return 0;
        }
        double nearest = Double.POSITIVE_INFINITY;
        for (SiteOffer data : dataSites) {
            if (data.position().isPresent() && site.position().isPresent()) {
                nearest = Math.min(
                        nearest,
                        site.position().get().kilometresTo(data.position().get()));
            }
        }
        return nearest;
    }
}

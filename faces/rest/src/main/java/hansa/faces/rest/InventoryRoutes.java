package hansa.faces.rest;

import static hansa.faces.rest.Routes.caller;

import hansa.federation.caller.Caller;
import hansa.federation.placement.CloudOffer;
import hansa.federation.placement.FlavourOffer;
import hansa.federation.placement.Room;
import hansa.federation.sites.CloudStanding;
import hansa.federation.sites.Prices;
import hansa.federation.sites.Sites;
import hansa.kernel.http.Method;
import hansa.kernel.http.Request;
import hansa.kernel.http.Response;
import hansa.kernel.http.Route;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/** {@code /inventory}: how full each cloud is, what it costs, and how old that knowledge is. */
final class InventoryRoutes {

    private final Wire wire;
    private final Sites sites;

    InventoryRoutes(Wire wire, Sites sites) {
        this.wire = wire;
        this.sites = sites;
    }

    /** What is left of room and of our account; absent = not limited, or not told. */
    record FreeRoom(Optional<Long> cores, Optional<Long> memoryMib, Optional<Long> diskGib, Optional<Long> machines) {

        static FreeRoom of(Room room) {
            return new FreeRoom(
                    limited(room.cores()),
                    limited(room.memoryMib()),
                    limited(room.diskGib()),
                    limited(room.machines()));
        }

        private static Optional<Long> limited(long amount) {
            return amount == Long.MAX_VALUE ? Optional.empty() : Optional.of(amount);
        }
    }

    record FlavourOnSale(String flavour, Optional<String> pricePerHour, Optional<Integer> left) {

        static FlavourOnSale of(FlavourOffer offer) {
            return new FlavourOnSale(
                    offer.name(),
                    offer.price().isPresent()
                            ? Optional.of(Prices.text(offer.price().getAsLong()))
                            : Optional.empty(),
                    offer.cap().isPresent() ? Optional.of(offer.cap().getAsInt()) : Optional.empty());
        }
    }

    record InventoryEntry(
            String cloud,
            String site,
            Optional<String> country,
            String state,
            int priority,
            boolean publicCloud,
            FreeRoom free,
            Optional<Long> totalCores,
            long running,
            Optional<Double> reliability,
            List<String> features,
            List<FlavourOnSale> flavours,
            Optional<Instant> told,
            List<String> warnings) {

        static InventoryEntry of(CloudStanding standing) {
            CloudOffer offer = standing.offer();
            return new InventoryEntry(
                    standing.name().value(),
                    standing.site().value(),
                    standing.country(),
                    Texts.of(offer.state()),
                    offer.priority(),
                    offer.publicCloud(),
                    FreeRoom.of(offer.free().and(offer.quota())),
                    offer.totalCores() == 0 ? Optional.empty() : Optional.of(offer.totalCores()),
                    offer.running(),
                    share(offer.reliability()),
                    offer.features().stream().sorted().toList(),
                    offer.flavours().stream().map(FlavourOnSale::of).toList(),
                    standing.told(),
                    standing.warnings());
        }

        private static Optional<Double> share(OptionalDouble share) {
            return share.isPresent() ? Optional.of(share.getAsDouble()) : Optional.empty();
        }
    }

    List<Route<Rule, Optional<Caller>>> routes() {
        return List.of(caller(Method.GET, "/inventory", this::list));
    }

    private Response list(Request request, Caller caller) {
        List<InventoryEntry> entries =
                sites.standings(caller).stream().map(InventoryEntry::of).toList();
        return wire.answer(
                200,
                Listing.paged(
                        entries, InventoryEntry::cloud, Routes.path(request, "inventory"), Query.ofList(request)));
    }
}

package hansa.faces.rest;

import static hansa.faces.rest.Routes.caller;

import hansa.cloud.CloudName;
import hansa.federation.caller.Caller;
import hansa.federation.sites.CloudEntry;
import hansa.federation.sites.FlavourId;
import hansa.federation.sites.Sites;
import hansa.kernel.base.ErrorCode;
import hansa.kernel.base.Failure;
import hansa.kernel.http.Method;
import hansa.kernel.http.Request;
import hansa.kernel.http.Response;
import hansa.kernel.http.Route;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** {@code /sites}, {@code /clouds} and {@code /flavours}: what the federation consists of and offers. */
final class SiteRoutes {

    private final Wire wire;
    private final Sites sites;

    SiteRoutes(Wire wire, Sites sites) {
        this.wire = wire;
        this.sites = sites;
    }

    record Site(String name, String title, List<Cloud> clouds) {

        static Site of(hansa.federation.sites.Site site) {
            return new Site(
                    site.name().value(),
                    site.title(),
                    site.clouds().stream().map(Cloud::of).toList());
        }
    }

    record Cloud(
            String name,
            String driver,
            String health,
            String message,
            Optional<Instant> observed,
            List<String> facets,
            int strangers,
            String circuit,
            Optional<Instant> restsUntil,
            Optional<Long> clockSkewSeconds,
            Optional<String> warning) {

        static Cloud of(CloudEntry cloud) {
            return new Cloud(
                    cloud.name().value(),
                    cloud.driver(),
                    Texts.of(cloud.health()),
                    cloud.message(),
                    cloud.observed(),
                    cloud.facets().stream().sorted().toList(),
                    cloud.strangers(),
                    Texts.of(cloud.circuit()).replace('_', '-'),
                    cloud.restsUntil(),
                    cloud.skew().map(Duration::toSeconds),
                    cloud.warning());
        }
    }

    record Flavour(String id, String title, int cores, long memoryMib, long diskGib, List<String> clouds) {

        static Flavour of(hansa.federation.sites.Flavour flavour) {
            return new Flavour(
                    flavour.id().value(),
                    flavour.title(),
                    flavour.size().cores(),
                    flavour.size().memoryMib(),
                    flavour.size().diskGib(),
                    flavour.clouds().stream().map(CloudName::value).sorted().toList());
        }
    }

    record NewFlavour(String id, Optional<String> title, Integer cores, Long memoryMib, Optional<Long> diskGib) {}

    List<Route<Rule, Optional<Caller>>> routes() {
        return List.of(
                caller(Method.GET, "/sites", (request, caller) -> page(request, "sites", all(caller), Site::name)),
                caller(Method.GET, "/sites/{name}", (request, caller) -> one(request, "site", all(caller), Site::name)),
                caller(
                        Method.GET,
                        "/clouds",
                        (request, caller) -> page(request, "clouds", clouds(caller), Cloud::name)),
                caller(
                        Method.GET,
                        "/clouds/{name}",
                        (request, caller) -> one(request, "cloud", clouds(caller), Cloud::name)),
                caller(Method.GET, "/flavours", this::flavours),
                caller(Method.POST, "/flavours", this::createFlavour),
                caller(
                        Method.GET,
                        "/flavours/{name}",
                        (request, caller) -> wire.answer(200, Flavour.of(sites.flavour(caller, flavour(request))))),
                caller(Method.DELETE, "/flavours/{name}", (request, caller) -> {
                    sites.deleteFlavour(caller, flavour(request));
                    return Response.empty(204);
                }));
    }

    private List<Site> all(Caller caller) {
        return sites.sites(caller).stream().map(Site::of).toList();
    }

    private List<Cloud> clouds(Caller caller) {
        return sites.clouds(caller).stream().map(Cloud::of).toList();
    }

    private Response flavours(Request request, Caller caller) {
        List<Flavour> flavours =
                sites.flavours(caller).stream().map(Flavour::of).toList();
        return page(request, "flavours", flavours, Flavour::id);
    }

    private Response createFlavour(Request request, Caller caller) {
        NewFlavour wanted = wire.read(request, NewFlavour.class);
        FlavourId id = new FlavourId(wanted.id());
        hansa.federation.sites.Flavour made = sites.createFlavour(
                caller,
                id,
                wanted.title().orElse(""),
                Texts.size(wanted.cores(), wanted.memoryMib(), wanted.diskGib().orElse(0L)));
        return wire.answer(201, Flavour.of(made)).with("Location", Routes.path(request, "flavours", id.value()));
    }

    private static FlavourId flavour(Request request) {
        return new FlavourId(request.pathParameter("name"));
    }

    private <T extends Record> Response page(Request request, String name, List<T> all, Function<T, String> key) {
        return wire.answer(200, Listing.paged(all, key, Routes.path(request, name), Query.ofList(request)));
    }

    private <T extends Record> Response one(Request request, String noun, List<T> all, Function<T, String> key) {
        String name = request.pathParameter("name");
        return wire.answer(
                200,
                all.stream()
                        .filter(item -> key.apply(item).equals(name))
                        .findFirst()
                        .orElseThrow(() -> new Failure(
                                ErrorCode.RESOURCE_NOT_FOUND,
                                "There is no " + noun + " '" + Wire.printable(name) + "'; list the " + noun
                                        + "s for those that there are.")));
    }
}

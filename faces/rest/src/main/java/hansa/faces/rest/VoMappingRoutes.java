package hansa.faces.rest;

import static hansa.faces.rest.Routes.caller;
import static hansa.faces.rest.VoRoutes.vo;

import hansa.cloud.CloudName;
import hansa.faces.rest.VoWire.NewVoMapping;
import hansa.faces.rest.VoWire.VoMapping;
import hansa.federation.caller.Caller;
import hansa.federation.caller.Scope;
import hansa.federation.vos.Mapping;
import hansa.federation.vos.Mappings;
import hansa.kernel.base.ErrorCode;
import hansa.kernel.base.Failure;
import hansa.kernel.http.Method;
import hansa.kernel.http.Request;
import hansa.kernel.http.Response;
import hansa.kernel.http.Route;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** {@code /vos/{vo}/mappings}: what members may do where. */
final class VoMappingRoutes {

    private final Wire wire;
    private final Mappings mappings;

    VoMappingRoutes(Wire wire, Mappings mappings) {
        this.wire = wire;
        this.mappings = mappings;
    }

    List<Route<Rule, Optional<Caller>>> routes() {
        return List.of(
                caller(Method.GET, "/vos/{vo}/mappings", this::list),
                caller(Method.PUT, "/vos/{vo}/mappings/{mapping}", this::put),
                caller(Method.DELETE, "/vos/{vo}/mappings/{mapping}", (request, caller) -> {
                    mappings.delete(caller, vo(request), request.pathParameter("mapping"));
                    return Response.empty(204);
                }));
    }

    private Response list(Request request, Caller caller) {
        List<VoMapping> all =
                mappings.list(caller, vo(request)).stream().map(VoMapping::of).toList();
        String path = Routes.path(request, "vos", vo(request), "mappings");
        return wire.answer(200, Listing.paged(all, VoMapping::name, path, Query.ofList(request)));
    }

    private Response put(Request request, Caller caller) {
        NewVoMapping wanted = wire.read(request, NewVoMapping.class);
        Set<CloudName> clouds =
                wanted.clouds().orElse(List.of()).stream().map(Texts::cloud).collect(Collectors.toSet());
        Mapping made = mappings.put(
                caller,
                vo(request),
                request.pathParameter("mapping"),
                VoRoutes.fqan(VoRoutes.within(request, wanted.who())),
                scope(wanted.actions().orElse("*")),
                clouds,
                Set.copyOf(wanted.flavours().orElse(List.of())),
                Generations.demanded(request));
        return Generations.tagged(wire.answer(200, VoMapping.of(made)), made.generation());
    }

    private static Scope scope(String text) {
        try {
            return Scope.parse(text);
        } catch (IllegalArgumentException wrong) {
            throw new Failure(ErrorCode.ATTRIBUTE_INVALID, "'actions': " + wrong.getMessage() + ".", wrong);
        }
    }
}

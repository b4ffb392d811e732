package hansa.faces.occi;

import hansa.kernel.base.ErrorCode;
import hansa.kernel.base.Failure;
import hansa.kernel.http.Response;
import hansa.protocols.occi.Category;
import hansa.protocols.occi.Kind;
import hansa.protocols.occi.Model;
import java.util.List;
import java.util.Optional;

/** All paths that are not a kind's: collections of mixins, and whatever lies below a path (GFD.185). */
final class Tree {

    private final Catalogue catalogue;
    private final Model model;
    private final Repositories repositories;
    private final KindCollections kinds;
    private final MixinCollections mixins;

    Tree(Catalogue catalogue, Repositories repositories, KindCollections kinds, MixinCollections mixins) {
        this.catalogue = catalogue;
        this.model = catalogue.base();
        this.repositories = repositories;
        this.kinds = kinds;
        this.mixins = mixins;
    }

    Response list(Exchange x) {
        String path = folder(x);
        Optional<Kind> kind = kind(path);
        if (kind.isPresent()) {
            return kinds.list(repositories.of(kind.get()), x);
        }
        Optional<Marker.Named> marker = catalogue.at(x.caller(), path);
        if (marker.isPresent()) {
            return mixins.list(marker.get(), x);
        }
        List<Repository> below = repositories.below(path);
        if (!below.isEmpty()) {
            return kinds.list(below, x);
        }
        return mixins.list(catalogue.below(x.caller(), path).orElseThrow(() -> nothing(path)), x);
    }

    Response post(Exchange x) {
        String path = folder(x);
        Optional<Kind> kind = kind(path);
        return kind.isPresent() ? kinds.post(kind.get(), x) : mixins.post(marker(x, path), x);
    }

    Response put(Exchange x) {
        String path = folder(x);
        return kind(path).isPresent() ? notAllowed("GET, HEAD, POST, DELETE, OPTIONS") : mixins.put(marker(x, path), x);
    }

    Response delete(Exchange x) {
        String path = folder(x);
        Optional<Kind> kind = kind(path);
        return kind.isPresent() ? kinds.deleteAll(repositories.of(kind.get()), x) : mixins.delete(marker(x, path), x);
    }

    private Response notAllowed(String allow) {
        return Response.text(405, "The method is not allowed here; use " + allow + ".")
                .with("Allow", allow);
    }

    private Marker.Named marker(Exchange x, String path) {
        return catalogue.at(x.caller(), path).orElseThrow(() -> nothing(path));
    }

    private Optional<Kind> kind(String path) {
        return model.at(path).map(Category::id).flatMap(model::kind);
    }

    /** Clients leave the slash at the end out. */
    private static String folder(Exchange x) {
        String path = x.request().path();
        return path.endsWith("/") ? path : path + "/";
    }

    private static Failure nothing(String path) {
        return new Failure(
                ErrorCode.RESOURCE_NOT_FOUND,
                "There is nothing at " + Words.shown(path) + "; the query interface /-/ lists the locations.");
    }
}

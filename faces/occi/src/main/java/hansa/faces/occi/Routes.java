package hansa.faces.occi;

import static hansa.kernel.http.Method.DELETE;
import static hansa.kernel.http.Method.GET;
import static hansa.kernel.http.Method.POST;
import static hansa.kernel.http.Method.PUT;

import hansa.federation.caller.Caller;
import hansa.kernel.http.Method;
import hansa.kernel.http.Request;
import hansa.kernel.http.Response;
import hansa.kernel.http.Route;
import hansa.protocols.occi.Kind;
import hansa.protocols.occi.MediaType;
import hansa.protocols.occi.Model;
import hansa.protocols.occi.extension.Core;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** The route table: a few fixed lines, and the same few lines for each kind of the model. */
final class Routes {

    private final int maxBody;
    private final Model model;
    private final Repositories repositories;
    private final QueryInterface query;
    private final Entities entities;
    private final KindCollections kinds;
    private final Tree tree;
    private final List<Route<Access, Caller>> table = new ArrayList<>();

    Routes(
            int maxBody,
            Model model,
            Repositories repositories,
            QueryInterface query,
            Entities entities,
            KindCollections kinds,
            Tree tree) {
        this.maxBody = maxBody;
        this.model = model;
        this.repositories = repositories;
        this.query = query;
        this.entities = entities;
        this.kinds = kinds;
        this.tree = tree;
    }

    @FunctionalInterface
    private interface Answering {
        Response answer(Exchange x);
    }

    List<Route<Access, Caller>> table() {
        for (String path : List.of("/-/", "/.well-known/org/ogf/occi/-/", "/-", "/.well-known/org/ogf/occi/-")) {
            list(GET, path, query::read);
            one(POST, path, query::add);
            one(DELETE, path, query::remove);
        }
        list(GET, "/", x -> kinds.list(repositories.all(), x));
        one(POST, "/", x -> kinds.post(root(), x));
        for (Kind kind : model.kinds()) {
            kind.location().ifPresent(location -> collection(kind, location));
        }
        for (Repository repository : repositories.all()) {
            entity(repository, Repositories.location(repository) + "{id}");
        }
        list(GET, "/{path...}", tree::list);
        one(POST, "/{path...}", tree::post);
        list(PUT, "/{path...}", tree::put);
        one(DELETE, "/{path...}", tree::delete);
        return List.copyOf(table);
    }

    /** What can be made at the root is anything, whether or not the kind of everything has a place of its own. */
    private Kind root() {
        return model.kind(Core.ENTITY).orElseThrow(() -> new IllegalStateException("the model has no " + Core.ENTITY));
    }

    private void collection(Kind kind, String location) {
        List<Repository> serving = repositories.of(kind);
        list(GET, location, x -> kinds.list(serving, x));
        one(POST, location, x -> kinds.post(kind, x));
        one(DELETE, location, x -> kinds.deleteAll(serving, x));
    }

    private void entity(Repository repository, String path) {
        one(GET, path, x -> entities.read(repository, x));
        one(POST, path, x -> entities.post(repository, x));
        one(PUT, path, x -> entities.put(repository, x));
        one(DELETE, path, x -> entities.delete(repository, x));
    }

    private void list(Method method, String path, Answering handler) {
        add(method, path, Negotiation::list, handler);
    }

    private void one(Method method, String path, Answering handler) {
        add(method, path, Negotiation::single, handler);
    }

    private void add(Method method, String path, Function<Request, MediaType> negotiation, Answering handler) {
        table.add(new Route<>(
                method,
                path,
                Access.CALLER,
                maxBody,
                (request, caller) -> handler.answer(new Exchange(request, caller, negotiation.apply(request)))));
    }
}

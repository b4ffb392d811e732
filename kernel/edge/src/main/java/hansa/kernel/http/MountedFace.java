package hansa.kernel.http;

import hansa.kernel.base.Failure;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.PreEncodedHttpField;

/** A face at its place, its table compiled and its constant header lines encoded once. */
final class MountedFace<R, C> {

    /** The routes of one path. */
    record Leaf<R, C>(Map<Method, MountedRoute<R, C>> byMethod, String allow) {}

    record MountedRoute<R, C>(MountedFace<R, C> mounted, Route<R, C> route, PathPattern pattern, RequestTimers timers) {

        /** @param limit told under which name the caller is limited; may refuse */
        Response answer(Request request, Consumer<String> limit) {
            C caller = mounted.face.admit(route.rule(), request);
            mounted.face.limitedAs(caller).ifPresent(limit);
            return route.handler().handle(request, caller);
        }
    }

    private final Face<R, C> face;
    private final String mount;
    private final List<String> mountSegments;
    private final RouteTrie<Leaf<R, C>> routes;
    private final List<HttpField> commonHeaders;
    private final RequestTimers unrouted;

    private MountedFace(Mount mount, Face<R, C> face, RequestMetrics metrics) {
        this.face = face;
        this.mount = mount.path();
        this.mountSegments = mount.path().isEmpty()
                ? List.of()
                : List.of(mount.path().substring(1).split("/"));
        this.commonHeaders = face.commonHeaders().stream()
                .<HttpField>map(header -> new PreEncodedHttpField(header.name(), header.value()))
                .toList();
        this.unrouted = metrics.timers(face.name(), "none", "none");
        List<MountedRoute<R, C>> mounted = new ArrayList<>();
        for (Route<R, C> route : face.routes()) {
            mounted.add(new MountedRoute<>(
                    this,
                    route,
                    PathPattern.parse(route.path()),
                    metrics.timers(face.name(), route.method().name(), this.mount + route.path())));
        }
        this.routes = RouteTrie.compile(mounted, MountedRoute::pattern, MountedFace::leaf);
    }

    static MountedFace<?, ?> of(Mount mount, RequestMetrics metrics) {
        return of(mount, mount.face(), metrics);
    }

    private static <R, C> MountedFace<R, C> of(Mount mount, Face<R, C> face, RequestMetrics metrics) {
        return new MountedFace<>(mount, face, metrics);
    }

    private static <R, C> Leaf<R, C> leaf(List<MountedRoute<R, C>> routes) {
        Map<Method, MountedRoute<R, C>> byMethod = new EnumMap<>(Method.class);
        for (MountedRoute<R, C> route : routes) {
            if (byMethod.put(route.route().method(), route) != null) {
                throw new IllegalArgumentException("Two routes for "
                        + route.route().method() + " " + route.route().path());
            }
        }
        List<String> allow = new ArrayList<>();
        for (Method method : byMethod.keySet()) {
            allow.add(method.name());
            if (method == Method.GET) {
                allow.add("HEAD");
            }
        }
        allow.add("OPTIONS");
        return new Leaf<>(byMethod, String.join(", ", allow));
    }

    boolean owns(RequestPath path) {
        return path.startsWith(mountSegments);
    }

    Optional<Leaf<R, C>> find(RequestPath path) {
        return routes.find(path, mountSegments.size());
    }

    Response refuse(Failure failure, Request request) {
        return face.refuse(failure, request);
    }

    String name() {
        return face.name();
    }

    String mount() {
        return mount;
    }

    /** How many segments of a path stand above the face's own. */
    int depth() {
        return mountSegments.size();
    }

    List<HttpField> commonHeaders() {
        return commonHeaders;
    }

    RequestTimers unrouted() {
        return unrouted;
    }
}

package hansa.kernel.http;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** What one listener shows: its faces, deepest mount first. */
final class Site {

    private final String scheme;
    private final Set<String> hosts;
    private final List<MountedFace<?, ?>> faces;

    /** @param hosts names that the site answers to, in lower case; empty for any */
    Site(String scheme, Set<String> hosts, List<Mount> mounts, RequestMetrics metrics) {
        if (mounts.isEmpty()) {
            throw new IllegalArgumentException("A listener needs a face");
        }
        this.scheme = scheme;
        this.hosts = Set.copyOf(hosts);
        this.faces = mounts.stream()
                .<MountedFace<?, ?>>map(mount -> MountedFace.of(mount, metrics))
                .sorted(Comparator.comparingInt(MountedFace<?, ?>::depth).reversed())
                .toList();
    }

    String scheme() {
        return scheme;
    }

    /** The face that answers a path and what it has there. */
    record Match<R, C>(MountedFace<R, C> face, Optional<MountedFace.Leaf<R, C>> leaf) {

        static <R, C> Match<R, C> of(MountedFace<R, C> face, RequestPath path) {
            return new Match<>(face, face.find(path));
        }
    }

    /** Of the faces mounted deepest above a path the first that knows it, else the first of them. */
    Optional<Match<?, ?>> find(RequestPath path) {
        Optional<Match<?, ?>> door = Optional.empty();
        for (MountedFace<?, ?> face : faces) {
            if (door.isPresent() && face.depth() < door.get().face().depth()) {
                return door;
            }
            if (face.owns(path)) {
                Match<?, ?> match = Match.of(face, path);
                if (match.leaf().isPresent()) {
                    return Optional.of(match);
                }
                door = door.isPresent() ? door : Optional.of(match);
            }
        }
        return door;
    }

    boolean answersTo(String host) {
        return hosts.isEmpty() || hosts.contains(host.toLowerCase(Locale.ROOT));
    }

    /** The face that speaks where no path could be read. */
    MountedFace<?, ?> doorkeeper() {
        return faces.getLast();
    }
}

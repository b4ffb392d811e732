package hansa.faces.occi;

import hansa.faces.occi.RenditionCache.Subject;
import hansa.federation.caller.Caller;
import hansa.federation.listing.Stamp;
import hansa.kernel.http.Response.Header;
import hansa.protocols.occi.Entity;
import hansa.protocols.occi.MediaType;
import hansa.protocols.occi.Model;
import hansa.protocols.occi.json.OcciJsonWriter;
import hansa.protocols.occi.text.TextOcciWriter;
import hansa.protocols.occi.text.TextPlainWriter;
import hansa.protocols.occi.text.UriListWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Renders entities, each version of one only once as long as the cache remembers it. Safe for any number of threads. */
final class Renditions {

    /** An entity in a rendering; in that of the headers the body is the same for all. */
    @SuppressWarnings("ArrayRecordComponent") // never compared, and handed on as it is
    record Rendition(byte[] body, List<Header> headers, long generation) {
        int size() {
            int size = body.length;
            for (Header header : headers) {
                size += header.name().length() + header.value().length();
            }
            return size;
        }
    }

    /** The writers for one mount: paths begin with it, so that what is rendered does not depend on the Host header. */
    record Writers(TextPlainWriter lines, TextOcciWriter headers, OcciJsonWriter json, UriListWriter uris) {}

    private static final byte[] OK = TextOcciWriter.BODY.getBytes(StandardCharsets.US_ASCII);

    private final Model model;
    private final RenditionCache<Rendition> cache;
    private final Map<String, Writers> writers = new ConcurrentHashMap<>();

    Renditions(Model model, long cacheBytes) {
        this.model = model;
        this.cache = new RenditionCache<>(cacheBytes);
    }

    Writers writers(String mount) {
        return writers.computeIfAbsent(
                mount,
                prefix -> new Writers(
                        new TextPlainWriter(model, prefix),
                        new TextOcciWriter(model, prefix),
                        new OcciJsonWriter(prefix),
                        new UriListWriter()));
    }

    static Form form(MediaType media) {
        return switch (media) {
            case TEXT_PLAIN, TEXT_OCCI_PLAIN, URI_LIST -> Form.LINES;
            case TEXT_OCCI -> Form.HEADERS;
            case OCCI_JSON -> Form.JSON;
        };
    }

    /** One entity, read from the store only if its version is not rendered yet. */
    Rendition one(Repository repository, Caller caller, String id, Form form, String mount) {
        Stamp stamp = repository.stamp(caller, id);
        return known(repository, stamp, form, mount)
                .orElseGet(() -> of(repository, repository.read(caller, id), form, mount));
    }

    /** An entity that was just read. */
    Rendition of(Repository repository, Stored stored, Form form, String mount) {
        Subject key = key(repository, stored.id(), form, mount);
        Optional<Rendition> known = cache.find(key, stored.generation());
        if (known.isPresent()) {
            return known.get();
        }
        Rendition fresh = render(stored.entity(), stored.generation(), form, writers(mount));
        cache.put(key, stored.generation(), fresh, fresh.size());
        return fresh;
    }

    /** Many, in the order of the stamps; those that are gone meanwhile are left out. */
    List<Rendition> all(Repository repository, Caller caller, List<Stamp> stamps, Form form, String mount) {
        List<Rendition> found = new ArrayList<>(stamps.size());
        for (Stamp stamp : stamps) {
            Optional<Rendition> known = known(repository, stamp, form, mount);
            if (known.isEmpty()) {
                return withMissing(repository, caller, stamps, form, mount);
            }
            found.add(known.get());
        }
        return found;
    }

    private List<Rendition> withMissing(
            Repository repository, Caller caller, List<Stamp> stamps, Form form, String mount) {
        Map<String, Rendition> found = new HashMap<>();
        List<Stamp> missing = new ArrayList<>();
        for (Stamp stamp : stamps) {
            known(repository, stamp, form, mount)
                    .ifPresentOrElse(rendition -> found.put(stamp.id(), rendition), () -> missing.add(stamp));
        }
        for (Stored stored : repository.readAll(caller, missing)) {
            found.put(stored.id(), of(repository, stored, form, mount));
        }
        return stamps.stream()
                .flatMap(stamp -> Optional.ofNullable(found.get(stamp.id())).stream())
                .toList();
    }

    private Optional<Rendition> known(Repository repository, Stamp stamp, Form form, String mount) {
        return cache.find(key(repository, stamp.id(), form, mount), stamp.generation());
    }

    private static Subject key(Repository repository, String id, Form form, String mount) {
        return new Subject(repository.kind().id().term(), id, form, mount);
    }

    private static Rendition render(Entity entity, long generation, Form form, Writers writers) {
        return switch (form) {
            case LINES -> new Rendition(writers.lines().entity(entity), List.of(), generation);
            case HEADERS ->
                new Rendition(OK, HeaderBytes.toText(writers.headers().entity(entity)), generation);
            case JSON -> new Rendition(writers.json().entity(entity), List.of(), generation);
        };
    }
}

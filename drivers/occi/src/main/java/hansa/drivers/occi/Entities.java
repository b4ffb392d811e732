package hansa.drivers.occi;

import hansa.cloud.CloudException;
import hansa.cloud.RemoteId;
import hansa.protocols.occi.AttributeValue;
import hansa.protocols.occi.CategoryId;
import hansa.protocols.occi.CoreAttributes;
import hansa.protocols.occi.OcciMessage;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Lists entities in as few requests as the service allows, and reads what all of them have. */
final class Entities {

    /** How many are read one by one. */
    private static final int MOST_SINGLE = 10_000;

    private static final BigDecimal MIB_PER_GIB = BigDecimal.valueOf(1024);
    private static final String URN = "urn:uuid:";

    private final Endpoint endpoint;

    Entities(Endpoint endpoint) {
        this.endpoint = endpoint;
    }

    List<OcciMessage> all(CategoryId kind) {
        return members(kind, endpoint.collection(kind));
    }

    /** Those of a collection that was answered. */
    List<OcciMessage> members(CategoryId kind, OcciMessage collection) {
        if (!collection.members().isEmpty()) {
            return collection.members();
        }
        if (collection.locations().size() > MOST_SINGLE) {
            throw new CloudException.Unavailable(
                    "there are " + collection.locations().size() + " of " + kind.term()
                            + ", and the service lets them be read one by one only; " + MOST_SINGLE + " is the most");
        }
        List<RemoteId> ids = collection.locations().stream()
                .flatMap(location -> idAt(location).stream())
                .distinct()
                .toList();
        return readAll(kind, ids);
    }

    /** At once, as far as the limit of requests allows; those that are gone meanwhile are left out. */
    private List<OcciMessage> readAll(CategoryId kind, List<RemoteId> ids) {
        if (ids.isEmpty()) {
            return List.of();
        }
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Optional<OcciMessage>>> reads = new ArrayList<>(ids.size());
            for (RemoteId id : ids) {
                reads.add(threads.submit(() -> endpoint.find(kind, id)));
            }
            List<OcciMessage> found = new ArrayList<>(ids.size());
            for (Future<Optional<OcciMessage>> read : reads) {
                read.get().ifPresent(found::add);
            }
            return found;
        } catch (ExecutionException e) {
            throw e.getCause() instanceof CloudException refusal
                    ? refusal
                    : new CloudException.Unavailable("a list of " + kind.term() + " could not be read", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CloudException.Unavailable("the wait for a list of " + kind.term() + " was interrupted", e);
        }
    }

    /** What the service calls it. */
    static Optional<RemoteId> idOf(OcciMessage entity) {
        return entity.text(CoreAttributes.ID).flatMap(Entities::idAt);
    }

    /** The id at the end of a URL or path, or the id itself, with or without the form of a URN. */
    static Optional<RemoteId> idAt(String location) {
        String text = location.strip();
        if (text.regionMatches(true, 0, URN, 0, URN.length())) {
            text = text.substring(URN.length());
        }
        int query = text.indexOf('?');
        String path = query < 0 ? text : text.substring(0, query);
        String segment = path.substring(path.lastIndexOf('/') + 1);
        try {
            String id = URLDecoder.decode(segment.replace("+", "%2B"), StandardCharsets.UTF_8);
            return id.isBlank() || id.length() > 255 ? Optional.empty() : Optional.of(new RemoteId(id));
        } catch (IllegalArgumentException e) {
            // Not a name that we could ask for again.
            return Optional.empty();
        }
    }

    /** The path of a URL, or of a reference that is a path already. */
    static Optional<String> pathOf(String location) {
        try {
            return Optional.ofNullable(URI.create(location.strip()).getRawPath())
                    .filter(path -> path.startsWith("/"));
        } catch (IllegalArgumentException e) {
            // Whatever it is, it leads nowhere.
            return Optional.empty();
        }
    }

    static Optional<BigDecimal> number(OcciMessage entity, String attribute) {
        return Optional.ofNullable(entity.attributes().get(attribute)).flatMap(Entities::number);
    }

    static Optional<BigDecimal> number(AttributeValue value) {
        return switch (value) {
            case AttributeValue.Numeric(BigDecimal number) -> Optional.of(number);
            case AttributeValue.Text(String text)
            when text.strip().matches("\\d{1,12}(\\.\\d{1,12})?") -> Optional.of(new BigDecimal(text.strip()));
            case AttributeValue.Text _, AttributeValue.Bool _, AttributeValue.Items _, AttributeValue.Fields _ ->
                Optional.empty();
        };
    }

    static long mibOfGib(BigDecimal gib) {
        BigDecimal mib = gib.multiply(MIB_PER_GIB).setScale(0, RoundingMode.HALF_UP);
        return mib.min(BigDecimal.valueOf(Long.MAX_VALUE)).max(BigDecimal.ZERO).longValue();
    }

    static BigDecimal gibOfMib(long mib) {
        BigDecimal gib = BigDecimal.valueOf(mib).divide(MIB_PER_GIB).stripTrailingZeros();
        return gib.scale() < 0 ? gib.setScale(0) : gib;
    }
}

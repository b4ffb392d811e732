package hansa.drivers.occi;

import hansa.cloud.CloudException;
import hansa.cloud.RemoteId;
import hansa.cloud.Token;
import hansa.protocols.occi.CategoryId;
import hansa.protocols.occi.CoreAttributes;
import hansa.protocols.occi.OcciMessage;
import hansa.protocols.occi.extension.Infrastructure;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Makes things once for each token, and finds them again by it, in the way that the dialect allows. */
final class Marked {

    private final Endpoint endpoint;
    private final Entities entities;
    private final TokenLocks locks;

    Marked(Endpoint endpoint, Entities entities, TokenLocks locks) {
        this.endpoint = endpoint;
        this.entities = entities;
        this.locks = locks;
    }

    TokenLocks locks() {
        return locks;
    }

    /** A thing and what the service calls it. */
    record Thing(RemoteId id, OcciMessage entity) {}

    Optional<Thing> find(CategoryId kind, Token token) {
        return all(kind, token).stream().findFirst();
    }

    /** Those with the token, in an order that everybody sees alike. */
    private List<Thing> all(CategoryId kind, Token token) {
        Marks marks = endpoint.peer().marks();
        List<OcciMessage> candidates = switch (endpoint.peer().dialect().mark()) {
            case ID ->
                marks.id(token)
                        .flatMap(id -> endpoint.find(kind, new RemoteId(id)))
                        .map(List::of)
                        .orElseGet(() -> adopted(kind, token));
            case SUMMARY ->
                entities.members(kind, endpoint.filtered(kind, CoreAttributes.SUMMARY, marks.summary(token)));
            case TITLE -> entities.all(kind);
        };
        return candidates.stream()
                .flatMap(entity -> thing(entity).stream())
                .filter(thing ->
                        marks.tokenOf(thing.id().value(), thing.entity()).equals(Optional.of(token)))
                .sorted(Comparator.comparing((Thing thing) -> thing.id().value()))
                .toList();
    }

    /** Only machines are adopted. */
    private List<OcciMessage> adopted(CategoryId kind, Token token) {
        return kind.equals(Infrastructure.COMPUTE)
                ? endpoint.peer()
                        .marks()
                        .tag(token)
                        .map(tag -> entities.members(kind, endpoint.carrying(kind, tag)))
                        .orElse(List.of())
                : List.of();
    }

    static Optional<Thing> thing(OcciMessage entity) {
        return Entities.idOf(entity).map(id -> new Thing(id, entity));
    }

    /** Everything of a kind that carries a token of ours. */
    List<Thing> ours(CategoryId kind) {
        Marks marks = endpoint.peer().marks();
        return entities.all(kind).stream()
                .flatMap(entity -> thing(entity).stream())
                .filter(thing ->
                        marks.tokenOf(thing.id().value(), thing.entity()).isPresent())
                .toList();
    }

    /** @param message already marked */
    Thing create(CategoryId kind, Token token, Message message) {
        return switch (endpoint.peer().dialect().mark()) {
            case ID -> createUnderId(kind, token, message);
            case SUMMARY, TITLE -> locks.holding(token, () -> createUnlessThere(kind, token, message));
        };
    }

    /** The service lets one thing have an id, so one request is enough. */
    private Thing createUnderId(CategoryId kind, Token token, Message message) {
        try {
            return checked(kind, token, endpoint.create(kind, message));
        } catch (CloudException.Conflict refusal) {
            return find(kind, token).orElseThrow(() -> refusal);
        }
    }

    private Thing createUnlessThere(CategoryId kind, Token token, Message message) {
        List<Thing> there = all(kind, token);
        // More than one there can only be when two nodes looked at the same moment.
        there.stream().skip(1).forEach(extra -> endpoint.delete(kind, extra.id()));
        return there.isEmpty() ? checked(kind, token, endpoint.create(kind, message)) : there.getFirst();
    }

    /** What would not be found again must not be left behind. */
    private Thing checked(CategoryId kind, Token token, OcciMessage made) {
        Thing thing = thing(made)
                .orElseThrow(() -> new CloudException.Unavailable("the service made something without an id"));
        Marks marks = endpoint.peer().marks();
        if (!marks.tokenOf(thing.id().value(), made).equals(Optional.of(token))) {
            endpoint.delete(kind, thing.id());
            throw new CloudException.InvalidRequest("the service does not keep the "
                    + (endpoint.peer().dialect().mark() == Dialect.Mark.SUMMARY ? "summary" : "title")
                    + " of what it makes, so that nothing made here could be found again; it was deleted");
        }
        return thing;
    }
}

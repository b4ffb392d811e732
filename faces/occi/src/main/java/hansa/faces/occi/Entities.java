package hansa.faces.occi;

import hansa.federation.compute.Placed;
import hansa.kernel.base.ErrorCode;
import hansa.kernel.base.Failure;
import hansa.kernel.http.Response;
import hansa.protocols.occi.Mixin;
import hansa.protocols.occi.OcciMessage;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** What can be done with one resource or link at its own URL. */
final class Entities {

    private final Renditions renditions;
    private final Answers answers;
    private final Bodies bodies;
    private final Wishes wishes;
    private final Invocations invocations;

    Entities(Renditions renditions, Answers answers, Bodies bodies, Wishes wishes, Invocations invocations) {
        this.renditions = renditions;
        this.answers = answers;
        this.bodies = bodies;
        this.wishes = wishes;
        this.invocations = invocations;
    }

    Response read(Repository repository, Exchange x) {
        return answers.entity(x, renditions.one(repository, x.caller(), id(x), Renditions.form(x.media()), x.mount()));
    }

    /** A partial update, or an action. */
    Response post(Repository repository, Exchange x) {
        OcciMessage message = bodies.read(x.request()).single();
        return Invocations.isMeant(x.request(), message) ? act(repository, x, message) : update(repository, x, message);
    }

    private Response act(Repository repository, Exchange x, OcciMessage message) {
        Invocation invocation = invocations.invocation(x.request(), repository.kind(), message);
        List<Mixin> made = repository.act(x.caller(), List.of(id(x)), invocation);
        return made.isEmpty() ? answers.done(x) : answers.categories(x, made);
    }

    private Response update(Repository repository, Exchange x, OcciMessage message) {
        Stored current = repository.read(x.caller(), id(x));
        if (message.isEmpty()) {
            throw new Failure(
                    ErrorCode.REQUEST_MALFORMED,
                    "The request says nothing to change; send attributes or mixins, or ?action= to act.");
        }
        Wish wish = wishes.update(x, current.entity(), message);
        return show(x, repository, repository.update(x.caller(), current, wish, ifGeneration(x)));
    }

    /** Makes an entity under an id that the client chose, or changes all of it. */
    Response put(Repository repository, Exchange x) {
        OcciMessage message = bodies.read(x.request()).single();
        String id = Paths.id(x.request().pathParameter("id"));
        Optional<Stored> current = find(repository, x, id);
        if (current.isEmpty()) {
            requireAbsent(x);
            Wish wish = wishes.creation(x, repository.kind(), message);
            requireSameId(id, wish);
            return answers.created(x, repository, repository.create(x.caller(), wish.under(id)));
        }
        requireGeneration(repository, x, current.get());
        Wish wish = wishes.replacement(x, current.get().entity(), message);
        Placed<Stored> placed = repository.replace(x.caller(), current.get(), wish);
        return placed.created()
                ? answers.created(x, repository, placed.resource())
                : show(x, repository, placed.resource());
    }

    private Optional<Stored> find(Repository repository, Exchange x, String id) {
        try {
            return Optional.of(repository.read(x.caller(), id));
        } catch (Failure e) {
            if (e.code() == ErrorCode.RESOURCE_NOT_FOUND) {
                return Optional.empty();
            }
            throw e;
        }
    }

    private static void requireSameId(String id, Wish wish) {
        wish.id().filter(sent -> !sent.equals(id)).ifPresent(sent -> {
            throw new Failure(
                    ErrorCode.REQUEST_MALFORMED,
                    "occi.core.id says " + Words.shown(sent) + " and the URL " + Words.shown(id)
                            + "; leave occi.core.id out or make them the same.");
        });
    }

    private static void requireAbsent(Exchange x) {
        if (x.request().header("If-Match").isPresent()) {
            throw new Failure(
                    ErrorCode.RESOURCE_CHANGED,
                    "There is nothing under this id any more that If-Match could mean; leave If-Match out to make it anew.");
        }
    }

    private static void requireGeneration(Repository repository, Exchange x, Stored current) {
        OptionalLong expected = ifGeneration(x);
        if (expected.isPresent() && current.generation() != expected.getAsLong()) {
            throw new Failure(
                    ErrorCode.RESOURCE_CHANGED,
                    "The " + repository.kind().id().term() + " " + current.id()
                            + " is not of the version that If-Match names; read it again and repeat the change.");
        }
    }

    Response delete(Repository repository, Exchange x) {
        repository.delete(x.caller(), List.of(id(x)));
        return answers.deleted(x);
    }

    private Response show(Exchange x, Repository repository, Stored stored) {
        return answers.entity(x, renditions.of(repository, stored, Renditions.form(x.media()), x.mount()));
    }

    /** The version that a client believes to change; none for {@code *} or without the header. */
    private static OptionalLong ifGeneration(Exchange x) {
        String tag = x.request().header("If-Match").map(String::strip).orElse("*");
        if (tag.equals("*")) {
            return OptionalLong.empty();
        }
        int end = tag.indexOf('-');
        String digits = tag.startsWith("\"") && end > 1 ? tag.substring(1, end) : "";
        if (digits.isEmpty() || digits.length() > 18 || !digits.chars().allMatch(c -> c >= '0' && c <= '9')) {
            throw new Failure(
                    ErrorCode.RESOURCE_CHANGED,
                    "If-Match names no version of this resource; send the ETag of its last reading, or leave it out.");
        }
        return OptionalLong.of(Long.parseLong(digits));
    }

    /** An id that no entity can have is one that no entity has. */
    private static String id(Exchange x) {
        String id = Paths.id(x.request().pathParameter("id"));
        boolean possible = !id.isEmpty()
                && id.length() <= 64
                && id.chars().allMatch(c -> c < 0x7f && (Character.isLetterOrDigit(c) || "_.-".indexOf(c) >= 0))
                && Character.isLetterOrDigit(id.charAt(0));
        if (!possible) {
            throw new Failure(ErrorCode.RESOURCE_NOT_FOUND, "There is nothing under the id '" + Words.shown(id) + "'.");
        }
        return id;
    }
}

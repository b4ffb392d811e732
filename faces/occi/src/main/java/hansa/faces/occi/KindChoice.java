package hansa.faces.occi;

import hansa.kernel.base.ErrorCode;
import hansa.kernel.base.Failure;
import hansa.protocols.occi.Category;
import hansa.protocols.occi.CategoryClass;
import hansa.protocols.occi.CategoryId;
import hansa.protocols.occi.CategoryReference;
import hansa.protocols.occi.Kind;
import hansa.protocols.occi.LinkReference;
import hansa.protocols.occi.Model;
import hansa.protocols.occi.OcciMessage;
import hansa.protocols.occi.extension.Core;
import java.util.Optional;

/** Finds out of which kind a message speaks, where clients say it, half say it or leave it out. */
final class KindChoice {

    private final Model model;

    KindChoice(Model model) {
        this.model = model;
    }

    /** A message may name the kind that an entity has, and no other. */
    void require(Kind kind, OcciMessage message) {
        sentKind(message).filter(sent -> !sent.id().equals(kind.id())).ifPresent(sent -> {
            throw new Failure(
                    ErrorCode.CATEGORY_NOT_APPLICABLE,
                    "This is a " + kind.id().term() + " and cannot become a "
                            + sent.id().term() + "; leave that kind out.");
        });
    }

    /**
     * The kind of an entity that is to be made.
     *
     * @param place the kind whose collection it is made in; an abstract kind leaves the choice to the message
     */
    Kind ofNew(Kind place, OcciMessage message) {
        Optional<Kind> sent = sentKind(message);
        if (sent.isEmpty() && isAbstract(place)) {
            throw new Failure(
                    ErrorCode.CATEGORY_UNKNOWN,
                    "The request names no kind; add one, like: Category: compute; "
                            + "scheme=\"http://schemas.ogf.org/occi/infrastructure#\"; class=\"kind\".");
        }
        Kind kind = sent.orElse(place);
        if (!model.isA(kind, place.id())) {
            throw new Failure(
                    ErrorCode.CATEGORY_NOT_APPLICABLE,
                    "A " + kind.id().term() + " cannot be made among the "
                            + place.location().orElse("/") + "; send it to "
                            + kind.location().orElse("/") + ".");
        }
        return kind;
    }

    private static boolean isAbstract(Kind kind) {
        return kind.id().equals(Core.ENTITY)
                || kind.id().equals(Core.RESOURCE)
                || kind.id().equals(Core.LINK);
    }

    /** The kind that a message names, with its class or without. */
    private Optional<Kind> sentKind(OcciMessage message) {
        Optional<Kind> found = Optional.empty();
        for (CategoryReference category : message.categories()) {
            Optional<Kind> kind = model.kind(category.id());
            boolean meant =
                    category.categoryClass().map(CategoryClass.KIND::equals).orElse(kind.isPresent());
            if (!meant) {
                continue;
            }
            if (kind.isEmpty()) {
                throw new Failure(
                        ErrorCode.CATEGORY_UNKNOWN,
                        "The kind " + category.id() + " is unknown here; see /-/ for those that are offered.");
            }
            if (found.isPresent() && !found.equals(kind)) {
                throw new Failure(
                        ErrorCode.REQUEST_MALFORMED,
                        "The request names two kinds, " + found.get().id().term() + " and "
                                + category.id().term() + "; send one request for each.");
            }
            found = kind;
        }
        return found;
    }

    /** The kind of an inline link: as its category says, else the one that goes to the kind of the target. */
    Kind ofLink(Exchange x, LinkReference link) {
        for (CategoryId id : link.categories()) {
            Optional<Kind> kind = model.kind(id);
            if (kind.isPresent()) {
                return requireLink(kind.get());
            }
        }
        Optional<CategoryId> target = link.rel().stream()
                .filter(id -> model.kind(id).isPresent())
                .findFirst()
                .or(() -> model.at(Paths.folder(x.local(link.target()))).map(Category::id));
        return target.flatMap(LinkKinds::to)
                .flatMap(model::kind)
                .orElseThrow(
                        () -> new Failure(
                                ErrorCode.CATEGORY_UNKNOWN,
                                "The link to " + Words.shown(link.target()) + " says of no known kind what it is; add "
                                        + "category=\"http://schemas.ogf.org/occi/infrastructure#networkinterface\" or another kind of link."));
    }

    private Kind requireLink(Kind kind) {
        if (!model.isA(kind, Core.LINK)) {
            throw new Failure(
                    ErrorCode.CATEGORY_NOT_APPLICABLE,
                    "A link is of a kind of links, and " + kind.id().term() + " is none; correct its category.");
        }
        return kind;
    }
}

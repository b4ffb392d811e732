package hansa.faces.occi;

import hansa.kernel.base.ErrorCode;
import hansa.kernel.base.Failure;
import hansa.kernel.http.Request;
import hansa.protocols.occi.ActionDefinition;
import hansa.protocols.occi.CategoryClass;
import hansa.protocols.occi.CategoryId;
import hansa.protocols.occi.Kind;
import hansa.protocols.occi.Model;
import hansa.protocols.occi.OcciMessage;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Finds the action that a request invokes. */
final class Invocations {

    private final Model model;
    private final Wishes wishes;

    Invocations(Model model, Wishes wishes) {
        this.model = model;
        this.wishes = wishes;
    }

    /** Whether a POST invokes an action: its URL says so, or the message is nothing else. */
    static boolean isMeant(Request request, OcciMessage message) {
        return request.query().containsKey("action")
                || message.first(CategoryClass.ACTION).isPresent()
                        && message.categories().size() == 1;
    }

    /**
     * The action of a kind that a request names in its URL, its message or both.
     *
     * @throws Failure {@code category.unknown}, {@code attribute.*}
     */
    Invocation invocation(Request request, Kind kind, OcciMessage message) {
        Optional<String> term = request.query().getOrDefault("action", List.of()).stream()
                .filter(text -> !text.isBlank())
                .findFirst();
        Optional<CategoryId> sent = message.first(CategoryClass.ACTION)
                .or(() -> message.categories().stream()
                        .map(category -> category.id())
                        .filter(id -> model.action(id).isPresent())
                        .findFirst());
        if (term.isPresent() && sent.isPresent() && !sent.get().term().equals(term.get())) {
            throw new Failure(
                    ErrorCode.REQUEST_MALFORMED,
                    "The URL invokes " + Words.shown(term.get()) + " and the message "
                            + Words.shown(sent.get().term()) + "; name the same action in both.");
        }
        ActionDefinition action = model.actions(kind).stream()
                .filter(offered -> sent.map(offered.id()::equals)
                        .orElseGet(
                                () -> term.filter(offered.id().term()::equals).isPresent()))
                .findFirst()
                .orElseThrow(() -> unknown(
                        kind, sent.map(CategoryId::toString).or(() -> term).orElse("")));
        return new Invocation(action, wishes.arguments(action, message.attributes()));
    }

    private Failure unknown(Kind kind, String name) {
        String offered =
                model.actions(kind).stream().map(action -> action.id().term()).collect(Collectors.joining(", "));
        return new Failure(
                ErrorCode.CATEGORY_UNKNOWN,
                offered.isEmpty()
                        ? "A " + kind.id().term() + " has no actions."
                        : "A " + kind.id().term() + " has no action \"" + Words.shown(name) + "\"; it has " + offered
                                + ".");
    }
}

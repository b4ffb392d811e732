package hansa.protocols.authz;

import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Reads and writes OpenID AuthZEN 1.0 (Authorization API, §6 and §7). */
public final class Authzen {

    private static final int MOST = 100;

    private Authzen() {}

    /** When a batch ends before its end (§7.1.2). */
    public enum Semantic {
        EXECUTE_ALL("execute_all"),
        DENY_ON_FIRST_DENY("deny_on_first_deny"),
        PERMIT_ON_FIRST_PERMIT("permit_on_first_permit");

        private final String text;

        Semantic(String text) {
            this.text = text;
        }
    }

    /** Several questions, 1 to 100. */
    public record Batch(List<AuthzenQuestion> questions, Semantic semantic) {

        public Batch {
            questions = List.copyOf(questions);
        }
    }

    /**
     * An answer.
     *
     * @param rule which rule decided
     * @param why one sentence where it is denied, else empty
     */
    public record Answer(boolean permitted, String rule, String why) {}

    public static AuthzenQuestion question(byte[] body) throws Unreadable {
        JsonNode root = Values.object(body);
        return question(root, root);
    }

    /** Subject, action, resource and context of the whole stand in for those that a single question leaves out. */
    public static Batch batch(byte[] body) throws Unreadable {
        JsonNode root = Values.object(body);
        JsonNode all = root.path("evaluations");
        if (all.isMissingNode() || all.isArray() && all.isEmpty()) {
            return new Batch(List.of(question(root, root)), Semantic.EXECUTE_ALL);
        }
        if (!all.isArray() || all.size() > MOST) {
            throw new Unreadable("'evaluations' is a list of 1 to " + MOST + " questions");
        }
        List<AuthzenQuestion> questions = new ArrayList<>();
        for (JsonNode one : all) {
            questions.add(question(one, root));
        }
        return new Batch(questions, semantic(root.path("options").path("evaluations_semantic")));
    }

    private static Semantic semantic(JsonNode wanted) throws Unreadable {
        if (wanted.isMissingNode()) {
            return Semantic.EXECUTE_ALL;
        }
        for (Semantic semantic : Semantic.values()) {
            if (semantic.text.equals(wanted.asString(""))) {
                return semantic;
            }
        }
        throw new Unreadable("'evaluations_semantic' is execute_all, deny_on_first_deny or permit_on_first_permit");
    }

    private static AuthzenQuestion question(JsonNode one, JsonNode whole) throws Unreadable {
        return new AuthzenQuestion(
                entity(member(one, whole, "subject"), "subject"),
                Values.text(member(one, whole, "action"), "name"),
                entity(member(one, whole, "resource"), "resource"),
                Values.properties(member(one, whole, "context")));
    }

    private static JsonNode member(JsonNode one, JsonNode whole, String name) {
        return one.has(name) ? one.path(name) : whole.path(name);
    }

    private static AuthzenQuestion.Entity entity(JsonNode node, String name) throws Unreadable {
        if (!node.isObject()) {
            throw new Unreadable("'" + name + "' is missing or no object");
        }
        return new AuthzenQuestion.Entity(
                Values.text(node, "type"), Values.text(node, "id"), Values.properties(node.path("properties")));
    }

    public static byte[] write(Answer answer) {
        return Values.JSON.writeValueAsBytes(node(answer));
    }

    public static byte[] write(List<Answer> answers) {
        ObjectNode root = Values.JSON.createObjectNode();
        ArrayNode all = root.putArray("evaluations");
        answers.forEach(answer -> all.add(node(answer)));
        return Values.JSON.writeValueAsBytes(root);
    }

    private static ObjectNode node(Answer answer) {
        ObjectNode root = Values.JSON.createObjectNode();
        root.put("decision", answer.permitted());
        ObjectNode context = root.putObject("context");
        context.put("rule", answer.rule());
        if (!answer.why().isEmpty()) {
            context.put("reason", answer.why());
        }
        return root;
    }
}

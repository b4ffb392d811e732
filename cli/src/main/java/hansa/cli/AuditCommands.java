package hansa.cli;

import static hansa.cli.Arguments.text;

import hansa.cli.client.Exit;
import hansa.cli.client.Json;
import hansa.cli.client.Refusal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** {@code hansa audit …}: what a node decided. */
final class AuditCommands {

    private static final Resource RECORD = new Resource(
            "record",
            "/audit",
            "sequence",
            "sequence",
            List.of(
                    Column.of("SEQUENCE", "sequence"),
                    Column.of("AT", "at"),
                    Column.of("SUBJECT", "subject"),
                    Column.of("ACTION", "action"),
                    Column.of("RESOURCE", "resource"),
                    Column.of("DECISION", "decision"),
                    Column.of("RULE", "rule"),
                    Column.of("BY", "by").onlyWide(),
                    Column.of("WHY", "why").onlyWide()));

    private static final long USUAL = 100;

    private AuditCommands() {}

    static Group group() {
        return new Group(
                "audit",
                "what the node decided, and whether its log is whole (operators)",
                List.of(),
                () -> List.of(list(), verify()));
    }

    private static Command list() {
        return new Command(
                "list",
                "show decisions, newest first",
                List.of(
                        text("--since", "TIME", "not before, like 2026-11-25T10:00:00Z, or 2h for two hours ago"),
                        text("--until", "TIME", "before"),
                        text("--subject", "ID", "only of this caller"),
                        text("--action", "ACTION", "only this one, like machine.create or 'machine.*'"),
                        text("--resource", "ID", "only about this resource"),
                        text("--decision", "DECISION", "permit or deny"),
                        text("--rule", "RULE", "only by this rule"),
                        text("--limit", "N", "at most so many (default: 100)")),
                List.of("audit list --decision deny --since 24h", "audit list --subject anna --output wide"),
                invocation -> {
                    Map<String, String> query = new LinkedHashMap<>();
                    Times.put(invocation, query);
                    for (String filter : List.of("subject", "action", "resource", "decision", "rule")) {
                        invocation.text("--" + filter).ifPresent(value -> query.put(filter, value));
                    }
                    long limit = invocation.number("--limit").orElse(USUAL);
                    invocation.output().list(RECORD, invocation.lookup().all(RECORD, query, limit));
                });
    }

    private static Command verify() {
        Resource verification = new Resource("verification", "/audit/verification", "head", "head", List.of());
        return new Command(
                "verify",
                "follow the chain of the log and tell the first record that is not as it was written",
                List.of(),
                List.of("audit verify", "audit verify --output json"),
                invocation -> {
                    Json.Members found = invocation.node().get(verification.path());
                    if (invocation.output().isForPrograms()) {
                        invocation.output().one(verification, found);
                    } else if (found.flag("intact")) {
                        invocation
                                .output()
                                .line("the log is whole: " + found.text("records") + " records, " + found.text("first")
                                        + " to " + found.text("last") + ", head " + found.text("head"));
                    }
                    if (!found.flag("intact")) {
                        Json.Members broken =
                                found.member("broken").orElse(new Json.Null()) instanceof Json.Members where
                                        ? where
                                        : new Json.Members(Map.of());
                        throw new Refusal(
                                Exit.FAILED,
                                "the log is not as it was written at record " + broken.text("sequence") + " ("
                                        + broken.text("file") + ", line " + broken.text("line") + "): "
                                        + broken.text("why"));
                    }
                });
    }
}

package hansa.cli;

import static hansa.cli.Arguments.flag;
import static hansa.cli.Arguments.one;
import static hansa.cli.Arguments.text;
import static hansa.cli.Arguments.texts;

import hansa.cli.client.Exit;
import hansa.cli.client.Json;
import hansa.cli.client.Node;
import hansa.cli.client.Refusal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** {@code hansa policy …}: what callers may, written in XACML. */
final class PolicyCommands {

    private static final Resource POLICY = new Resource(
            "policy",
            "/policies",
            "name",
            "name",
            List.of(
                    Column.of("NAME", "name"),
                    Column.of("ORIGIN", "origin"),
                    Column.of("ACTIVE", "active"),
                    Column.of("LATEST", "latest"),
                    Column.of("AUTHOR", "author"),
                    Column.age("changed")));

    private static final Resource VERSION = new Resource(
            "version",
            "",
            "version",
            "version",
            List.of(
                    Column.of("VERSION", "version"),
                    Column.of("AUTHOR", "author"),
                    Column.age("created"),
                    Column.of("NOTE", "note")));

    private static final Resource DIFFERENCE = new Resource(
            "decision",
            "/policies/dry-run",
            "sequence",
            "sequence",
            List.of(
                    Column.of("SEQUENCE", "sequence"),
                    Column.of("AT", "at"),
                    Column.of("SUBJECT", "subject"),
                    Column.of("ACTION", "action"),
                    Column.of("RESOURCE", "resource"),
                    Column.of("WAS", "decision"),
                    Column.of("WOULD BE", "wouldBe"),
                    Column.of("RULE", "wouldRule")));

    private static final Argument NAME = one("NAME", "the policy's name");
    private static final long MOST_SHOWN = 1_000;

    private PolicyCommands() {}

    static Group group() {
        return new Group(
                "policy",
                "what callers may, in XACML 3.0 (operators)",
                List.of("policies"),
                () -> List.of(
                        Standard.list(POLICY, List.of(), List.of("policy list")),
                        show(),
                        put(),
                        activate(),
                        history(),
                        Standard.delete(POLICY, List.of("policy delete quiet-hours")),
                        dryRun()));
    }

    private static Command show() {
        return new Command(
                "show",
                "print a policy as it was written",
                List.of(NAME, text("--version", "N", "which one (default: the one that holds, else the latest)")),
                List.of("policy show quiet-hours", "policy show quiet-hours --version 2 > quiet-hours.xml"),
                invocation -> {
                    String name = invocation.positional(0);
                    Json.Members policy = invocation.node().get(POLICY.path() + Node.path(name));
                    String active = policy.text("active");
                    String version =
                            invocation.text("--version").orElse(active.isEmpty() ? policy.text("latest") : active);
                    Json.Members text =
                            invocation.node().get(POLICY.path() + Node.path(name) + "/versions" + Node.path(version));
                    if (invocation.output().isForPrograms()) {
                        invocation.output().one(VERSION, text);
                    } else {
                        invocation.output().line(text.text("text").stripTrailing());
                    }
                });
    }

    private static Command put() {
        return new Command(
                "put",
                "write a new version of a policy, which does not hold before it is activated",
                List.of(
                        NAME,
                        one("FILE", "XACML 3.0 ('-': standard input)"),
                        text("--note", "TEXT", "why"),
                        flag("--activate", "let it hold at once")),
                List.of("policy put quiet-hours quiet-hours.xml --note 'ask the night shift'"),
                invocation -> {
                    String name = invocation.positional(0);
                    JsonBody body = new JsonBody()
                            .text("text", invocation.textFile(invocation.positional(1)))
                            .text("note", invocation.text("--note"));
                    Json.Members policy = send(invocation, "PUT", name, "", body);
                    if (invocation.flag("--activate")) {
                        activated(invocation, name, policy.text("latest"));
                    } else {
                        invocation
                                .output()
                                .told(
                                        POLICY,
                                        policy,
                                        "version " + policy.text("latest") + " of " + name
                                                + " is written and does not hold yet; hansa policy activate " + name);
                    }
                });
    }

    private static Command activate() {
        return new Command(
                "activate",
                "let a version hold from now on; an older one to go back to it",
                List.of(NAME, text("--version", "N", "which one (default: the latest)")),
                List.of("policy activate quiet-hours", "policy activate quiet-hours --version 1"),
                invocation -> activated(
                        invocation,
                        invocation.positional(0),
                        invocation.number("--version").map(String::valueOf).orElse("")));
    }

    private static void activated(Invocation invocation, String name, String version) {
        Optional<Long> number = version.isEmpty() ? Optional.empty() : Optional.of(Long.parseLong(version));
        Json.Members policy = send(invocation, "POST", name, "/activate", new JsonBody().number("version", number));
        invocation
                .output()
                .told(POLICY, policy, "version " + policy.text("active") + " of " + name + " holds from now on");
    }

    private static Json.Members send(Invocation invocation, String method, String name, String rest, JsonBody body) {
        return invocation
                .node()
                .send(method, POLICY.path() + Node.path(name) + rest, Optional.of(body.json()))
                .members();
    }

    private static Command history() {
        return new Command(
                "history",
                "show the versions of a policy, newest first",
                List.of(NAME),
                List.of("policy history quiet-hours"),
                invocation -> invocation
                        .output()
                        .list(
                                VERSION,
                                invocation
                                        .node()
                                        .get(POLICY.path() + Node.path(invocation.positional(0)) + "/versions")
                                        .objects("items")));
    }

    private static Command dryRun() {
        return new Command(
                "dry-run",
                "tell what other policies would have decided of what was asked before; nothing changes",
                List.of(
                        texts("--put", "NAME=FILE", "a policy in place of the one of that name, or beside the others"),
                        texts("--remove", "NAME", "without this policy"),
                        text("--since", "TIME", "decisions not before (default: 24h)"),
                        text("--until", "TIME", "decisions before")),
                List.of("policy dry-run --put quiet-hours=new.xml", "policy dry-run --remove quiet-hours --since 7d"),
                PolicyCommands::tried);
    }

    private static void tried(Invocation invocation) {
        List<JsonBody> documents = new ArrayList<>();
        for (String put : invocation.texts("--put")) {
            int split = put.indexOf('=');
            if (split < 1) {
                throw new Refusal(Exit.USAGE, "'" + put + "' is not NAME=FILE");
            }
            documents.add(new JsonBody()
                    .text("name", put.substring(0, split))
                    .text("text", invocation.textFile(put.substring(split + 1))));
        }
        Map<String, String> times = new LinkedHashMap<>();
        times.put("since", Times.parse("24h").toString());
        Times.put(invocation, times);
        Tally tally = new Tally();
        Optional<Long> after = Optional.empty();
        do {
            JsonBody body = new JsonBody()
                    .objects("put", documents)
                    .texts("remove", invocation.texts("--remove"))
                    .text("since", times.get("since"))
                    .text("until", Optional.ofNullable(times.get("until")))
                    .number("after", after)
                    .number("limit", Optional.of(MOST_SHOWN));
            Json.Members answer = invocation
                    .node()
                    .send("POST", DIFFERENCE.path(), Optional.of(body.json()))
                    .members();
            tally.add(answer);
            after = Optional.of(answer.text("after"))
                    .filter(text -> !text.isEmpty())
                    .map(Long::parseLong);
        } while (after.isPresent());
        invocation.output().list(DIFFERENCE, tally.differences);
        invocation.output().note(tally.sentence());
    }

    /** Sums up the pages of an answer. */
    private static final class Tally {
        private final List<Json.Members> differences = new ArrayList<>();
        private long examined;
        private long nowDenied;
        private long nowPermitted;

        void add(Json.Members answer) {
            examined += Long.parseLong(answer.text("examined"));
            nowDenied += Long.parseLong(answer.text("nowDenied"));
            nowPermitted += Long.parseLong(answer.text("nowPermitted"));
            for (Json.Members difference : answer.objects("differences")) {
                if (differences.size() < MOST_SHOWN) {
                    differences.add(difference);
                }
            }
        }

        String sentence() {
            String sum = examined + " decisions: " + nowDenied + " would be denied, " + nowPermitted
                    + " would be permitted that were not";
            return nowDenied + nowPermitted > MOST_SHOWN ? sum + "; the newest " + MOST_SHOWN + " are shown" : sum;
        }
    }
}

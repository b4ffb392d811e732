package hansa.cli;

import static hansa.cli.Arguments.one;

import hansa.cli.client.Json;
import hansa.cli.client.Node;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** {@code hansa vm explain}, and how plans look. */
final class PlanCommands {

    private static final Resource PLAN = new Resource("plan", "/vm-plans", "cloud", "cloud", List.of());

    private static final List<Column> CANDIDATES = List.of(
            Column.of("SITE", "site"),
            Column.of("CLOUD", "cloud"),
            Column.of("FLAVOUR", "flavour"),
            Column.of("PRIORITY", "priority"),
            Column.of("RANK", row -> decimal(row.text("rank"))),
            Column.of("POLICY", row -> decimal(row.text("policy"))),
            Column.of("PRICE", "pricePerHour"),
            Column.of("VERDICT", "verdict"),
            Column.of("KNOWN FOR", "knownFor"));

    private PlanCommands() {}

    static Command explain() {
        return new Command(
                "explain",
                "show why a machine is where it is",
                List.of(one("VM", "name, id, or the beginning of an id")),
                List.of("vm explain web", "vm explain web --output json"),
                invocation -> {
                    Json.Members vm = invocation.lookup().one(VmCommands.VM, invocation.positional(0));
                    show(
                            invocation,
                            invocation
                                    .node()
                                    .send("GET", Standard.path(VmCommands.VM, vm) + Node.path("plan"), Optional.empty())
                                    .members());
                });
    }

    /** A plan, in the form that was asked for. */
    static void show(Invocation invocation, Json.Members plan) {
        Output output = invocation.output();
        if (output.isForPrograms()) {
            output.one(PLAN, plan);
            return;
        }
        output.line(headline(plan));
        List<Json.Members> rows = new ArrayList<>();
        List<String> seats =
                plan.objects("seats").stream().map(seat -> seat.text("cloud")).toList();
        for (Json.Members candidate : plan.objects("candidates")) {
            long taken = seats.stream().filter(candidate.text("cloud")::equals).count();
            rows.add(with(plan, candidate, taken == 0 ? "does" : taken == 1 ? "chosen" : "chosen for " + taken));
        }
        plan.objects("excluded").forEach(one -> rows.add(with(plan, one, one.text("text"))));
        if (!rows.isEmpty()) {
            new Table(CANDIDATES).lines(rows, invocation.terminal()).forEach(output::line);
        }
        long hidden = plan.number("fitting")
                + plan.objects("reasons").stream()
                        .mapToLong(reason -> reason.number("clouds"))
                        .sum()
                - rows.size();
        if (hidden > 0) {
            output.line("and " + hidden + " more clouds");
        }
        plan.objects("left")
                .forEach(left -> output.line(Table.printable(
                        "left '" + left.text("cloud") + "' at " + left.text("when") + ": " + left.text("why"))));
        plan.items("warnings").forEach(warning -> output.line(Table.printable("note: " + warning.plain())));
    }

    private static String headline(Json.Members plan) {
        String asked = List.of("requirements", "rank").stream()
                .filter(member -> !plan.text(member).isEmpty())
                .map(member -> ", " + member + " " + plan.text(member))
                .collect(Collectors.joining());
        String now = plan.text("cloud").isEmpty() ? "" : " It is at '" + plan.text("cloud") + "' now.";
        String verdict = plan.flag("placed")
                ? "All " + plan.text("count") + " machines have a place."
                : "There is no place for " + plan.text("count") + " machines, only for " + plan.text("most") + ".";
        return Table.printable("Decided at " + Times.shown(plan.text("made")) + " by policy "
                + plan.text("policy").replace('_', '-') + asked + ". "
                + (plan.text("count").equals("1") && plan.flag("placed") ? "There is a place." : verdict) + now);
    }

    /** With how old the knowledge was by which it was decided. */
    private static Json.Members with(Json.Members plan, Json.Members row, String verdict) {
        Map<String, Json> members = new LinkedHashMap<>(row.members());
        members.put("verdict", Json.of(verdict));
        members.put("knownFor", Json.of(Ages.since(row.text("told"), Instant.parse(plan.text("made")))));
        return new Json.Members(members);
    }

    private static String decimal(String number) {
        return number.endsWith(".0") ? number.substring(0, number.length() - 2) : number;
    }
}

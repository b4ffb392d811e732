package hansa.cli;

import static hansa.cli.Arguments.one;
import static hansa.cli.Arguments.text;

import hansa.cli.client.Json;
import hansa.cli.client.Node;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** {@code hansa cloud usage}: what was used at a cloud by its own books. */
final class UsageCommand {

    private UsageCommand() {}

    static Command usage() {
        return new Command(
                "usage",
                "show what was used at a cloud by its own books, beside what is known here (operators)",
                List.of(
                        one("CLOUD", "which"),
                        text(
                                "--from",
                                "TIME",
                                "from then on, like 2026-11-25T10:00:00Z, or 7d for seven days ago (default: 30 days"
                                        + " before the end)"),
                        text("--to", "TIME", "before (default: now)")),
                List.of("cloud usage lab --from 7d", "cloud usage lab --from 2026-11-01T00:00:00Z --output json"),
                UsageCommand::run);
    }

    private static void run(Invocation invocation) {
        Map<String, String> query = new LinkedHashMap<>();
        for (String end : List.of("from", "to")) {
            invocation
                    .text("--" + end)
                    .ifPresent(text -> query.put(end, Times.parse(text).toString()));
        }
        String path = "/clouds" + Node.path(invocation.positional(0)) + "/usage";
        Json.Members report = invocation.node().get(Node.query(path, query));
        List<Json.Members> lines = report.objects("items");
        Resource stretch = new Resource(
                "line",
                path,
                "id",
                "name",
                List.of(
                        Column.of("STANDING", "standing"),
                        Column.of("NAME", "name"),
                        Column.of("VM", "vm"),
                        Column.of("OWNER", "owner"),
                        Column.of("CORES", "cores"),
                        Column.of("MEMORY", row -> Sizes.mib(row.number("memoryMib"))),
                        Column.time("BEGAN", "began"),
                        Column.time("ENDED", "ended"),
                        Column.of("VO", "vo").onlyWide(),
                        Column.of("CLOUD ID", "id").onlyWide()));
        invocation.output().list(stretch, lines);
        if (!invocation.output().isForPrograms()) {
            tell(invocation, report, lines);
        }
    }

    /** What an operator would have to look for. */
    private static void tell(Invocation invocation, Json.Members report, List<Json.Members> lines) {
        long unknown = count(lines, "unknown");
        long missing = count(lines, "missing");
        if (unknown > 0) {
            invocation.output().note(unknown + " in the books that are not known here, or not any more");
        }
        if (missing > 0) {
            invocation.output().note(missing + " of ours that the books lack");
        }
        if (!report.text("clockSkewSeconds").isEmpty()) {
            invocation
                    .output()
                    .note("the cloud's clock is off by " + report.text("clockSkewSeconds")
                            + " seconds; all times are by that clock");
        }
    }

    private static long count(List<Json.Members> lines, String standing) {
        return lines.stream()
                .filter(line -> line.text("standing").equals(standing))
                .count();
    }
}

package hansa.cli;

import static hansa.cli.Arguments.flag;
import static hansa.cli.Arguments.one;
import static hansa.cli.Arguments.text;

import hansa.cli.client.Json;
import hansa.cli.client.Node;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** {@code hansa site …} and {@code hansa cloud …}. */
final class SiteCommands {

    private static final Resource SITE = new Resource(
            "site",
            "/sites",
            "name",
            "name",
            List.of(Column.of("NAME", "name"), Column.of("TITLE", "title"), Column.of("CLOUDS", SiteCommands::clouds)));

    private static final Resource CLOUD = new Resource(
            "cloud",
            "/clouds",
            "name",
            "name",
            List.of(
                    Column.of("NAME", "name"),
                    Column.of("DRIVER", "driver"),
                    Column.state("health"),
                    Column.age("observed"),
                    Column.of("CIRCUIT", "circuit"),
                    Column.of("CAN", SiteCommands::facets).onlyWide(),
                    Column.of(
                            "MESSAGE",
                            row -> row.text("message").isEmpty() ? row.text("warning") : row.text("message"))));

    private static final Resource FREE = new Resource(
            "cloud",
            "/inventory",
            "cloud",
            "cloud",
            List.of(
                    Column.of("SITE", "site"),
                    Column.of("CLOUD", "cloud"),
                    Column.state("state"),
                    Column.of("CORES", SiteCommands::cores),
                    Column.of("MEMORY", row -> Sizes.mib(free(row).number("memoryMib"))),
                    Column.of(
                            "DISK",
                            row -> free(row).text("diskGib").isEmpty()
                                    ? ""
                                    : free(row).text("diskGib") + "G"),
                    Column.of("MACHINES", row -> free(row).text("machines")),
                    Column.of("RUNNING", "running"),
                    Column.of("PRIORITY", "priority"),
                    Column.of("COUNTRY", "country").onlyWide(),
                    Column.of("RELIABILITY", "reliability").onlyWide(),
                    Column.of("PRICES", SiteCommands::prices).onlyWide(),
                    Column.age("told"),
                    Column.of(
                            "WARNING",
                            row -> row.items("warnings").stream()
                                    .map(Json::plain)
                                    .collect(Collectors.joining(" ")))));

    private SiteCommands() {}

    static Group sites() {
        return new Group(
                "site",
                "resource providers of the federation",
                List.of("sites"),
                () -> List.of(list(), Standard.show(SITE, List.of("site show local"))));
    }

    private static Command list() {
        return new Command(
                "list",
                "show the sites, or how much room their clouds have",
                List.of(
                        flag("--free", "room that is left at each cloud, and how old that knowledge is"),
                        text("--limit", "N", "at most so many (default: all)")),
                List.of("site list", "site list --free", "site list --free --output wide"),
                invocation -> {
                    Resource shown = invocation.flag("--free") ? FREE : SITE;
                    long limit = invocation.number("--limit").orElse(Standard.EVERYTHING);
                    invocation.output().list(shown, invocation.lookup().all(shown, Map.of(), limit));
                });
    }

    private static Json.Members free(Json.Members row) {
        return row.members().get("free") instanceof Json.Members free ? free : new Json.Members(Map.of());
    }

    private static String cores(Json.Members row) {
        String total = row.text("totalCores");
        return total.isEmpty() ? free(row).text("cores") : free(row).text("cores") + " of " + total;
    }

    private static String prices(Json.Members row) {
        return row.objects("flavours").stream()
                .filter(flavour -> !flavour.text("pricePerHour").isEmpty())
                .map(flavour -> flavour.text("flavour") + "=" + flavour.text("pricePerHour"))
                .collect(Collectors.joining(","));
    }

    static Group clouds() {
        return new Group(
                "cloud",
                "clouds at the sites, and how they are doing",
                List.of("clouds"),
                () -> List.of(
                        Standard.list(CLOUD, List.of(), List.of("cloud list --output wide")),
                        Standard.show(CLOUD, List.of("cloud show sim")),
                        machines(),
                        UsageCommand.usage()));
    }

    private static Command machines() {
        return new Command(
                "machines",
                "show the machines at a cloud that were not made here (operators)",
                List.of(one("CLOUD", "which")),
                List.of("cloud machines lab"),
                invocation -> {
                    Resource existing = new Resource(
                            "machine",
                            "/clouds" + Node.path(invocation.positional(0)) + "/machines",
                            "id",
                            "name",
                            List.of(
                                    Column.of("NAME", "name"),
                                    Column.of("ID", "id"),
                                    Column.state("state"),
                                    Column.of("CORES", "cores"),
                                    Column.of("MEMORY", row -> Sizes.mib(row.number("memoryMib"))),
                                    Column.of("ADDRESS", SiteCommands::addresses),
                                    Column.age("created")));
                    invocation
                            .output()
                            .list(existing, invocation.lookup().all(existing, Map.of(), Standard.EVERYTHING));
                });
    }

    private static String addresses(Json.Members machine) {
        return machine.items("addresses").stream().map(Json::plain).collect(Collectors.joining(","));
    }

    private static String clouds(Json.Members site) {
        return site.objects("clouds").stream().map(cloud -> cloud.text("name")).collect(Collectors.joining(","));
    }

    private static String facets(Json.Members cloud) {
        return cloud.items("facets").stream().map(Json::plain).collect(Collectors.joining(","));
    }
}

package hansa.cli;

import hansa.cli.client.Json;
import java.util.List;
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
                    Column.of("MESSAGE", "message")));

    private SiteCommands() {}

    static Group sites() {
        return new Group(
                "site",
                "resource providers of the federation",
                List.of("sites"),
                () -> List.of(
                        Standard.list(SITE, List.of(), List.of("site list")),
                        Standard.show(SITE, List.of("site show local"))));
    }

    static Group clouds() {
        return new Group(
                "cloud",
                "clouds at the sites, and how they are doing",
                List.of("clouds"),
                () -> List.of(
                        Standard.list(CLOUD, List.of(), List.of("cloud list --output wide")),
                        Standard.show(CLOUD, List.of("cloud show sim"))));
    }

    private static String clouds(Json.Members site) {
        return site.objects("clouds").stream().map(cloud -> cloud.text("name")).collect(Collectors.joining(","));
    }

    private static String facets(Json.Members cloud) {
        return cloud.items("facets").stream().map(Json::plain).collect(Collectors.joining(","));
    }
}

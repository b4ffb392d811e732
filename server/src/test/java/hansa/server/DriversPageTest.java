package hansa.server;

import static org.assertj.core.api.Assertions.assertThat;

import hansa.cloud.CloudDriver;
import hansa.cloud.Setting;
import hansa.cloud.UsageHistory;
import hansa.federation.sites.CloudSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.ServiceLoader;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

final class DriversPageTest {

    /** Run with {@code -Dhansa.docs.write=true} to write the page anew. */
    @Test
    void theReferencePageListsEveryDriverWithItsKeys() throws IOException {
        Path page = Path.of("..", "docs", "drivers.md");
        String expected = page();
        if (Boolean.getBoolean("hansa.docs.write")) {
            Files.writeString(page, expected);
        }
        assertThat(Files.readString(page)).isEqualTo(expected);
    }

    private static String page() {
        StringBuilder page = new StringBuilder("""
                # Drivers

                A cloud is set by `clouds.<name>.driver` and the keys of its driver below `clouds.<name>.`; the name is yours to
                choose. Values of the type secret can be read from elsewhere: `file:/path` or `env:NAME`. This page is generated
                from what the drivers say about themselves.

                ## Every cloud

                A driver that has a key of the same name understands it in its own way.

                | key | value | when it is not set | meaning |
                |---|---|---|---|
                """);
        CloudSettings.SETTINGS.forEach(setting -> page.append(row(setting)));
        List<CloudDriver> drivers = ServiceLoader.load(CloudDriver.class).stream()
                .map(ServiceLoader.Provider::get)
                .sorted(Comparator.comparing(CloudDriver::name))
                .toList();
        for (CloudDriver driver : drivers) {
            page.append("\n## ").append(driver.name()).append("\n\n");
            page.append("Besides machines it has: ")
                    .append(driver.facets().stream()
                            .map(facet -> words(facet.getSimpleName()))
                            .sorted()
                            .collect(Collectors.joining(", ")))
                    .append(
                            driver.facets().contains(UsageHistory.class)
                                    ? "."
                                    : ". It keeps no books of what was used.")
                    .append("\n\n| key | value | when it is not set | meaning |\n|---|---|---|---|\n");
            for (Setting setting : driver.settings()) {
                page.append(row(setting));
            }
        }
        return page.toString();
    }

    private static String row(Setting setting) {
        return "| `%s` | %s | %s | %s |\n"
                .formatted(
                        setting.key(),
                        setting.type().name().toLowerCase(Locale.ROOT),
                        setting.fallback()
                                .map(text -> text.isEmpty() ? "none" : "`" + text + "`")
                                .orElse("the cloud is refused"),
                        setting.meaning());
    }

    private static String words(String camel) {
        return camel.replaceAll("(?<=[a-z])(?=[A-Z])", " ").toLowerCase(Locale.ROOT);
    }
}

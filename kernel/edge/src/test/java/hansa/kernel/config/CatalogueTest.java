package hansa.kernel.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class CatalogueTest {

    /** Run with {@code -Dhansa.docs.write=true} to write the page anew. */
    @Test
    void theReferencePageListsEveryKey() throws IOException {
        Path page = Path.of("..", "..", "docs", "configuration.md");
        String expected = page();
        if (Boolean.getBoolean("hansa.docs.write")) {
            Files.writeString(page, expected);
        }
        assertThat(Files.readString(page)).isEqualTo(expected);
    }

    @Test
    void everyFallbackFitsItsType() {
        for (Key<?> key : all().toList()) {
            key.fallback()
                    .ifPresent(text -> assertThat(key.type().parse().apply(text))
                            .as(key.name())
                            .isNotNull());
            assertThat(key.fallback().isPresent() || !key.unset().isEmpty())
                    .as(key.name())
                    .isTrue();
        }
    }

    @Test
    void everyKeyIsListedOnceInLowerCase() {
        assertThat(Catalogue.ALL)
                .extracting(Key::name)
                .doesNotHaveDuplicates()
                .allMatch(name -> name.matches("[a-z]+(\\.[a-z0-9]+)?\\.[a-z-]+"));
        for (Section section : Sections.ALL) {
            assertThat(section.keys())
                    .extracting(Key::name)
                    .doesNotHaveDuplicates()
                    .allMatch(name -> name.matches("[a-z-]+"));
        }
    }

    private static String page() {
        StringBuilder page = new StringBuilder("""
                # Configuration

                One YAML file, given by `hansa up --config FILE`; every key can also be set by `--set key=value`, which wins. Keys can
                be nested or dotted: `site.name: mine` is `site: {name: mine}`. A key that does not exist, a value that does not fit
                and a key that is set twice stop the start with one line that names the place. Secrets can be read from elsewhere:
                `file:/path` takes the content of a file, `env:NAME` a variable of the environment. This page is generated from the
                catalogue in `hansa.kernel.config`.

                ```yaml
                site.name: mine
                listen:
                  main: https://0.0.0.0:8443
                  names: [cloud.example.org]
                clouds:
                  demo:
                    driver: simulated
                ```

                | key | value | when it is not set | meaning |
                |---|---|---|---|
                """);
        Catalogue.ALL.forEach(key -> page.append(line(key)));
        for (Section section : Sections.ALL) {
            section.keys().forEach(key -> page.append(line(key.below(section.below("<name>")))));
        }
        return page.append("| `clouds.<name>.…` | as the driver says | as the driver says | The driver's own keys, see")
                .append(" [drivers](drivers.md). |\n")
                .toString();
    }

    private static String line(Key<?> key) {
        return "| `%s` | %s | %s | %s |\n"
                .formatted(
                        key.name(),
                        key.type().name(),
                        key.fallback()
                                .map(text -> text.isEmpty() ? "none" : "`" + text + "`")
                                .orElse(key.unset()),
                        key.meaning());
    }

    private static Stream<Key<?>> all() {
        return Stream.concat(Catalogue.ALL.stream(), Sections.ALL.stream().flatMap(section -> section.keys().stream()));
    }
}

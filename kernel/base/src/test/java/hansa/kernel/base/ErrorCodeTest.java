package hansa.kernel.base;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import org.junit.jupiter.api.Test;

class ErrorCodeTest {

    /** Run with {@code -Dhansa.docs.write=true} to write the page anew. */
    @Test
    void theReferencePageListsEveryCode() throws IOException {
        Path page = Path.of("..", "..", "docs", "errors.md");
        String expected = page();
        if (Boolean.getBoolean("hansa.docs.write")) {
            Files.writeString(page, expected);
        }
        assertThat(Files.readString(page)).isEqualTo(expected);
    }

    @Test
    void dottedNamesAreUniqueAndPlain() {
        assertThat(Arrays.stream(ErrorCode.values()).map(ErrorCode::dotted))
                .doesNotHaveDuplicates()
                .allMatch(name -> name.matches("[a-z]+(\\.[a-z-]+)?"));
    }

    @Test
    void aFailureWithoutWordsSpeaksTheMeaningOfItsCode() {
        assertThat(new Failure(ErrorCode.STORE_FULL, "no room in /var").text()).isEqualTo("no room in /var");
        assertThat(new Failure(ErrorCode.STORE_FULL, "no room", new IOException("x")).getCause())
                .hasMessage("x");
    }

    private static String page() {
        StringBuilder page = new StringBuilder("""
                # Errors

                Every refusal carries a code that never changes its meaning and is never reused. `who acts` says who can mend it; a
                retryable one may succeed later without being changed. The text beside a code says what happened, to what, and what
                to do. This page is generated from `ErrorCode`.

                | code | who acts | retryable | meaning |
                |---|---|---|---|
                """);
        for (ErrorCode code : ErrorCode.values()) {
            page.append("| `%s` | %s | %s | %s |\n"
                    .formatted(
                            code.dotted(),
                            code.kind().name().toLowerCase(Locale.ROOT),
                            code.retryable() ? "yes" : "no",
                            code.meaning()));
        }
        return page.toString();
    }
}

package hansa.kernel.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import hansa.kernel.base.ErrorCode;
import hansa.kernel.base.Failure;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StoreUrlTest {

    @ParameterizedTest
    @ValueSource(strings = {"sqlite:/var/lib/hansa.db", "jdbc:sqlite:/var/lib/hansa.db", "sqlite:///var/lib/hansa.db"})
    void a_file_is_read_from_each_way_of_writing_it(String text) {
        assertThat(StoreUrl.parse(text)).isEqualTo(new StoreUrl.Sqlite(Path.of("/var/lib/hansa.db")));
    }

    @Test
    void user_and_password_are_taken_out_of_the_url() {
        assertThat(StoreUrl.parse("postgresql://ada:p%40s:s+@db.example:5433/hansa?sslmode=require&ssl=true"))
                .isEqualTo(new StoreUrl.Postgres(
                        "jdbc:postgresql://db.example:5433/hansa?sslmode=require&ssl=true",
                        Optional.of("ada"),
                        Optional.of("p@s:s+")));
        assertThat(StoreUrl.parse("jdbc:postgresql://db.example/hansa?user=ada&password=secret&sslmode=require"))
                .isEqualTo(new StoreUrl.Postgres(
                        "jdbc:postgresql://db.example/hansa?sslmode=require",
                        Optional.of("ada"),
                        Optional.of("secret")));
        assertThat(StoreUrl.parse("postgres://[::1]/hansa"))
                .isEqualTo(new StoreUrl.Postgres("jdbc:postgresql://[::1]/hansa", Optional.empty(), Optional.empty()));
    }

    @Test
    void the_text_form_shows_no_password() {
        assertThat(StoreUrl.parse("postgresql://ada:secret@db.example/hansa"))
                .hasToString("postgresql://db.example/hansa");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "mysql://ada:secret@db/hansa",
                "sqlite:",
                "sqlite::memory:",
                "sqlite:/a?mode=ro",
                "sqlite:/a\0b",
                "postgresql:",
                "postgresql://ada:secret@db.example",
                "postgresql://ada:secret@db.example/",
                "postgresql://ada:sec ret@db.example/hansa",
                "postgresql://ada:secret%zz@db.example/hansa"
            })
    void everything_else_is_refused_without_repeating_it(String text) {
        assertThatExceptionOfType(Failure.class)
                .isThrownBy(() -> StoreUrl.parse(text))
                .satisfies(failure -> {
                    assertThat(failure.code()).isEqualTo(ErrorCode.ATTRIBUTE_INVALID);
                    assertThat(failure.text()).doesNotContain("secret", "\n");
                });
    }
}

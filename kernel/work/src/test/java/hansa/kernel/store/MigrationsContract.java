package hansa.kernel.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import hansa.kernel.base.ErrorCode;
import hansa.kernel.base.Failure;
import java.util.List;
import org.junit.jupiter.api.Test;

/** How the schema comes up on every store. */
interface MigrationsContract {

    StoreUrl url();

    private long count(String table, String... folders) {
        try (Store store = Stores.open(url(), List.of(folders))) {
            return store.read(sql -> sql.createQuery("select count(*) from " + table)
                    .mapTo(Long.class)
                    .one());
        }
    }

    private void execute(String statement) {
        try (Store store = Stores.open(url(), List.of())) {
            store.run(tx -> tx.sql().execute(statement));
        }
    }

    @Test
    default void a_capability_that_joins_later_is_brought_up_even_with_an_older_file() {
        assertThat(count("account", "db/migration/test")).isZero();
        assertThat(count("older", "db/migration/test", "db/migration/older")).isZero();
    }

    @Test
    default void what_is_up_to_date_is_not_looked_at_again() {
        assertThat(count("job")).isZero();
        execute("drop table flyway_schema_history");
        assertThat(count("job")).isZero();
        assertThatExceptionOfType(Failure.class).isThrownBy(() -> count("flyway_schema_history"));
    }

    @Test
    default void a_schema_of_unknown_state_is_looked_at_again() {
        assertThat(count("job")).isZero();
        execute("update schema_digest set digest = 'unknown'");
        assertThat(count("job")).isZero();
        assertThat(count("schema_digest where digest <> 'unknown'")).isEqualTo(1);
    }

    @Test
    default void a_file_that_fails_leaves_no_trace_and_says_what_to_do() {
        assertThatExceptionOfType(Failure.class)
                .isThrownBy(() -> count("half", "db/migration/broken"))
                .satisfies(failure -> assertThat(failure.code()).isEqualTo(ErrorCode.STORE_UNAVAILABLE))
                .withMessageContaining("could not be brought up to date");
        assertThat(count("job")).isZero();
        assertThatExceptionOfType(Failure.class).isThrownBy(() -> count("half"));
    }

    @Test
    default void a_folder_without_files_is_a_fault() {
        assertThatExceptionOfType(Failure.class)
                .isThrownBy(() -> count("job", "db/migration/nobody"))
                .withMessage("There are no migrations in db/migration/nobody on the class path.");
    }
}

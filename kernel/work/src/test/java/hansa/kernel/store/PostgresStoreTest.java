package hansa.kernel.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import hansa.kernel.base.ErrorCode;
import hansa.kernel.base.Failure;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PostgresStoreTest implements StoreContract {

    private final StoreUrl url = Databases.postgres();
    private Store store;

    @BeforeEach
    void open() {
        store = Stores.open(url, Databases.MIGRATIONS);
    }

    @AfterEach
    void close() {
        store.close();
    }

    @Override
    public Store store() {
        return store;
    }

    @Override
    public Store reopened() {
        open();
        return store;
    }

    @Test
    void who_did_not_see_that_a_key_is_there_looks_again() {
        AtomicInteger attempts = new AtomicInteger();
        store.run(tx -> {
            if (attempts.incrementAndGet() == 1) {
                tx.sql().execute("select 1");
                StoreContract.runElsewhere(() -> store.run(other -> StoreContract.put(other, "ada", 1)));
                StoreContract.put(tx, "ada", 2);
            }
        });
        assertThat(attempts).hasValue(2);
        assertThat(store.<Long>read(sql -> StoreContract.balance(sql, "ada"))).isEqualTo(1);
    }

    @Test
    void a_connection_that_is_cut_is_said_to_be_and_the_next_one_works() {
        assertThatExceptionOfType(Failure.class)
                .isThrownBy(() -> store.run(tx -> {
                    StoreContract.put(tx, "ada", 1);
                    tx.sql().execute("select pg_terminate_backend(pg_backend_pid())");
                }))
                .satisfies(failure -> assertThat(failure.code()).isEqualTo(ErrorCode.STORE_UNAVAILABLE));
        assertThat(StoreContract.names(store)).isEmpty();
        store.run(tx -> StoreContract.put(tx, "bob", 1));
        assertThat(StoreContract.names(store)).containsExactly("bob");
    }

    @Test
    void a_server_that_is_not_there_is_named_without_its_password() throws IOException {
        int free;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            free = socket.getLocalPort();
        }
        StoreUrl nowhere = StoreUrl.parse("postgresql://ada:secret@localhost:" + free + "/hansa");
        assertThatExceptionOfType(Failure.class)
                .isThrownBy(() -> Stores.open(nowhere, List.of()))
                .satisfies(failure -> {
                    assertThat(failure.code()).isEqualTo(ErrorCode.STORE_UNAVAILABLE);
                    assertThat(failure.text())
                            .startsWith("The store postgresql://localhost:" + free + "/hansa cannot be opened: ")
                            .doesNotContain("secret", "\n");
                });
    }
}

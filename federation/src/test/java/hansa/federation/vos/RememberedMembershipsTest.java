package hansa.federation.vos;

import static hansa.federation.Installation.OPERATOR;
import static org.assertj.core.api.Assertions.assertThat;

import hansa.cloud.CloudName;
import hansa.federation.Installation;
import hansa.federation.caller.Scope;
import hansa.kernel.store.Store;
import hansa.kernel.store.Tx;
import hansa.protocols.voms.Fqan;
import java.nio.file.Path;
import java.time.Clock;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RememberedMembershipsTest {

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    /** Somebody does something whenever a reading ends, before its result is there. */
    private static final class Interrupted implements Store {

        private final Store real;
        private Runnable meanwhile = () -> {};

        Interrupted(Store real) {
            this.real = real;
        }

        @Override
        public <T> T read(Function<Handle, T> work) {
            T answer = real.read(work);
            Runnable now = meanwhile;
            meanwhile = () -> {};
            now.run();
            return answer;
        }

        @Override
        public <T> T write(Function<Tx, T> work) {
            return real.write(work);
        }

        @Override
        public void close() {
            real.close();
        }
    }

    @Test
    void rules_that_were_asked_for_are_known_although_somebody_wanted_another_look_meanwhile() {
        try (Installation node = Installation.on(folder).start()) {
            node.federation().vos().organisations().create(OPERATOR, "biomed", "", "");
            Interrupted store = new Interrupted(node.store());
            RememberedMemberships memberships = new RememberedMemberships(store, Clock.systemUTC());
            assertThat(memberships.of("alice")).isEmpty();
            assertThat(memberships.rules("biomed")).isEmpty();

            node.federation()
                    .vos()
                    .mappings()
                    .put(
                            OPERATOR,
                            "biomed",
                            "storage",
                            Fqan.parse("/biomed"),
                            Scope.parse("volume.*"),
                            Set.of(new CloudName("sim")),
                            Set.of(),
                            OptionalLong.empty());
            memberships.forget();
            store.meanwhile = memberships::lookAgain;
            assertThat(memberships.of("alice")).isEmpty();
            assertThat(memberships.rules("biomed")).extracting(Mapping::name).containsExactly("storage");
        }
    }
}

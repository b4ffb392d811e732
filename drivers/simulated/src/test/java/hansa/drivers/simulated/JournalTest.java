package hansa.drivers.simulated;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import hansa.cloud.Accounts;
import hansa.cloud.Cloud;
import hansa.cloud.Console;
import hansa.cloud.Networks;
import hansa.cloud.PowerAction;
import hansa.cloud.RemoteAccount;
import hansa.cloud.RemoteMachine;
import hansa.cloud.RemoteNetwork;
import hansa.cloud.RemoteVolumeCopy;
import hansa.cloud.Token;
import hansa.cloud.VolumeCopies;
import hansa.cloud.Volumes;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class JournalTest {

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    private Path journal() {
        return folder.resolve("journal");
    }

    @Test
    void everything_is_there_again_when_the_cloud_is_opened_again() {
        RemoteMachine running;
        RemoteMachine stopped;
        List<RemoteNetwork> networks;
        String console;
        List<RemoteVolumeCopy> copied;
        List<RemoteAccount> accounts;
        try (Cloud cloud = Fixtures.open(folder, Map.of())) {
            Volumes volumes = cloud.facet(Volumes.class).orElseThrow();
            stopped = cloud.create(Fixtures.order("b"));
            cloud.power(stopped.id(), PowerAction.SHUTDOWN);
            stopped = cloud.read(stopped.id());
            cloud.delete(cloud.create(Fixtures.order("c")).id());
            Accounts local = cloud.facet(Accounts.class).orElseThrow();
            local.remove(local.ensure("b", "", Optional.empty()).name());
            local.ensure("a", "Anna", Optional.of("biomed"));
            running = cloud.create(Fixtures.order("a").inNameOf(Optional.of("a")));
            local.suspend("a");
            accounts = local.list();
            var volume = volumes.create(new Token("v"), "v", 10);
            volumes.attach(running.id(), volume.id(), Optional.empty());
            VolumeCopies copies = cloud.facet(VolumeCopies.class).orElseThrow();
            copies.take(volume.id(), new Token("backup"), "b", RemoteVolumeCopy.Kind.BACKUP);
            copies.delete(copies.take(volume.id(), new Token("none"), "n", RemoteVolumeCopy.Kind.SNAPSHOT)
                    .id());
            copied = copies.list();
            running = cloud.read(running.id());
            networks = cloud.describe().networks();
            console = consoleOf(cloud, stopped);
        }
        try (Cloud cloud = Fixtures.open(folder, Map.of())) {
            assertThat(cloud.list()).containsExactly(stopped, running);
            assertThat(cloud.list().getLast().account()).hasValue("a");
            assertThat(cloud.facet(Accounts.class).orElseThrow().list())
                    .isEqualTo(accounts)
                    .containsExactly(new RemoteAccount("a", "Anna", Optional.of("biomed"), true));
            assertThat(cloud.describe().networks()).isEqualTo(networks);
            assertThat(consoleOf(cloud, stopped)).isEqualTo(console).endsWith("reboot: Power down\n");
            assertThat(cloud.facet(Volumes.class).orElseThrow().findByToken(new Token("v")))
                    .flatMap(v -> v.attachedTo())
                    .contains(running.id());
            assertThat(cloud.facet(VolumeCopies.class).orElseThrow().list())
                    .isEqualTo(copied)
                    .singleElement()
                    .satisfies(copy -> assertThat(copy.sizeMib()).isEqualTo(10));
            assertThat(cloud.recover(Set.of(new Token("a"), new Token("c"))))
                    .isEqualTo(
                            new Cloud.Recovery(Set.of(new Token("a")), Set.of(new Token("c")), Set.of(new Token("b"))));
        }
    }

    private static String consoleOf(Cloud cloud, RemoteMachine machine) {
        return cloud.facet(Console.class)
                .orElseThrow()
                .read(machine.id(), 0, 65536)
                .content()
                .asUtf8();
    }

    @Test
    void ids_and_addresses_of_an_earlier_opening_are_not_given_out_again() {
        RemoteMachine first;
        try (Cloud cloud = Fixtures.open(folder, Map.of())) {
            first = cloud.create(Fixtures.order("a"));
        }
        try (Cloud cloud = Fixtures.open(folder, Map.of())) {
            RemoteMachine second = cloud.create(Fixtures.order("b"));
            assertThat(second.id()).isNotEqualTo(first.id());
            assertThat(second.nics().getFirst().mac())
                    .isNotEqualTo(first.nics().getFirst().mac());
            assertThat(second.nics().getFirst().addresses())
                    .isNotEqualTo(first.nics().getFirst().addresses());
        }
    }

    @Test
    void a_last_line_that_was_torn_at_any_byte_is_cut_off() throws IOException {
        long before;
        long after;
        try (Cloud cloud = Fixtures.open(folder, Map.of())) {
            cloud.create(Fixtures.order("whole"));
            before = Files.size(journal());
            cloud.create(Fixtures.order("torn"));
            after = Files.size(journal());
        }
        byte[] whole = Files.readAllBytes(journal());
        for (long length = before; length < after; length += 37) {
            Files.write(journal(), whole);
            truncate(length);
            try (Cloud cloud = Fixtures.open(folder, Map.of())) {
                assertThat(cloud.findByToken(new Token("whole")))
                        .as("cut at %s", length)
                        .isPresent();
                assertThat(cloud.findByToken(new Token("torn")))
                        .as("cut at %s", length)
                        .isEmpty();
                cloud.create(Fixtures.order("after"));
            }
            try (Cloud cloud = Fixtures.open(folder, Map.of())) {
                assertThat(cloud.list())
                        .extracting(RemoteMachine::name)
                        .containsExactly("machine whole", "machine after");
            }
        }
    }

    private void truncate(long length) throws IOException {
        try (RandomAccessFile file = new RandomAccessFile(journal().toFile(), "rw")) {
            file.setLength(length);
        }
    }

    @Test
    void garbage_after_the_last_line_is_cut_off() throws IOException {
        try (Cloud cloud = Fixtures.open(folder, Map.of())) {
            cloud.create(Fixtures.order("a"));
        }
        Files.writeString(journal(), "0000\u0000garbage\n", StandardCharsets.UTF_8, StandardOpenOption.APPEND);
        try (Cloud cloud = Fixtures.open(folder, Map.of())) {
            assertThat(cloud.list()).hasSize(1);
        }
    }

    @Test
    void damage_in_the_middle_is_refused_with_its_line_and_nothing_is_changed() throws IOException {
        try (Cloud cloud = Fixtures.open(folder, Map.of())) {
            cloud.create(Fixtures.order("a"));
            cloud.create(Fixtures.order("b"));
        }
        byte[] damaged = Files.readAllBytes(journal());
        damaged[100] ^= 1;
        Files.write(journal(), damaged);
        assertThatThrownBy(() -> Fixtures.open(folder, Map.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("is damaged in line 1: its checksum is wrong");
        assertThat(journal()).hasBinaryContent(damaged);
    }

    @Test
    void a_cloud_that_is_open_is_not_opened_twice_and_can_be_opened_after_a_refusal() throws IOException {
        try (Cloud cloud = Fixtures.open(folder, Map.of())) {
            assertThatThrownBy(() -> Fixtures.open(folder, Map.of()))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("is open already");
            assertThat(cloud.list()).isEmpty();
        }
        Files.writeString(journal(), "x\ny\n");
        assertThatThrownBy(() -> Fixtures.open(folder, Map.of())).hasMessageContaining("damaged in line 1");
        Files.delete(journal());
        Fixtures.open(folder, Map.of()).close();
    }

    /** As it was written before the fields were kept. */
    private void writeWithout(String... fields) throws IOException {
        StringBuilder old = new StringBuilder();
        for (String line : Files.readAllLines(journal())) {
            String body = line.substring(line.indexOf(' ') + 1);
            for (String field : fields) {
                body = body.replaceAll("\"" + field + "\":[^,{}\\[\\]]*,|,\"" + field + "\":[^,{}\\[\\]]*(?=})", "");
            }
            CRC32C crc = new CRC32C();
            crc.update(body.getBytes(StandardCharsets.UTF_8));
            old.append(HexFormat.of().toHexDigits((int) crc.getValue()))
                    .append(' ')
                    .append(body)
                    .append('\n');
        }
        Files.writeString(journal(), old);
    }

    @Test
    void a_journal_of_before_accounts_and_public_addresses_opens_as_if_there_were_none() throws IOException {
        RemoteMachine machine;
        List<RemoteNetwork> networks;
        try (Cloud cloud = Fixtures.open(folder, Map.of())) {
            machine = cloud.create(Fixtures.order("a"));
            cloud.facet(Networks.class)
                    .orElseThrow()
                    .create(new Token("n"), "n", Optional.empty(), Optional.empty(), true, Optional.empty());
            networks = cloud.describe().networks();
        }
        writeWithout("account", "publicAddresses");
        assertThat(journal()).content().doesNotContain("\"account\"", "publicAddresses");
        try (Cloud cloud = Fixtures.open(folder, Map.of())) {
            assertThat(cloud.read(machine.id()).account()).isEmpty();
            assertThat(cloud.list()).containsExactly(cloud.read(machine.id()));
            assertThat(cloud.describe().networks()).isEqualTo(networks);
        }
        writeWithout("created");
        assertThatThrownBy(() -> Fixtures.open(folder, Map.of())).hasMessageContaining("damaged in line");
    }

    @ParameterizedTest
    @ValueSource(strings = {"false", "true"})
    void a_journal_that_is_mostly_history_is_compacted_and_says_the_same(String sync) throws IOException {
        int rounds = sync.equals("true") ? 50 : 9_000;
        RemoteMachine kept;
        try (Cloud cloud = Fixtures.open(folder, Map.of("journal-sync", sync))) {
            kept = cloud.create(Fixtures.order("kept"));
            for (int i = 0; i < rounds; i++) {
                cloud.delete(cloud.create(Fixtures.order("gone-" + i)).id());
            }
        }
        if (sync.equals("false")) {
            assertThat(Files.size(journal())).isLessThan(6_000_000);
        }
        try (Cloud cloud = Fixtures.open(folder, Map.of())) {
            assertThat(cloud.list()).containsExactly(kept);
            assertThat(cloud.create(Fixtures.order("next")).id().value())
                    .isGreaterThan(kept.id().value());
        }
    }
}

package hansa.federation.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import hansa.federation.audit.AuditEntry.Source;
import hansa.kernel.base.ErrorCode;
import hansa.kernel.base.Failure;
import hansa.policy.AccessRequest;
import hansa.policy.AccessRequest.Resource;
import hansa.policy.AccessRequest.Subject;
import hansa.protocols.voms.Fqan;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class AuditLogTest {

    private static final Instant START = Instant.parse("2026-11-25T10:00:00.123456Z");

    @TempDir
    Path folder;

    private AuditLog open() {
        return AuditLog.open(AuditSettings.in(folder), new SimpleMeterRegistry());
    }

    private AuditLog openSmall() {
        return AuditLog.open(new AuditSettings(folder, 64 * 1024, 256 * 1024), new SimpleMeterRegistry());
    }

    private static AuditEntry entry(int number, boolean permitted) {
        Subject subject = new Subject(
                "https://idp.example.org#\u00e4nne \"x\"\n",
                "https://idp.example.org",
                List.of(Fqan.parse("/vo/group/Role=manager"), Fqan.parse("/vo")),
                Optional.of("vo"),
                "oidc",
                number % 2 == 0);
        Resource resource =
                new Resource("machine", "m" + number, Optional.of("alice"), Optional.of("vo"), Map.of("cloud", "sim"));
        return new AuditEntry(
                new AccessRequest(subject, "machine.update", resource, START.plusSeconds(number)),
                permitted,
                permitted ? "owner" : "default",
                permitted ? Source.BUILT_IN : Source.SITE,
                permitted ? "" : "No rule permits it.");
    }

    @Test
    void gives_back_whole_records_newest_first() {
        try (AuditLog log = open()) {
            log.keep(entry(1, true));
            log.keep(entry(2, false));

            AuditPage page = log.reader().page(AuditQuery.ALL, 10);

            assertThat(page.records()).extracting(AuditRecord::entry).containsExactly(entry(2, false), entry(1, true));
            assertThat(page.records()).extracting(AuditRecord::sequence).containsExactly(2L, 1L);
            assertThat(page.before()).isEmpty();
        }
    }

    @Test
    void each_record_holds_the_hash_of_the_line_before() throws IOException {
        try (AuditLog log = open()) {
            log.keep(entry(1, true));
            log.keep(entry(2, true));
            log.flush();
        }
        List<String> lines = Files.readAllLines(segments().getFirst());
        assertThat(lines).hasSize(2);
        assertThat(lines.getFirst()).contains("\"prev\":\"" + "0".repeat(64) + "\"");
        assertThat(lines.getLast())
                .contains("\"prev\":\"" + Digests.of(lines.getFirst().getBytes(StandardCharsets.UTF_8)) + "\"");
    }

    @Test
    void goes_on_with_the_chain_after_a_restart() {
        for (int start = 0; start < 3; start++) {
            try (AuditLog log = open()) {
                log.keep(entry(start, true));
            }
        }
        try (AuditLog log = open()) {
            Verification found = log.reader().verify();
            assertThat(found.broken()).isEmpty();
            assertThat(found.records()).isEqualTo(3);
            assertThat(found.last()).isEqualTo(3);
        }
    }

    @Test
    void rotates_by_size_and_reads_and_verifies_across_the_files() throws IOException {
        int many = 400;
        try (AuditLog log = openSmall()) {
            for (int i = 1; i <= many; i++) {
                log.keep(entry(i, true));
                if (i % 50 == 0) {
                    log.flush();
                }
            }
            log.flush();
            assertThat(segments().size()).isBetween(2, 5);
            Verification found = log.reader().verify();
            assertThat(found.broken()).isEmpty();
            assertThat(found.last()).isEqualTo(many);

            List<Long> read = new ArrayList<>();
            OptionalLong before = OptionalLong.empty();
            do {
                AuditPage page = log.reader().page(before(before), 70);
                page.records().forEach(record -> read.add(record.sequence()));
                before = page.before();
            } while (before.isPresent());
            assertThat(read.getFirst()).isEqualTo(many);
            assertThat(read.getLast()).isEqualTo(found.first());
            assertThat(read).doesNotHaveDuplicates().hasSize((int) found.records());
        }
    }

    @Test
    void deletes_the_oldest_files_beyond_what_is_kept_and_still_verifies() throws IOException {
        try (AuditLog log = openSmall()) {
            for (int i = 1; i <= 2_000; i++) {
                log.keep(entry(i, true));
                if (i % 50 == 0) {
                    log.flush();
                }
            }
            Verification found = log.reader().verify();
            assertThat(found.broken()).isEmpty();
            assertThat(found.first()).isGreaterThan(1);
            assertThat(found.last()).isEqualTo(2_000);
            long size = 0;
            for (Path segment : segments()) {
                size += Files.size(segment);
            }
            assertThat(size).isLessThanOrEqualTo(256 * 1024);
        }
    }

    @Test
    void finds_the_first_changed_record() throws IOException {
        write(5);
        Path segment = segments().getFirst();
        List<String> lines = Files.readAllLines(segment);
        lines.set(2, lines.get(2).replace("\"id\":\"m3\"", "\"id\":\"m9\""));
        Files.write(segment, lines);

        try (AuditLog log = open()) {
            Verification.Broken broken = log.reader().verify().broken().orElseThrow();
            assertThat(broken.line()).isEqualTo(4);
            assertThat(broken.sequence()).isEqualTo(4);
            assertThat(broken.why()).contains("the record before it was changed");
        }
    }

    @Test
    void finds_a_record_that_was_taken_out() throws IOException {
        write(5);
        Path segment = segments().getFirst();
        List<String> lines = Files.readAllLines(segment);
        lines.remove(2);
        Files.write(segment, lines);

        try (AuditLog log = open()) {
            Verification.Broken broken = log.reader().verify().broken().orElseThrow();
            assertThat(broken.line()).isEqualTo(3);
            assertThat(broken.why()).isEqualTo("record 3 is expected here, not 4");
        }
    }

    @Test
    void finds_a_line_that_is_no_record() throws IOException {
        write(3);
        Path segment = segments().getFirst();
        List<String> lines = Files.readAllLines(segment);
        lines.set(0, "{}");
        Files.write(segment, lines);

        try (AuditLog log = open()) {
            assertThat(log.reader().verify().broken().orElseThrow().why()).isEqualTo("the line is no record");
        }
    }

    @Test
    void tells_the_head_so_that_a_cut_end_is_seen() throws IOException {
        write(3);
        String head;
        try (AuditLog log = open()) {
            head = log.reader().verify().head();
        }
        Path segment = segments().getFirst();
        List<String> lines = Files.readAllLines(segment);
        assertThat(head).isEqualTo(Digests.of(lines.getLast().getBytes(StandardCharsets.UTF_8)));
        Files.write(segment, lines.subList(0, 2));
        try (AuditLog log = open()) {
            assertThat(log.reader().verify().head()).isNotEqualTo(head);
        }
    }

    @Test
    void cuts_off_a_line_that_a_crash_left_half_written() throws IOException {
        write(2);
        Files.writeString(segments().getFirst(), "{\"seq\":3,\"pr", StandardOpenOption.APPEND);
        try (AuditLog log = open()) {
            log.keep(entry(3, true));
            Verification found = log.reader().verify();
            assertThat(found.broken()).isEmpty();
            assertThat(found.records()).isEqualTo(3);
        }
    }

    @Test
    void does_not_go_on_behind_a_damaged_end() throws IOException {
        write(2);
        Files.writeString(segments().getFirst(), "nothing of ours\n", StandardOpenOption.APPEND);
        assertThatThrownBy(this::open)
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining("is no audit record");
    }

    @Test
    void filters_by_time_subject_action_resource_decision_and_rule() {
        try (AuditLog log = open()) {
            for (int i = 1; i <= 20; i++) {
                log.keep(entry(i, i % 5 != 0));
            }
            AuditReader reader = log.reader();
            assertThat(reader.page(denied(), 100).records())
                    .extracting(AuditRecord::sequence)
                    .containsExactly(20L, 15L, 10L, 5L);
            AuditQuery window = new AuditQuery(
                    Optional.of(START.plusSeconds(3)),
                    Optional.of(START.plusSeconds(6)),
                    Optional.of(entry(1, true).request().subject().id()),
                    Optional.of("machine.*"),
                    Optional.of("m4"),
                    Optional.of(true),
                    Optional.of("owner"),
                    OptionalLong.empty());
            assertThat(reader.page(window, 100).records())
                    .extracting(AuditRecord::sequence)
                    .containsExactly(4L);
        }
    }

    @Test
    void takes_nothing_when_it_is_closed() {
        AuditLog log = open();
        log.close();
        assertThatThrownBy(() -> log.keep(entry(1, true)))
                .isInstanceOfSatisfying(
                        Failure.class, failure -> assertThat(failure.code()).isEqualTo(ErrorCode.SHUTTING_DOWN));
    }

    @Test
    void keeps_everything_that_many_callers_bring_at_once() throws InterruptedException {
        int callers = 8;
        int each = 5_000;
        try (AuditLog log = open()) {
            List<Thread> threads = new ArrayList<>();
            for (int i = 0; i < callers; i++) {
                threads.add(Thread.ofVirtual().start(() -> {
                    for (int j = 0; j < each; j++) {
                        log.keep(entry(j, true));
                    }
                }));
            }
            for (Thread thread : threads) {
                thread.join();
            }
            Verification found = log.reader().verify();
            assertThat(found.broken()).isEmpty();
            assertThat(found.records()).isEqualTo((long) callers * each);
        }
    }

    private void write(int many) {
        try (AuditLog log = open()) {
            for (int i = 1; i <= many; i++) {
                log.keep(entry(i, true));
            }
        }
    }

    private static AuditQuery denied() {
        return new AuditQuery(
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.of(false),
                Optional.empty(),
                OptionalLong.empty());
    }

    private static AuditQuery before(OptionalLong before) {
        return new AuditQuery(
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                before);
    }

    private List<Path> segments() throws IOException {
        return new Segments(folder).all();
    }
}

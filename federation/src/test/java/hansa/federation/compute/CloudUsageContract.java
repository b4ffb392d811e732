package hansa.federation.compute;

import static hansa.federation.Installation.ALICE;
import static hansa.federation.Installation.OPERATOR;
import static hansa.federation.Installation.SIM;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import hansa.cloud.CloudException;
import hansa.cloud.CloudName;
import hansa.cloud.RemoteId;
import hansa.cloud.RemoteUsage;
import hansa.cloud.Size;
import hansa.cloud.Token;
import hansa.federation.Installation;
import hansa.federation.TamperedCloud;
import hansa.federation.caller.Caller;
import hansa.federation.compute.UsageLine.Standing;
import hansa.federation.images.ImageId;
import hansa.federation.sites.FlavourId;
import hansa.kernel.base.ErrorCode;
import hansa.kernel.base.Failure;
import hansa.kernel.store.StoreUrl;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What was used at a cloud by its own books, beside what the store knows. */
abstract class CloudUsageContract {

    private static final Instant BEGIN = Instant.now().minus(Duration.ofHours(1));
    private static final Instant END = BEGIN.plus(Duration.ofDays(2));

    @TempDir
    Path folder;

    abstract StoreUrl database(Path folder);

    private static Machine create(Installation node, String title) {
        MachineId id = node.federation()
                .machines()
                .create(ALICE, NewMachine.of(title, new ImageId("tiny"), new FlavourId("small")))
                .id();
        return await().atMost(Duration.ofSeconds(20))
                .until(
                        () -> node.federation().machines().get(ALICE, id),
                        machine -> machine.state() == MachineState.ACTIVE);
    }

    private static void delete(Installation node, Machine machine) {
        node.federation().machines().delete(ALICE, machine.id());
        await().atMost(Duration.ofSeconds(20))
                .until(() -> node.federation()
                        .machines()
                        .getAll(ALICE, List.of(machine.id()))
                        .isEmpty());
    }

    private static List<UsageLine> usage(Installation node) {
        return report(node, OPERATOR, Optional.of(BEGIN), Optional.of(END)).lines();
    }

    private static UsageReport report(Installation node, Caller caller, Optional<Instant> from, Optional<Instant> to) {
        return node.federation().cloudUsage().report(caller, SIM, from, to);
    }

    /** Whose clouds' books are changed before they are read. */
    private Installation with(UnaryOperator<List<RemoteUsage>> change) {
        return Installation.on(folder)
                .store(database(folder))
                .wrappedCloud(cloud -> new TamperedCloud(
                        cloud,
                        (verb, answer) -> verb.equals("usage") ? change.apply(stretches(answer.get())) : answer.get()))
                .start();
    }

    @SuppressWarnings("unchecked")
    private static List<RemoteUsage> stretches(Object answer) {
        return (List<RemoteUsage>) answer;
    }

    private static RemoteUsage without(RemoteUsage stretch) {
        return new RemoteUsage(
                stretch.machine(), Optional.empty(), stretch.name(), stretch.size(), stretch.began(), stretch.ended());
    }

    private static void refused(ErrorCode code, String text, ThrowingCallable call) {
        assertThat(catchThrowable(call))
                .isInstanceOfSatisfying(
                        Failure.class, failure -> assertThat(failure.code()).isEqualTo(code))
                .hasMessageContaining(text);
    }

    @Test
    void what_is_there_and_what_was_deleted_is_known_again() {
        try (Installation node = Installation.on(folder).store(database(folder)).start()) {
            Machine kept = create(node, "kept");
            Machine gone = create(node, "gone");
            delete(node, gone);
            List<UsageLine> lines = usage(node);
            assertThat(lines).extracting(UsageLine::standing).containsExactly(Standing.KNOWN, Standing.DELETED);
            UsageLine known = lines.getFirst();
            assertThat(known.machine()).contains(kept.id());
            assertThat(known.owner()).contains(ALICE.id());
            assertThat(known.name()).isEqualTo("kept");
            assertThat(known.size()).isEqualTo(kept.size());
            assertThat(known.ended()).isEmpty();
            UsageLine deleted = lines.getLast();
            assertThat(deleted.machine()).contains(gone.id());
            assertThat(deleted.owner()).isEmpty();
            assertThat(deleted.ended()).isPresent();
        }
    }

    @Test
    void books_without_tokens_are_read_by_the_ids_of_the_cloud() {
        try (Installation node =
                with(books -> books.stream().map(CloudUsageContract::without).toList())) {
            Machine kept = create(node, "kept");
            Machine gone = create(node, "gone");
            delete(node, gone);
            assertThat(usage(node))
                    .extracting(UsageLine::standing, line -> line.machine().orElseThrow())
                    .containsExactly(tuple(Standing.KNOWN, kept.id()), tuple(Standing.DELETED, gone.id()));
        }
    }

    @Test
    void what_the_books_have_and_nobody_here_knows_shows_and_so_does_what_they_lack() {
        RemoteUsage strange = new RemoteUsage(
                new RemoteId("vm-strange"),
                Optional.of(new Token("nobodys")),
                "strange",
                new Size(8, 4096, 0),
                BEGIN,
                Optional.of(BEGIN.plusSeconds(60)));
        try (Installation node = with(_ -> List.of(strange))) {
            Machine ours = create(node, "ours");
            List<UsageLine> lines = usage(node);
            assertThat(lines.getFirst())
                    .isEqualTo(new UsageLine(
                            Standing.UNKNOWN,
                            strange.machine(),
                            Optional.empty(),
                            Optional.empty(),
                            Optional.empty(),
                            "strange",
                            strange.size(),
                            Optional.of(BEGIN),
                            strange.ended()));
            assertThat(lines).hasSize(2);
            assertThat(lines.getLast().standing()).isEqualTo(Standing.MISSING);
            assertThat(lines.getLast().machine()).contains(ours.id());
            assertThat(lines.getLast().remote())
                    .isEqualTo(node.cloud(SIM).list().getFirst().id());
            assertThat(lines.getLast().began()).isEmpty();
            assertThat(report(node, OPERATOR, Optional.of(BEGIN.minusSeconds(9)), Optional.of(BEGIN))
                            .lines())
                    .as("a machine that was made after that time is not missing in it")
                    .extracting(UsageLine::standing)
                    .containsExactly(Standing.UNKNOWN);
        }
    }

    @Test
    void only_operators_ask_and_only_for_a_time_that_makes_sense() {
        try (Installation node = Installation.on(folder).store(database(folder)).start()) {
            CloudUsage usage = node.federation().cloudUsage();
            refused(ErrorCode.POLICY_DENIED, "", () -> report(node, ALICE, Optional.empty(), Optional.empty()));
            refused(
                    ErrorCode.RESOURCE_NOT_FOUND,
                    "There is no cloud 'nowhere'",
                    () -> usage.report(OPERATOR, new CloudName("nowhere"), Optional.empty(), Optional.empty()));
            refused(
                    ErrorCode.ATTRIBUTE_INVALID,
                    "A time ends after it begins",
                    () -> report(node, OPERATOR, Optional.of(END), Optional.of(END)));
            refused(
                    ErrorCode.ATTRIBUTE_INVALID,
                    "at most 400 days",
                    () -> report(node, OPERATOR, Optional.of(END.minus(Duration.ofDays(401))), Optional.of(END)));
            for (Instant far : List.of(Instant.MIN, Instant.MAX, Instant.parse("1999-12-31T23:59:59Z"))) {
                refused(
                        ErrorCode.ATTRIBUTE_INVALID,
                        "not a time that they could have",
                        () -> report(node, OPERATOR, Optional.empty(), Optional.of(far)));
                refused(
                        ErrorCode.ATTRIBUTE_INVALID,
                        "not a time that they could have",
                        () -> report(node, OPERATOR, Optional.of(far), Optional.empty()));
            }
            UsageReport usual = report(node, OPERATOR, Optional.empty(), Optional.of(END));
            assertThat(usual.from()).isEqualTo(END.minus(CloudUsage.USUAL));
            assertThat(usual.skew()).isEmpty();
        }
    }

    @Test
    void a_cloud_that_does_not_answer_and_books_that_are_too_long_are_told() {
        AtomicReference<UnaryOperator<List<RemoteUsage>>> change = new AtomicReference<>(_ -> {
            throw new CloudException.Unavailable("the ledger is on fire");
        });
        try (Installation node = with(books -> change.get().apply(books))) {
            refused(
                    ErrorCode.CLOUD_UNAVAILABLE,
                    "The books of 'sim' cannot be read: the cloud does not answer: the ledger is on fire.",
                    () -> usage(node));
            change.set(_ -> {
                throw new CloudException.Unauthorised("only accountants may look");
            });
            refused(ErrorCode.CLOUD_REFUSED, "does not let us: only accountants may look", () -> usage(node));
            change.set(_ -> IntStream.rangeClosed(0, 20_000)
                    .mapToObj(i -> new RemoteUsage(
                            new RemoteId("vm-" + i),
                            Optional.empty(),
                            "m",
                            new Size(1, 64, 0),
                            BEGIN,
                            Optional.empty()))
                    .toList());
            refused(ErrorCode.ATTRIBUTE_INVALID, "have 20001 lines of that time", () -> usage(node));
        }
    }
}

package hansa.federation.images;

import static hansa.federation.Installation.OPERATOR;
import static hansa.federation.images.Senders.caller;
import static hansa.federation.images.Senders.send;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import hansa.federation.Installation;
import hansa.federation.caller.Caller;
import hansa.federation.compute.OrganisationUse;
import hansa.federation.vos.Limits;
import hansa.kernel.base.ErrorCode;
import hansa.kernel.base.Failure;
import hansa.kernel.store.StoreUrl;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How many images people and virtual organisations may have, and how large, on either database. */
abstract class ImageQuotaContract {

    private static final int MIB = 1 << 20;
    private static final Caller ALICE = caller("alice", "/biomed");
    private static final Caller BOB = caller("bob", "/biomed");

    abstract StoreUrl database(Path folder);

    @TempDir
    Path folder;

    private Installation node;
    private Images images;

    /** Three images of two mebibytes are what one may have, and four images of three what all of biomed may. */
    @BeforeEach
    void start() {
        node = Installation.on(folder)
                .store(database(folder))
                .images(old -> new ImageSettings(
                        old.folder(),
                        old.maxBytes(),
                        old.fetchTimeout(),
                        true,
                        3,
                        2L * MIB,
                        0,
                        old.tool(),
                        old.disks()))
                .start();
        images = node.federation().images();
        node.federation().vos().organisations().create(OPERATOR, "biomed", "", "");
        node.federation()
                .vos()
                .quotas()
                .set(
                        OPERATOR,
                        "biomed",
                        new Limits(
                                Optional.empty(),
                                Optional.empty(),
                                Optional.empty(),
                                Optional.empty(),
                                Optional.empty(),
                                Optional.empty(),
                                Optional.of(4L),
                                Optional.of(3L),
                                Optional.of(50),
                                0),
                        OptionalLong.empty());
    }

    @AfterEach
    void close() {
        node.close();
    }

    private static void refused(String text, ThrowingCallable call) {
        assertThat(catchThrowable(call))
                .isInstanceOfSatisfying(
                        Failure.class,
                        failure -> assertThat(failure.code())
                                .as(failure.getMessage())
                                .isEqualTo(ErrorCode.QUOTA_EXCEEDED))
                .hasMessageContaining(text);
    }

    private static NewUpload upload(String id) {
        return new NewUpload(
                Optional.of(new ImageId(id)), id, "raw", Optional.empty(), Optional.empty(), Sharing.PRIVATE);
    }

    private static InputStream neverRead() {
        return new InputStream() {
            @Override
            public int read() {
                throw new AssertionError("it was read");
            }
        };
    }

    @Test
    void what_one_may_have_is_told_before_a_byte_is_taken_and_is_free_again_after_a_delete() {
        send(images, ALICE, "a", Sharing.PRIVATE, MIB);
        send(images, ALICE, "b", Sharing.PRIVATE, MIB / 2);
        refused(
                "This would go beyond the quota: 2 of 2 MiB of images used, 1 more wanted. Delete images",
                () -> images.uploads().receive(ALICE, upload("c"), OptionalLong.of(MIB), neverRead()));
        refused(
                "larger than what its owner's quota",
                () -> images.uploads()
                        .receive(ALICE, upload("c"), OptionalLong.empty(), new ByteArrayInputStream(new byte[MIB])));
        send(images, ALICE, "d", Sharing.PRIVATE, 1000);
        refused(
                "3 of 3 images used, 1 more wanted",
                () -> images.uploads().receive(ALICE, upload("e"), OptionalLong.of(1), neverRead()));
        send(images, BOB, "f", Sharing.PRIVATE, MIB);
        send(images, OPERATOR, "g", Sharing.PRIVATE, MIB);

        images.delete(ALICE, new ImageId("a"));
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(catchThrowable(() -> send(images, ALICE, "h", Sharing.PRIVATE, MIB)))
                        .isNull());
    }

    @Test
    void what_is_shared_counts_to_the_organisation_and_not_when_it_is_withdrawn() {
        send(images, ALICE, "a", Sharing.ORGANISATION, MIB);
        send(images, ALICE, "b", Sharing.PRIVATE, MIB / 2);
        send(images, ALICE, "c", Sharing.PRIVATE, 1000);
        share("b", Audience.members("/biomed"));
        refused(
                "one member's share of the quota of the virtual organisation 'biomed': 2 of 2 images used",
                () -> share("c", Audience.members("/biomed/imaging")));
        share("b", Audience.members("/biomed/imaging"));
        send(images, BOB, "x", Sharing.ORGANISATION, MIB);
        refused(
                "the quota of the virtual organisation 'biomed': 3 of 3 MiB of images used, 1 more wanted",
                () -> send(images, BOB, "y", Sharing.ORGANISATION, MIB / 2 + 2000));
        assertThat(report().used().images()).isEqualTo(3);
        assertThat(report().used().imageMib()).isEqualTo(3);
        assertThat(report().own().images()).isEqualTo(2);
        assertThat(report().limits().images()).contains(4L);

        share("a", Audience.NOBODY);
        send(images, BOB, "y", Sharing.ORGANISATION, MIB / 2);
        assertThat(report().used().images()).isEqualTo(3);
        assertThat(report().used().imageMib()).isEqualTo(2);
    }

    private void share(String id, Audience audience) {
        images.sharing().share(ALICE, new ImageId(id), audience, OptionalLong.empty());
    }

    private OrganisationUse.Report report() {
        return node.federation().organisationUse().of(ALICE, "biomed");
    }

    @Test
    void the_last_place_goes_to_one_of_many_who_send_at_once() throws Exception {
        send(images, ALICE, "a", Sharing.PRIVATE, 1000);
        send(images, ALICE, "b", Sharing.PRIVATE, 1000);
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch go = new CountDownLatch(1);
        InputStream slow = new ByteArrayInputStream(new byte[1000]) {
            @Override
            public int read(byte[] to, int from, int length) {
                begun.countDown();
                try {
                    go.await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
                return super.read(to, from, length);
            }
        };
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<Image> first =
                    threads.submit(() -> images.uploads().receive(ALICE, upload("c"), OptionalLong.of(1000), slow));
            begun.await();
            refused(
                    "3 of 3 images used",
                    () -> images.uploads().receive(ALICE, upload("d"), OptionalLong.of(1000), neverRead()));
            go.countDown();
            assertThat(first.get().state()).isEqualTo(ImageState.READY);
        }
    }

    @Test
    void one_that_breaks_off_counts_no_more() {
        InputStream broken = new InputStream() {
            @Override
            public int read() throws java.io.IOException {
                throw new java.io.IOException("the line was cut");
            }
        };
        for (int i = 0; i < 4; i++) {
            String id = "broken-" + i;
            assertThat(catchThrowable(
                            () -> images.uploads().receive(ALICE, upload(id), OptionalLong.of(2L * MIB), broken)))
                    .isInstanceOf(Failure.class);
        }
        send(images, ALICE, "a", Sharing.PRIVATE, MIB);
    }

    @Test
    void one_that_is_fetched_ends_in_error_when_it_is_too_large_and_leaves_nothing() throws Exception {
        send(images, ALICE, "a", Sharing.PRIVATE, MIB);
        send(images, ALICE, "b", Sharing.PRIVATE, MIB / 2);
        Path source = Files.write(folder.resolve("source"), new byte[MIB]);
        var server = com.sun.net.httpserver.HttpServer.create(
                new java.net.InetSocketAddress(java.net.InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            try (exchange) {
                exchange.sendResponseHeaders(200, MIB);
                Files.copy(source, exchange.getResponseBody());
            }
        });
        server.start();
        try {
            ImageId id = images.register(
                            ALICE,
                            new NewImage(
                                    Optional.of(new ImageId("fetched")),
                                    "",
                                    "raw",
                                    URI.create("http://127.0.0.1:"
                                            + server.getAddress().getPort() + "/"),
                                    Optional.empty(),
                                    Optional.empty()))
                    .id();
            await().atMost(Duration.ofSeconds(20))
                    .until(() -> images.get(ALICE, id).state() == ImageState.ERROR);
            assertThat(images.get(ALICE, id).message()).startsWith("quota.exceeded: The image is larger than");
            try (var files = Files.list(folder.resolve("images"))) {
                assertThat(files.toList()).hasSize(2);
            }
            refused(
                    "3 of 3 images used",
                    () -> images.uploads().receive(ALICE, upload("more"), OptionalLong.of(1), neverRead()));
        } finally {
            server.stop(0);
        }
    }
}

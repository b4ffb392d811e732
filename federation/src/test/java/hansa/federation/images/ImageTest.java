package hansa.federation.images;

import static hansa.federation.Installation.ALICE;
import static hansa.federation.Installation.BOB;
import static hansa.federation.Installation.OPERATOR;
import static hansa.federation.Installation.SIM;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import hansa.cloud.CloudName;
import hansa.federation.Installation;
import hansa.federation.caller.Caller;
import hansa.federation.compute.Machine;
import hansa.federation.compute.MachineAction;
import hansa.federation.compute.MachineState;
import hansa.federation.compute.NewMachine;
import hansa.federation.listing.Page;
import hansa.federation.sites.FlavourId;
import hansa.kernel.base.ErrorCode;
import hansa.kernel.base.Failure;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ImageTest {

    private static final byte[] CONTENT = "the root disk".getBytes(StandardCharsets.UTF_8);

    @TempDir
    Path folder;

    private Installation node;
    private Images images;
    private HttpServer web;

    @BeforeEach
    void start() throws IOException {
        node = Installation.on(folder)
                .cloud("sim", Map.of())
                .cloud("other", Map.of("images", "rare"))
                .start();
        images = node.federation().images();
        web = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        web.createContext("/disk", exchange -> {
            exchange.sendResponseHeaders(200, CONTENT.length);
            exchange.getResponseBody().write(CONTENT);
            exchange.close();
        });
        web.createContext("/moved", exchange -> {
            exchange.getResponseHeaders().add("Location", "/disk");
            exchange.sendResponseHeaders(302, -1);
            exchange.close();
        });
        web.createContext("/loop", exchange -> {
            exchange.getResponseHeaders().add("Location", "/loop");
            exchange.sendResponseHeaders(302, -1);
            exchange.close();
        });
        web.createContext("/secret", exchange -> {
            exchange.getResponseHeaders().add("Location", "file:///etc/passwd");
            exchange.sendResponseHeaders(302, -1);
            exchange.close();
        });
        web.createContext("/huge", exchange -> {
            exchange.sendResponseHeaders(200, 2 << 20);
            exchange.getResponseBody().write(new byte[2 << 20]);
            exchange.close();
        });
        web.start();
    }

    @AfterEach
    void close() {
        web.stop(0);
        node.close();
    }

    private URI url(String path) {
        return URI.create("http://127.0.0.1:" + web.getAddress().getPort() + path);
    }

    private static String sha512() throws Exception {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-512").digest(CONTENT));
    }

    private static NewImage image(URI source, Optional<Long> size, Optional<String> sha512) {
        return new NewImage(Optional.empty(), "mine", "raw", source, size, sha512);
    }

    private Image registered(Caller caller, NewImage wanted) {
        ImageId id = images.register(caller, wanted).id();
        return await().atMost(Duration.ofSeconds(10))
                .until(() -> images.get(caller, id), image -> image.state() != ImageState.PENDING);
    }

    @Test
    void showsWhatTheCloudsBringAsOneImagePerName() {
        assertThat(images.get(ALICE, new ImageId("tiny")).clouds())
                .containsExactlyInAnyOrder(SIM, new CloudName("other"));
        assertThat(images.get(ALICE, new ImageId("rare")).clouds()).containsExactly(new CloudName("other"));
        assertThat(images.list(ALICE, Page.first(10)))
                .extracting(image -> image.id().value())
                .containsExactly("debian12", "rare", "tiny");
        assertThat(catchThrowable(() -> images.delete(OPERATOR, new ImageId("tiny"))))
                .isInstanceOfSatisfying(
                        Failure.class, failure -> assertThat(failure.code()).isEqualTo(ErrorCode.POLICY_DENIED));
    }

    @Test
    void fetchesChecksAndBringsAnImageToTheCloudThatNeedsIt() throws Exception {
        Image image =
                registered(OPERATOR, image(url("/moved"), Optional.of((long) CONTENT.length), Optional.of(sha512())));
        assertThat(image.state()).isEqualTo(ImageState.READY);
        assertThat(image.sha512()).contains(sha512());
        assertThat(image.owner()).isEmpty();
        assertThat(folder.resolve("images").resolve(sha512())).hasBinaryContent(CONTENT);

        Machine machine =
                node.federation().machines().create(ALICE, NewMachine.of("m", image.id(), new FlavourId("small")));
        await().atMost(Duration.ofSeconds(10))
                .until(() ->
                        node.federation().machines().get(ALICE, machine.id()).state() == MachineState.ACTIVE);
        assertThat(images.get(ALICE, image.id()).clouds()).containsExactly(SIM);
    }

    @Test
    void refusesAnImageThatIsNotTheAnnouncedOne() throws Exception {
        Image wrong = registered(OPERATOR, image(url("/disk"), Optional.empty(), Optional.of("0".repeat(128))));
        assertThat(wrong.state()).isEqualTo(ImageState.ERROR);
        assertThat(wrong.message()).startsWith("image.checksum: its SHA-512 is not the announced one");
        Image longer = registered(OPERATOR, image(url("/disk"), Optional.of(99L), Optional.empty()));
        assertThat(longer.message()).contains("13 bytes and should have 99");
        try (var files = Files.list(folder.resolve("images"))) {
            assertThat(files).isEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "/loop, redirects more than 5 times",
        "/secret, other than http",
        "/huge, larger than the limit",
        "/missing, answers 404"
    })
    void givesUpOnSourcesThatAreNoGood(String path, String words) {
        Image image = registered(OPERATOR, image(url(path), Optional.empty(), Optional.empty()));
        assertThat(image.state()).isEqualTo(ImageState.ERROR);
        assertThat(image.message()).startsWith("image.source: ").contains(words);
    }

    @Test
    void keepsCallersOutOfOurOwnNetwork() {
        Image image = registered(ALICE, image(url("/disk"), Optional.empty(), Optional.empty()));
        assertThat(image.state()).isEqualTo(ImageState.ERROR);
        assertThat(image.message()).contains("inside our own network");
    }

    @Test
    void takesFilesFromOperatorsAndDeletesThemWithTheImage() throws Exception {
        Path file = Files.write(folder.resolve("disk.raw"), CONTENT);
        Image image = registered(OPERATOR, image(file.toUri(), Optional.empty(), Optional.empty()));
        assertThat(image.state()).isEqualTo(ImageState.READY);
        images.delete(OPERATOR, image.id());
        await().atMost(Duration.ofSeconds(10)).untilAsserted(() -> {
            assertThat(images.count(OPERATOR)).isEqualTo(3);
            assertThat(folder.resolve("images").resolve(sha512())).doesNotExist();
        });
        assertThat(file).exists();
    }

    @Test
    void saysWhyACloudDoesNotTakeAnImage() {
        Path second = folder.resolve("second");
        assertThat(second.toFile().mkdir()).isTrue();
        try (Installation picky = Installation.on(second)
                .faults("on image-upload nth 1: refuse invalid \"too ugly\"")
                .start()) {
            Images theirs = picky.federation().images();
            ImageId id = theirs.register(OPERATOR, image(url("/disk"), Optional.empty(), Optional.empty()))
                    .id();
            Machine machine =
                    picky.federation().machines().create(ALICE, NewMachine.of("m", id, new FlavourId("small")));
            await().atMost(Duration.ofSeconds(10))
                    .until(() -> picky.federation()
                                    .machines()
                                    .get(ALICE, machine.id())
                                    .state()
                            == MachineState.ERROR);
            assertThat(picky.federation().machines().get(ALICE, machine.id()).message())
                    .contains("cannot be brought to the cloud 'sim'")
                    .contains("too ugly");
            picky.federation().machines().act(ALICE, machine.id(), new MachineAction.Start());
            await().atMost(Duration.ofSeconds(10))
                    .until(() -> picky.federation()
                                    .machines()
                                    .get(ALICE, machine.id())
                                    .state()
                            == MachineState.ACTIVE);
        }
    }

    @Test
    void belongToWhoRegisteredThem() {
        Image image = images.register(ALICE, image(url("/disk"), Optional.empty(), Optional.empty()));
        assertThat(image.owner()).contains("alice");
        assertThat(catchThrowable(() -> images.get(BOB, image.id()))).isInstanceOf(Failure.class);
        images.delete(ALICE, image.id());
    }
}

package hansa.federation.images;

import static hansa.federation.Installation.ALICE;
import static hansa.federation.Installation.BOB;
import static hansa.federation.Installation.OPERATOR;
import static hansa.federation.Installation.SIM;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import hansa.cloud.CloudName;
import hansa.cloud.ImageStore;
import hansa.cloud.RemoteImage;
import hansa.cloud.images.DiskFormat;
import hansa.cloud.images.DiskLimits;
import hansa.federation.Installation;
import hansa.federation.caller.Caller;
import hansa.federation.compute.Machine;
import hansa.federation.compute.MachineAction;
import hansa.federation.compute.MachineAction.SaveMethod;
import hansa.federation.compute.MachineState;
import hansa.federation.compute.NewMachine;
import hansa.federation.listing.Page;
import hansa.federation.sites.FlavourId;
import hansa.kernel.base.ErrorCode;
import hansa.kernel.base.Failure;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.UnaryOperator;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Images that people bring, take away and carry from cloud to cloud; a small program stands in for qemu-img. */
class OwnImageTest {

    private static final CloudName OTHER = new CloudName("other");
    private static final byte[] RAW = raw(64 * 1024);

    @TempDir
    Path folder;

    private Optional<Installation> running = Optional.empty();

    private static byte[] raw(int size) {
        byte[] content = new byte[size];
        Arrays.fill(content, (byte) 'r');
        return content;
    }

    @AfterEach
    void close() {
        running.ifPresent(Installation::close);
    }

    /** Its conversions are what it is given with the name of the new format in front. */
    private String tool(String script) {
        return tool(folder, script);
    }

    private static String tool(Path folder, String script) {
        try {
            Path program = Files.writeString(folder.resolve("tool"), "#!/bin/sh\n" + script);
            Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwx------"));
            return program.toString();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private String honest() {
        return honest(folder);
    }

    static String honest(Path folder) {
        return tool(folder, """
                case $1 in
                    info) echo '{"virtual-size": 65536}' ;;
                    check) echo '{}' ;;
                    convert)
                        to=$6
                        while [ $# -gt 2 ]; do shift; done
                        printf '    (50.00/100%%)\\r'
                        { printf '%s:' "$to"; cat "$1"; } > "$2" ;;
                esac
                """);
    }

    private Images start(UnaryOperator<ImageSettings> change) {
        Installation node = Installation.on(folder)
                .cloud("sim", Map.of())
                .cloud("other", Map.of("image-formats", "vmdk"))
                .images(change)
                .start();
        running = Optional.of(node);
        return node.federation().images();
    }

    static UnaryOperator<ImageSettings> with(String tool) {
        return with(tool, 4 << 20, 0);
    }

    static UnaryOperator<ImageSettings> with(String tool, long ownerBytes, long keepFree) {
        return old -> new ImageSettings(
                old.folder(),
                old.maxBytes(),
                old.fetchTimeout(),
                false,
                200,
                ownerBytes,
                keepFree,
                tool,
                new DiskLimits(1 << 20, 4 << 20, DiskLimits.MEMORY, Duration.ofSeconds(20)));
    }

    private static NewUpload upload(String format, Sharing sharing) {
        return new NewUpload(Optional.empty(), "mine", format, Optional.empty(), Optional.empty(), sharing);
    }

    private static Image sent(Images images, Caller caller, NewUpload wanted, byte[] content) {
        return images.uploads()
                .receive(caller, wanted, OptionalLong.of(content.length), new ByteArrayInputStream(content));
    }

    private static String sha512(byte[] content) throws Exception {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-512").digest(content));
    }

    private static void refused(ErrorCode code, String text, ThrowingCallable call) {
        assertThat(catchThrowable(call))
                .isInstanceOfSatisfying(
                        Failure.class,
                        failure -> assertThat(failure.code())
                                .as(failure.getMessage())
                                .isEqualTo(code))
                .hasMessageContaining(text);
    }

    private List<String> kept() throws IOException {
        if (!Files.exists(folder.resolve("images"))) {
            return List.of();
        }
        try (var files = Files.list(folder.resolve("images"))) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    private Machine machine(NewMachine wanted) {
        Installation node = running.orElseThrow();
        Machine made = node.federation().machines().create(ALICE, wanted);
        return await().atMost(Duration.ofSeconds(20))
                .until(
                        () -> node.federation().machines().get(ALICE, made.id()),
                        now -> now.state() == MachineState.ACTIVE || now.state() == MachineState.ERROR);
    }

    private static ImageCopy copied(Images images, ImageId id, DiskFormat format) {
        images.copies().want(ALICE, id, format);
        return await().atMost(Duration.ofSeconds(20))
                .until(() -> images.copies().get(ALICE, id, format), copy -> copy.state() != ImageCopy.State.PENDING);
    }

    @Test
    void what_is_sent_is_ones_own_and_ready_and_starts() throws Exception {
        Images images = start(with(honest()));
        Image image = sent(images, ALICE, upload("raw", Sharing.PRIVATE), RAW);
        assertThat(image.state()).isEqualTo(ImageState.READY);
        assertThat(image.owner()).contains("alice");
        assertThat(image.sha512()).contains(sha512(RAW));
        assertThat(image.sizeBytes()).isEqualTo(RAW.length);
        assertThat(images.list(BOB, Page.first(10))).extracting(Image::id).doesNotContain(image.id());
        refused(
                ErrorCode.RESOURCE_NOT_FOUND,
                "There is no image",
                () -> images.copies().list(BOB, image.id()));
        Machine machine =
                machine(NewMachine.of("m", image.id(), new FlavourId("small")).withCloud(SIM));
        assertThat(machine.state()).as(machine.message()).isEqualTo(MachineState.ACTIVE);
        assertThat(machine.cloud()).isEqualTo(SIM);
        assertThat(kept()).containsExactly(sha512(RAW));
    }

    @Test
    void what_a_cloud_does_not_take_is_converted_on_its_way() throws Exception {
        Images images = start(with(honest()));
        Image image = sent(images, ALICE, upload("raw", Sharing.PRIVATE), RAW);
        Machine machine =
                machine(NewMachine.of("m", image.id(), new FlavourId("small")).withCloud(OTHER));
        assertThat(machine.state()).as(machine.message()).isEqualTo(MachineState.ACTIVE);
        assertThat(images.get(ALICE, image.id()).clouds()).containsExactly(OTHER);
        assertThat(images.get(ALICE, image.id()).message()).isEmpty();
        ImageStore there =
                running.orElseThrow().cloud(OTHER).facet(ImageStore.class).orElseThrow();
        RemoteImage remote = running.orElseThrow().cloud(OTHER).describe().images().stream()
                .filter(each -> each.token().isPresent())
                .findFirst()
                .orElseThrow();
        assertThat(remote.format()).isEqualTo("vmdk");
        Path back = folder.resolve("back");
        there.download(remote.id(), back);
        assertThat(Files.readString(back)).startsWith("vmdk:rrr");
    }

    @Test
    void what_was_saved_at_one_cloud_starts_at_another_and_can_be_taken_away() throws Exception {
        Images images = start(with(honest()));
        Machine first = machine(
                NewMachine.of("m", new ImageId("tiny"), new FlavourId("small")).withCloud(SIM));
        ImageId saved = running.orElseThrow()
                .federation()
                .machines()
                .act(ALICE, first.id(), new MachineAction.Save(SaveMethod.HOT, "golden"))
                .image()
                .orElseThrow();
        await().atMost(Duration.ofSeconds(20))
                .until(() -> images.get(ALICE, saved).state() == ImageState.READY);
        Image image = images.get(ALICE, saved);
        assertThat(image.format()).isEqualTo("raw");
        assertThat(image.anywhere()).isTrue();
        assertThat(images.copies().list(ALICE, saved)).isEmpty();

        ImageCopy own = copied(images, saved, DiskFormat.RAW);
        assertThat(own.state()).as(own.message()).isEqualTo(ImageCopy.State.READY);
        assertThat(own.sizeBytes()).isEqualTo(1 << 20);
        ImageCopies.Content content = images.copies().open(ALICE, saved, DiskFormat.RAW);
        assertThat(sha512(Files.readAllBytes(content.file()))).isEqualTo(content.sha512());

        Machine second =
                machine(NewMachine.of("n", saved, new FlavourId("small")).withCloud(OTHER));
        assertThat(second.state()).as(second.message()).isEqualTo(MachineState.ACTIVE);
        assertThat(images.get(ALICE, saved).clouds()).containsExactlyInAnyOrder(SIM, OTHER);
    }

    @Test
    void a_copy_is_made_in_the_format_that_is_asked_for_and_goes_with_its_image() throws Exception {
        Images images = start(with(honest()));
        Image image = sent(images, ALICE, upload("raw", Sharing.PRIVATE), RAW);
        assertThat(images.copies().list(ALICE, image.id()))
                .containsExactly(ImageCopy.ready(DiskFormat.RAW, RAW.length, sha512(RAW)));
        refused(
                ErrorCode.RESOURCE_NOT_FOUND,
                "not here as vhd; ask for it first",
                () -> images.copies().open(ALICE, image.id(), DiskFormat.VHD));
        ImageCopy copy = copied(images, image.id(), DiskFormat.VHD);
        assertThat(copy.state()).as(copy.message()).isEqualTo(ImageCopy.State.READY);
        ImageCopies.Content content = images.copies().open(ALICE, image.id(), DiskFormat.VHD);
        assertThat(Files.readString(content.file())).startsWith("vpc:rrr");
        assertThat(copy.sha512()).contains(sha512(Files.readAllBytes(content.file())));
        assertThat(kept()).containsExactly(sha512(RAW), sha512(RAW) + ".vhd");
        images.delete(ALICE, image.id());
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(kept()).isEmpty());
    }

    @Test
    void a_copy_that_cannot_be_made_says_why_and_is_tried_again_when_asked_for() {
        Images images = start(with(tool("""
                case $1 in
                    info) echo '{"virtual-size": 65536}' ;;
                    convert) echo 'qemu-img: it is all wrong' >&2; exit 1 ;;
                esac
                """)));
        Image image = sent(images, ALICE, upload("raw", Sharing.PRIVATE), RAW);
        ImageCopy failed = copied(images, image.id(), DiskFormat.VDI);
        assertThat(failed.state()).isEqualTo(ImageCopy.State.ERROR);
        assertThat(failed.message()).isEqualTo("It cannot be read: qemu-img: it is all wrong.");
        honest();
        assertThat(copied(images, image.id(), DiskFormat.VDI).state()).isEqualTo(ImageCopy.State.READY);
    }

    @Test
    void a_machine_waits_no_longer_for_an_image_that_cannot_be_converted() {
        Images images = start(with(tool("case $1 in info) echo '{\"virtual-size\": 9999999}' ;; esac\n")));
        Image bomb = sent(images, ALICE, upload("raw", Sharing.PRIVATE), RAW);
        Machine machine =
                machine(NewMachine.of("m", bomb.id(), new FlavourId("small")).withCloud(OTHER));
        assertThat(machine.state()).isEqualTo(MachineState.ERROR);
        assertThat(machine.message()).contains("unfolds to a disk of 9999999 bytes");
    }

    @Test
    void nothing_is_left_of_what_is_not_what_it_was_announced_to_be() throws Exception {
        Images images = start(with(honest()));
        refused(
                ErrorCode.IMAGE_SOURCE,
                "it is declared as vmdk but is none",
                () -> sent(images, ALICE, upload("vmdk", Sharing.PRIVATE), RAW));
        byte[] qcow2 = new byte[512];
        System.arraycopy(new byte[] {'Q', 'F', 'I', (byte) 0xfb, 0, 0, 0, 2, 0, 0, 0, 0, 0, 0, 1}, 0, qcow2, 0, 15);
        refused(
                ErrorCode.IMAGE_SOURCE,
                "it needs a backing file",
                () -> sent(images, ALICE, upload("qcow2", Sharing.PRIVATE), qcow2));
        refused(
                ErrorCode.IMAGE_SOURCE,
                "the file is empty",
                () -> sent(images, ALICE, upload("raw", Sharing.PRIVATE), new byte[0]));
        refused(
                ErrorCode.IMAGE_CHECKSUM,
                "has 65536 bytes and should have 7",
                () -> sent(
                        images,
                        ALICE,
                        new NewUpload(Optional.empty(), "m", "raw", Optional.of(7L), Optional.empty(), Sharing.PRIVATE),
                        RAW));
        refused(
                ErrorCode.IMAGE_CHECKSUM,
                "SHA-512 is not the announced one",
                () -> sent(
                        images,
                        ALICE,
                        new NewUpload(
                                Optional.empty(),
                                "m",
                                "raw",
                                Optional.empty(),
                                Optional.of("0".repeat(128)),
                                Sharing.PRIVATE),
                        RAW));
        assertThat(kept()).isEmpty();
        assertThat(images.count(ALICE)).isEqualTo(2);
    }

    @Test
    void what_is_too_much_is_refused_before_it_is_sent_or_as_it_comes() throws Exception {
        Images images = start(with(honest(), 100_000, 0));
        InputStream never = new InputStream() {
            @Override
            public int read() {
                throw new AssertionError("it was read");
            }

            @Override
            public int read(byte[] to, int offset, int length) {
                throw new AssertionError("it was read");
            }
        };
        refused(
                ErrorCode.REQUEST_TOO_LARGE,
                "at most 1048576 bytes",
                () -> images.uploads().receive(ALICE, upload("raw", Sharing.PRIVATE), OptionalLong.of(2 << 20), never));
        refused(
                ErrorCode.IMAGE_SOURCE,
                "larger than the limit",
                () -> images.uploads()
                        .receive(
                                OPERATOR,
                                upload("raw", Sharing.PRIVATE),
                                OptionalLong.empty(),
                                new ByteArrayInputStream(raw(2 << 20))));
        sent(images, ALICE, upload("raw", Sharing.PRIVATE), RAW);
        refused(
                ErrorCode.QUOTA_EXCEEDED,
                "the quota: 1 of 0 MiB of images used, 1 more wanted",
                () -> images.uploads().receive(ALICE, upload("raw", Sharing.PRIVATE), OptionalLong.of(65_536), never));
        refused(
                ErrorCode.QUOTA_EXCEEDED,
                "larger than what its owner's quota",
                () -> images.uploads()
                        .receive(
                                ALICE,
                                upload("raw", Sharing.PRIVATE),
                                OptionalLong.empty(),
                                new ByteArrayInputStream(raw(60_000))));
        assertThat(kept()).containsExactly(sha512(RAW));
    }

    @Test
    void a_full_disk_is_told() throws Exception {
        Images images = start(with(honest(), 4 << 20, Long.MAX_VALUE));
        refused(
                ErrorCode.STORE_FULL,
                "no room for the image",
                () -> sent(images, ALICE, upload("raw", Sharing.PRIVATE), RAW));
        assertThat(kept()).isEmpty();
    }

    @Test
    void without_the_tool_only_what_needs_none_is_taken() {
        Images images = start(with("no-such-tool"));
        refused(
                ErrorCode.CLOUD_UNSUPPORTED,
                "Images of the format vmdk are converted by no-such-tool, which is missing",
                () -> sent(images, ALICE, upload("vmdk", Sharing.PRIVATE), RAW));
        Image image = sent(images, ALICE, upload("raw", Sharing.PRIVATE), RAW);
        refused(
                ErrorCode.CLOUD_UNSUPPORTED,
                "cannot convert from raw to qcow2",
                () -> images.copies().want(ALICE, image.id(), DiskFormat.QCOW2));
        assertThat(images.copies().want(ALICE, image.id(), DiskFormat.RAW).state())
                .isEqualTo(ImageCopy.State.READY);
    }

    @Test
    void it_is_shared_only_with_whom_its_owner_says() {
        Images images = start(with(honest()));
        refused(
                ErrorCode.POLICY_DENIED,
                "Only operators share images with everybody",
                () -> sent(images, ALICE, upload("raw", Sharing.EVERYBODY), RAW));
        refused(
                ErrorCode.ATTRIBUTE_INVALID,
                "act in the name of one",
                () -> sent(images, ALICE, upload("raw", Sharing.ORGANISATION), RAW));
        Image everybodys = sent(images, OPERATOR, upload("raw", Sharing.EVERYBODY), RAW);
        assertThat(everybodys.owner()).isEmpty();
        assertThat(images.get(BOB, everybodys.id()).title()).isEqualTo("mine");
    }

    @Test
    void a_chosen_id_is_taken_once_and_formats_have_names() {
        Images images = start(with(honest()));
        NewUpload named = new NewUpload(
                Optional.of(new ImageId("base")), "", "raw", Optional.empty(), Optional.empty(), Sharing.PRIVATE);
        assertThat(sent(images, ALICE, named, RAW).title()).isEqualTo("base");
        refused(ErrorCode.RESOURCE_EXISTS, "There is an image 'base' already", () -> sent(images, ALICE, named, RAW));
        refused(
                ErrorCode.ATTRIBUTE_INVALID,
                "raw, qcow2, vmdk, vhd, vdi or vhdx, not 'iso'",
                () -> sent(images, ALICE, upload("iso", Sharing.PRIVATE), RAW));
        refused(
                ErrorCode.CLOUD_UNSUPPORTED,
                "is a cloud's own",
                () -> images.copies().want(ALICE, new ImageId("tiny"), DiskFormat.RAW));
    }

    @Test
    void an_upload_that_breaks_off_leaves_nothing() throws Exception {
        Images images = start(with(honest()));
        InputStream broken = new InputStream() {
            private int left = 1000;

            @Override
            public int read() {
                byte[] one = new byte[1];
                return read(one, 0, 1) < 0 ? -1 : one[0];
            }

            @Override
            public int read(byte[] to, int offset, int length) {
                if (left == 0) {
                    throw new Failure(ErrorCode.REQUEST_MALFORMED, "The body ended before it was complete.");
                }
                int count = Math.min(left, length);
                left -= count;
                return count;
            }
        };
        refused(
                ErrorCode.REQUEST_MALFORMED,
                "ended before",
                () -> images.uploads().receive(ALICE, upload("raw", Sharing.PRIVATE), OptionalLong.of(65_536), broken));
        assertThat(kept()).isEmpty();
    }
}

package hansa.cli;

import static org.assertj.core.api.Assertions.assertThat;

import hansa.cli.Typed.Result;
import hansa.cli.client.Exit;
import hansa.cli.client.Json;
import hansa.cli.client.JsonText;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** One's own image and files, from the command line. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ImageTransferTest {

    private LocalNode node;
    private Typed anna;
    private Typed bert;

    @BeforeAll
    void start(@TempDir Path home) {
        node = LocalNode.start(home.resolve("hansa"));
        anna = as("anna");
        bert = as("bert");
    }

    private Typed as(String name) {
        return Typed.inAPipe()
                .with("HANSA_ENDPOINT", node.endpoint().toString())
                .with("HANSA_TOKEN", node.user(name))
                .with("HANSA_CA", node.data().resolve("tls").resolve("ca.pem").toString());
    }

    @AfterAll
    void stop() {
        node.close();
    }

    private static Json.Members json(String out) {
        return (Json.Members) JsonText.parse(out.getBytes(StandardCharsets.UTF_8));
    }

    private static Path disk(Path folder, String name) throws IOException {
        byte[] content = new byte[700_000];
        new Random(11).nextBytes(content);
        return Files.write(folder.resolve(name), content);
    }

    @Test
    void anImageGoesUpStartsAndComesBack(@TempDir Path folder) throws IOException {
        Path disk = disk(folder, "mine.raw");
        assertThat(anna.done("image upload " + disk)).matches("image mine \\(.*\\) is ready\n");
        assertThat(bert.done("image list -o name")).doesNotContain("mine");
        assertThat(json(anna.done("image show mine -o json")).text("format")).isEqualTo("raw");

        Path motd = Files.writeString(folder.resolve("motd"), "welcome\n");
        assertThat(anna.done("vm create web --image mine --flavour small --public-address --file /etc/motd=" + motd
                        + " --wait"))
                .endsWith("is active\n");
        Json.Members web = json(anna.done("vm show web -o json"));
        assertThat(web.objects("nics")).singleElement().satisfies(nic -> {
            assertThat(nic.text("networkTitle")).isEqualTo("public");
            assertThat(nic.items("addresses").getFirst().plain()).startsWith("198.1");
        });
        assertThat(web.flag("hasUserData")).isTrue();

        Path back = folder.resolve("back.raw");
        assertThat(anna.done("image download mine --file " + back)).contains("is in " + back);
        assertThat(back).hasSameBinaryContentAs(disk);
        assertThat(folder.resolve("back.raw.part")).doesNotExist();

        assertThat(anna.done("vm save web --name golden --wait")).contains("is ready");
        Path saved = folder.resolve("saved.raw");
        assertThat(anna.done("image download golden --file " + saved)).contains("is in " + saved);
        assertThat(saved).hasSameBinaryContentAs(disk);
    }

    private static void refused(Result result, Exit exit, String words) {
        assertThat(result.exit()).as(result.err()).isEqualTo(exit);
        assertThat(result.err()).contains(words);
    }

    @Test
    void refusalsAreSaidBeforeAnythingIsSent(@TempDir Path folder) throws IOException {
        Path disk = disk(folder, "disk.bin");
        refused(anna.run("image", "upload", disk.toString(), "--format", "iso"), Exit.USAGE, "'iso'");
        refused(anna.run("image", "upload", folder + "/none.raw"), Exit.USAGE, "there is no file");
        refused(
                anna.run("image", "upload", disk.toString(), "--format", "vmdk"),
                Exit.USAGE,
                "declared as vmdk but is none");
        refused(
                anna.run("image", "upload", disk.toString(), "--format", "raw", "--sha512", "0".repeat(128)),
                Exit.USAGE,
                "SHA-512 is not the announced one");
        refused(
                anna.run("image", "upload", disk.toString(), "--format", "raw", "--share", "everybody"),
                Exit.REFUSED,
                "Only operators");
        refused(anna.run("image", "download", "tiny", "--file", disk.toString()), Exit.USAGE, "is there already");
        refused(
                anna.run("image", "download", "tiny", "--file", folder + "/tiny.raw"),
                Exit.REFUSED,
                "is a cloud's own");
        refused(
                anna.run("vm", "create", "x", "--image", "tiny", "--flavour", "small", "--file", "etc/motd"),
                Exit.USAGE,
                "--file' takes");
    }
}

package hansa.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import hansa.cli.client.Exit;
import hansa.cli.client.Refusal;
import hansa.cli.demo.DemoSettings.Hypervisor;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The demonstration as a process of its own, on a node that is a process too. */
class DemoTest {

    private static final String JAVA =
            Path.of(System.getProperty("java.home"), "bin", "java").toString();
    private static final List<String> QUICK = List.of(
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "--enable-native-access=ALL-UNNAMED",
            "-cp",
            System.getProperty("java.class.path"));

    private static Process demo(Path temporary, Path out) throws IOException {
        List<String> command = new ArrayList<>(List.of(JAVA));
        command.addAll(QUICK);
        command.addAll(List.of("-Djava.io.tmpdir=" + temporary, "hansa.cli.Main", "demo", "--simulated"));
        List<String> node = new ArrayList<>(List.of(JAVA));
        node.addAll(QUICK);
        node.add("hansa.cli.LocalNode");
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(out.toFile());
        builder.environment().put("HANSA_NODE_COMMAND", String.join(" ", node));
        return builder.start();
    }

    private static List<Path> content(Path folder) throws IOException {
        try (Stream<Path> all = Files.list(folder)) {
            return all.filter(path -> path.getFileName().toString().startsWith("hansa-demo-"))
                    .toList();
        }
    }

    @Test
    void doesTheMainJobOnASimulatedCloudAndSaysSoFirstAndLast(@TempDir Path folder) throws Exception {
        Path temporary = Files.createDirectory(folder.resolve("tmp"));
        Path out = folder.resolve("out");
        Process demo = demo(temporary, out);
        assertThat(demo.waitFor(60, TimeUnit.SECONDS)).isTrue();
        List<String> lines = Files.readAllLines(out);
        assertThat(demo.exitValue()).as(lines.toString()).isZero();
        assertThat(lines.getFirst()).contains("on a simulated cloud: no machine really boots");
        assertThat(lines.getLast()).startsWith("Done in ").contains("on a simulated cloud: no machine really boots");
        assertThat(lines.stream().filter(line -> line.matches(" *\\d+ {2}.*\\d s {2}ok")))
                .hasSize(13);
        assertThat(lines.stream().map(String::strip))
                .anyMatch(line -> line.matches("console: hansa-demo: user data of [0-9a-f-]{36} runs"))
                .anyMatch(line -> line.startsWith("not fetched: a simulated machine runs no web server"));
        assertThat(content(temporary)).isEmpty();
    }

    @Test
    void cleansUpWhenItIsInterrupted(@TempDir Path folder) throws Exception {
        Path temporary = Files.createDirectory(folder.resolve("tmp"));
        Path out = folder.resolve("out");
        Process demo = demo(temporary, out);
        await().atMost(Duration.ofSeconds(60))
                .until(() -> Files.readString(out).contains("create a machine with user data"));
        List<ProcessHandle> nodes = demo.descendants().toList();
        assertThat(nodes).isNotEmpty();
        demo.destroy();
        assertThat(demo.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(demo.exitValue()).isNotZero();
        await().atMost(Duration.ofSeconds(30)).until(() -> nodes.stream().noneMatch(ProcessHandle::isAlive));
        assertThat(content(temporary)).isEmpty();
        assertThat(Files.readString(out)).contains("interrupted; cleaning up").doesNotContain("left behind", "FAILED");
    }

    @Test
    void saysWhatIsMissingBeforeItStartsAnything(@TempDir Path folder) throws IOException {
        assertThatThrownBy(() -> DemoSettings.of(false, Map.of())).isInstanceOfSatisfying(Refusal.class, refusal -> {
            assertThat(refusal.exit()).isEqualTo(Exit.FAILED);
            assertThat(refusal.line()).contains("HANSA_LIBVIRT_URI", "./hansa demo --simulated");
        });
        Map<String, String> without =
                Map.of("HANSA_LIBVIRT_URI", "qemu:///system", "HANSA_TINY_IMAGE", "/nowhere/tiny.qcow2");
        assertThatThrownBy(() -> DemoSettings.of(false, without)).hasMessageContaining("peers/tiny-image");

        Path image = Files.createFile(folder.resolve("tiny.qcow2"));
        DemoSettings settings = DemoSettings.of(
                false,
                Map.of(
                        "HANSA_LIBVIRT_URI", "qemu:///system",
                        "HANSA_TINY_IMAGE", image.toString(),
                        "HANSA_ACCELERATOR", "tcg",
                        "HANSA_LIBVIRT_FORWARD_ADDRESS", "198.18.1.2",
                        "HANSA_HOME", "/opt/hansa"));
        assertThat(settings.command()).containsExactly("/opt/hansa/hansa", "up");
        assertThat(settings.ground()).isInstanceOf(Hypervisor.class);
        assertThat(settings.ground().description()).contains("real QEMU", "TCG");
        assertThat(settings.ground().cloudSettings())
                .containsExactly(
                        "clouds.demo.driver=libvirt",
                        "clouds.demo.uri=qemu:///system",
                        "clouds.demo.accelerator=tcg",
                        "clouds.demo.image-folder=" + folder,
                        "clouds.demo.forward-address=198.18.1.2");
    }

    @Test
    void saysWhyANodeDoesNotStart(@TempDir Path folder) throws IOException {
        Path broken = Files.writeString(folder.resolve("node"), "#!/bin/sh\necho 'no room left'\nexit 3\n");
        assertThat(broken.toFile().setExecutable(true)).isTrue();
        try (DemoNode node = new DemoNode(new DemoSettings(new DemoSettings.Simulated(), List.of(broken.toString())))) {
            assertThatThrownBy(node::start).hasMessage("the node ended with 3: no room left");
        }
    }

    @Test
    void makesKeysThatOpenSshReads() {
        String[] parts = SshKey.fresh("demo@hansa").split(" ");
        assertThat(parts).hasSize(3);
        assertThat(parts[0]).isEqualTo("ssh-ed25519");
        byte[] blob = Base64.getDecoder().decode(parts[1]);
        assertThat(blob).hasSize(4 + 11 + 4 + 32);
        assertThat(new String(blob, 4, 11, StandardCharsets.US_ASCII)).isEqualTo("ssh-ed25519");
    }

    @Test
    void givesTheGuestAScriptThatTellsWhoItIs() {
        GuestScript script = new GuestScript("42");
        assertThat(script.text())
                .startsWith("#!/bin/sh\n")
                .contains("echo \"" + script.greeting() + "\"\n", "> /www/index.html\nhttpd -p 80 -h /www\n");
        assertThat(script.worthShowing("tiny: address eth0 10.0.2.15/24 gateway none"))
                .isTrue();
        assertThat(script.worthShowing("tiny: READY")).isFalse();
    }
}

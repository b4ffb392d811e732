package hansa.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import hansa.cloud.BootContext;
import hansa.cloud.Bytes;
import hansa.cloud.Cloud;
import hansa.cloud.CloudDriver;
import hansa.cloud.CloudName;
import hansa.cloud.Console;
import hansa.cloud.MachineOrder;
import hansa.cloud.RemoteId;
import hansa.cloud.Settings;
import hansa.cloud.Size;
import hansa.cloud.Token;
import hansa.federation.compute.ContextFile;
import hansa.federation.compute.ContextFiles;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.UUID;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A Debian with real cloud-init gets its name, its key, its owner's user data and files, by each kind of context disk. */
@Tag("peer")
final class CloudInitPeerTest {

    private static final Duration PATIENCE = Duration.ofMinutes(10);
    private static final String KEY =
            "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIJ1mGZ3V1kz0m0Q1mXh0y2cQv1tZ0m0Q1mXh0y2cQv1t tester";
    private static final String KEY_FINGERPRINT =
            "b3:a9:0d:5b:b1:ce:92:ef:11:2f:05:88:15:91:1b:ea:cf:c5:b9:c6:84:81:34" + ":8b:c5:b9:f2:f9:fb:ae:fe:26";

    /** The script is a part of its own, so it shows what all other parts came to. */
    private static final String USER_DATA = """
            #cloud-config
            write_files:
            - path: /etc/own
              content: "from the owner"
            runcmd:
            - [sh, -c, 'echo "CONTEXT own=$(cat /etc/own) file=$(cat /etc/hansa/greeting) mode=$(stat -c %a /etc/hansa/greeting) long=$(wc -c < /opt/long) name=$(hostname) END" > /dev/console']
            """;

    private static String required(String variable) {
        String value = System.getenv(variable);
        if (value == null || value.isBlank()) {
            throw new AssertionError(variable + " is not set; these tests are run by peers/verify");
        }
        return value;
    }

    private static Cloud open(Path folder, String kind) throws IOException {
        Path offered = Files.createDirectories(folder.resolve("offered"));
        Path image = offered.resolve("debian.qcow2");
        if (!Files.exists(image)) {
            Files.copy(Path.of(required("HANSA_DEBIAN_IMAGE")), image);
        }
        CloudDriver driver = ServiceLoader.load(CloudDriver.class).stream()
                .map(ServiceLoader.Provider::get)
                .filter(each -> each.name().equals("libvirt"))
                .findFirst()
                .orElseThrow();
        Settings settings = Settings.of(
                driver.settings(),
                Map.of(
                        "uri", required("HANSA_LIBVIRT_URI"),
                        "forward-address", required("HANSA_LIBVIRT_FORWARD_ADDRESS"),
                        "image-folder", offered.toString(),
                        "context", kind,
                        "accelerator", required("HANSA_ACCELERATOR")));
        Path own = Files.createDirectories(folder.resolve(kind));
        return driver.open(new CloudName(kind), settings, new CloudDriver.Surroundings(own, InstantSource.system()));
    }

    private static RemoteId boot(Cloud cloud) {
        Optional<Bytes> userData = ContextFiles.with(
                Optional.of(Bytes.utf8(USER_DATA)),
                List.of(
                        new ContextFile("/etc/hansa/greeting", Bytes.utf8("hello"), "0640", "root:adm"),
                        new ContextFile("/opt/long", Bytes.utf8("x".repeat(200_000)), "0644", "")));
        return cloud.create(new MachineOrder(
                        new Token("test-" + UUID.randomUUID()),
                        "cloud-init",
                        new RemoteId("debian"),
                        new Size(1, 768, 0),
                        Optional.empty(),
                        new BootContext(Optional.of("guest-of-hansa"), userData, List.of(KEY)),
                        List.of(),
                        List.of()))
                .id();
    }

    private static String console(Cloud cloud, RemoteId machine) {
        Console console = cloud.facet(Console.class).orElseThrow();
        ByteArrayOutputStream whole = new ByteArrayOutputStream();
        long offset = 0;
        while (true) {
            Console.Output piece = console.read(machine, offset, 65_536);
            if (piece.content().size() == 0) {
                return whole.toString(StandardCharsets.UTF_8);
            }
            whole.writeBytes(piece.content().toArray());
            offset = piece.next();
        }
    }

    @Test
    void whatItsOwnerWantsReachesTheGuestByEveryKindOfDisk() throws IOException {
        Path folder = Files.createTempDirectory("hansa-cloud-init").toRealPath();
        Map<Cloud, RemoteId> guests = new LinkedHashMap<>();
        try {
            // Both at once, since each spends its time booting.
            for (String kind : List.of("nocloud", "opennebula")) {
                Cloud cloud = open(folder, kind);
                guests.put(cloud, boot(cloud));
            }
            guests.forEach((cloud, guest) -> {
                String said = await("cloud-init to end")
                        .atMost(PATIENCE)
                        .pollInterval(Duration.ofSeconds(2))
                        .until(
                                () -> console(cloud, guest),
                                text -> text.contains("Cloud-init v.") && text.contains("finished at"));
                assertThat(said)
                        .contains("CONTEXT own=from the owner file=hello mode=640 long=200000 name=guest-of-hansa END")
                        .contains(KEY_FINGERPRINT);
            });
        } finally {
            for (Map.Entry<Cloud, RemoteId> guest : guests.entrySet()) {
                try (Cloud cloud = guest.getKey()) {
                    cloud.delete(guest.getValue());
                }
            }
            try (var files = Files.walk(folder)) {
                for (Path each :
                        files.sorted(java.util.Comparator.reverseOrder()).toList()) {
                    Files.deleteIfExists(each);
                }
            }
        }
    }
}

package hansa.server;

import hansa.cloud.Cloud;
import hansa.cloud.CloudDriver;
import hansa.cloud.CloudName;
import hansa.cloud.Console;
import hansa.cloud.MachineOrder;
import hansa.cloud.RemoteId;
import hansa.cloud.Settings;
import hansa.cloud.Size;
import hansa.cloud.Token;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
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

    private static Cloud open(Path folder, String kind) throws IOException {
        Path offered = Files.createDirectories(folder.resolve("offered"));
        Path image = offered.resolve("debian.qcow2");
        if (!Files.exists(image)) {
            Files.copy(Path.of(CloudInitGuest.required("HANSA_DEBIAN_IMAGE")), image);
        }
        CloudDriver driver = ServiceLoader.load(CloudDriver.class).stream()
                .map(ServiceLoader.Provider::get)
                .filter(each -> each.name().equals("libvirt"))
                .findFirst()
                .orElseThrow();
        Settings settings = Settings.of(
                driver.settings(),
                Map.of(
                        "uri", CloudInitGuest.required("HANSA_LIBVIRT_URI"),
                        "forward-address", CloudInitGuest.required("HANSA_LIBVIRT_FORWARD_ADDRESS"),
                        "image-folder", offered.toString(),
                        "context", kind,
                        "accelerator", CloudInitGuest.required("HANSA_ACCELERATOR")));
        Path own = Files.createDirectories(folder.resolve(kind));
        return driver.open(new CloudName(kind), settings, new CloudDriver.Surroundings(own, InstantSource.system()));
    }

    private static RemoteId boot(Cloud cloud) {
        return cloud.create(new MachineOrder(
                        new Token("test-" + UUID.randomUUID()),
                        "cloud-init",
                        new RemoteId("debian"),
                        new Size(1, 768, 0),
                        Optional.empty(),
                        CloudInitGuest.context(),
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
            guests.forEach((cloud, guest) -> CloudInitGuest.requireServed(() -> console(cloud, guest)));
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

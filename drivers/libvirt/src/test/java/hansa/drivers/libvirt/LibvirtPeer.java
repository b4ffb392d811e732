package hansa.drivers.libvirt;

import static org.awaitility.Awaitility.await;

import hansa.cloud.Cloud;
import hansa.cloud.CloudDriver.Surroundings;
import hansa.cloud.CloudName;
import hansa.cloud.Console;
import hansa.cloud.RemoteId;
import hansa.cloud.RemoteMachine;
import hansa.cloud.RemoteNic;
import hansa.cloud.RemoteState;
import hansa.cloud.Settings;
import hansa.cloud.Token;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** The real libvirt that peers/libvirt started, told by the environment, and a folder for the test's cloud. */
final class LibvirtPeer implements AutoCloseable {

    static final Duration PATIENCE = Duration.ofSeconds(90);
    static final RemoteId IMAGE = new RemoteId("tiny");

    private final Path folder;
    private final List<String> always;

    /** @param always settings of every cloud that is opened: key, value, key, value … */
    LibvirtPeer(String... always) {
        this.always = List.of(always);
        try {
            // In the temp folder itself: libvirt in its box sees it under the same name.
            folder = Files.createTempDirectory("hansa-libvirt-test").toRealPath();
            Files.createDirectory(folder.resolve("cloud"));
            Path offered = Files.createDirectory(folder.resolve("offered"));
            Files.copy(Path.of(required("HANSA_TINY_IMAGE")), offered.resolve("tiny.qcow2"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static String required(String variable) {
        String value = System.getenv(variable);
        if (value == null || value.isBlank()) {
            throw new AssertionError(variable + " is not set; these tests are run by peers/verify");
        }
        return value;
    }

    /** Both libvirts as the hosts {@code a} and {@code b} of a pool. */
    static LibvirtPeer pool(String... more) {
        List<String> settings = new ArrayList<>(List.of(
                "hosts",
                "a=" + required("HANSA_LIBVIRT_URI") + ",b=" + required("HANSA_LIBVIRT2_URI"),
                "host-forward-addresses",
                "b=" + required("HANSA_LIBVIRT2_FORWARD_ADDRESS")));
        settings.addAll(List.of(more));
        return new LibvirtPeer(settings.toArray(String[]::new));
    }

    Cloud open(String... more) {
        List<String> settings = new ArrayList<>(always);
        settings.addAll(List.of(more));
        return open(folder, settings.toArray(String[]::new));
    }

    static Cloud open(Path folder, String... more) {
        Map<String, String> configured = new HashMap<>(Map.of(
                "uri", required("HANSA_LIBVIRT_URI"),
                "forward-address", required("HANSA_LIBVIRT_FORWARD_ADDRESS"),
                "networks", "user," + required("HANSA_LIBVIRT_NETWORK"),
                "image-folder", folder.resolve("offered").toString(),
                "grace-period", "60s",
                "accelerator", required("HANSA_ACCELERATOR")));
        for (int i = 0; i < more.length; i += 2) {
            configured.put(more[i], more[i + 1]);
        }
        LibvirtDriver driver = new LibvirtDriver();
        Settings settings = Settings.of(driver.settings(), configured);
        return driver.open(
                new CloudName("real"), settings, new Surroundings(folder.resolve("cloud"), InstantSource.system()));
    }

    Path folder() {
        return folder;
    }

    static Token newToken() {
        return new Token("test-" + UUID.randomUUID());
    }

    static String console(Cloud cloud, RemoteId machine) {
        Console console = cloud.facet(Console.class).orElseThrow();
        ByteArrayOutputStream whole = new ByteArrayOutputStream();
        long offset = 0;
        while (true) {
            Console.Output piece = console.read(machine, offset, 65536);
            if (piece.content().size() == 0) {
                return whole.toString(StandardCharsets.UTF_8);
            }
            whole.writeBytes(piece.content().toArray());
            offset = piece.next();
        }
    }

    /** At which host of the pool {@code a} and {@code b} it is: the one whose box publishes its ports. */
    static String hostOf(Cloud cloud, RemoteId machine) {
        String address = cloud.read(machine).nics().stream()
                .flatMap(nic -> nic.forwards().stream())
                .map(RemoteNic.Forward::host)
                .findFirst()
                .orElseThrow();
        return address.equals(required("HANSA_LIBVIRT2_FORWARD_ADDRESS")) ? "b" : "a";
    }

    static String awaitOnConsole(Cloud cloud, RemoteId machine, String line) {
        return await("the console to say: " + line)
                .atMost(PATIENCE)
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(100))
                .until(() -> console(cloud, machine), text -> text.contains(line));
    }

    static RemoteMachine awaitState(Cloud cloud, RemoteId machine, RemoteState state) {
        return await(machine + " to be " + state)
                .atMost(PATIENCE)
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(100))
                .until(() -> cloud.read(machine), seen -> seen.state() == state);
    }

    /** Deletes what the test left in libvirt as well as the folder. */
    @Override
    public void close() {
        try (Cloud cloud = open()) {
            cloud.list().forEach(machine -> cloud.delete(machine.id()));
        }
        try {
            Folders.delete(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

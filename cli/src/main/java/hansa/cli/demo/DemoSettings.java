package hansa.cli.demo;

import hansa.cli.client.Exit;
import hansa.cli.client.Refusal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the demonstration runs on.
 *
 * @param command starts a node; its options are appended
 */
record DemoSettings(Ground ground, List<String> command) {

    DemoSettings {
        command = List.copyOf(command);
    }

    /** Where the machine will run. */
    sealed interface Ground {

        /** For the first and the last line. */
        String description();

        /** The node's configuration of the one cloud. */
        List<String> cloudSettings();
    }

    /** A simulated cloud in the node: nothing really boots. */
    record Simulated() implements Ground {

        @Override
        public String description() {
            return "on a simulated cloud: no machine really boots, its console and addresses are made up";
        }

        @Override
        public List<String> cloudSettings() {
            return List.of("clouds.demo.driver=simulated");
        }
    }

    /**
     * A hypervisor of this machine.
     *
     * @param accelerator kvm, tcg, or auto
     * @param image the file that machines boot from
     * @param forwardAddress where the guests' ports are published, if not on the loopback address
     */
    record Hypervisor(String uri, String accelerator, Path image, Optional<String> forwardAddress) implements Ground {

        @Override
        public String description() {
            String how = switch (accelerator) {
                case "kvm" -> "under KVM";
                case "tcg" -> "in emulation (TCG; KVM does not work here)";
                default -> "under KVM where it works";
            };
            return "on real QEMU, " + how + ", through libvirt";
        }

        @Override
        public List<String> cloudSettings() {
            List<String> settings = new ArrayList<>(List.of(
                    "clouds.demo.driver=libvirt",
                    "clouds.demo.uri=" + uri,
                    "clouds.demo.accelerator=" + accelerator,
                    "clouds.demo.image-folder=" + image.toAbsolutePath().getParent()));
            forwardAddress.ifPresent(address -> settings.add("clouds.demo.forward-address=" + address));
            return settings;
        }
    }

    /**
     * Reads what the launcher found out.
     *
     * @throws Refusal when something is missing
     */
    static DemoSettings of(boolean simulated, Map<String, String> environment) {
        return new DemoSettings(simulated ? new Simulated() : hypervisor(environment), command(environment));
    }

    private static Hypervisor hypervisor(Map<String, String> environment) {
        String uri = required(environment, "HANSA_LIBVIRT_URI", "the address of a libvirt");
        Path image = Path.of(required(environment, "HANSA_TINY_IMAGE", "the tiny guest's qcow2 file"));
        if (!Files.isReadable(image)) {
            throw new Refusal(
                    Exit.FAILED,
                    "the image " + image + " cannot be read; build it with 'peers/tiny-image " + image + "'");
        }
        return new Hypervisor(
                uri,
                environment.getOrDefault("HANSA_ACCELERATOR", "auto"),
                image,
                Optional.ofNullable(environment.get("HANSA_LIBVIRT_FORWARD_ADDRESS")));
    }

    private static String required(Map<String, String> environment, String name, String meaning) {
        String value = environment.getOrDefault(name, "");
        if (value.isBlank()) {
            throw new Refusal(
                    Exit.FAILED,
                    name + " (" + meaning + ") is not set; run './hansa demo', which finds it, or './hansa demo"
                            + " --simulated', which needs none");
        }
        return value;
    }

    private static List<String> command(Map<String, String> environment) {
        String given = environment.getOrDefault("HANSA_NODE_COMMAND", "");
        if (!given.isBlank()) {
            return List.of(given.strip().split("\\s+"));
        }
        String home = required(environment, "HANSA_HOME", "the folder of Hansa's launcher");
        return List.of(Path.of(home, "hansa").toString(), "up");
    }
}

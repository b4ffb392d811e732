package hansa.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A Debian that QEMU boots with nobody in between, in the surroundings that a cloud would make for it. */
final class BareGuest implements AutoCloseable {

    static final String MAC = "fa:16:3e:12:34:56";

    private final Process process;
    private final Path console;
    private final Path errors;

    /** @param more arguments for QEMU: what the cloud adds */
    BareGuest(Path folder, List<String> more) throws IOException {
        console = folder.resolve("console");
        errors = folder.resolve("errors");
        String accelerator = CloudInitGuest.required("HANSA_ACCELERATOR");
        List<String> command = new ArrayList<>(List.of(
                "qemu-system-x86_64",
                "-accel",
                accelerator,
                "-cpu",
                accelerator.equals("kvm") ? "host" : "max",
                "-machine",
                "pc,usb=off",
                "-m",
                "768",
                "-nodefaults",
                "-no-user-config",
                "-display",
                "none",
                "-no-reboot",
                "-serial",
                "file:" + console,
                "-device",
                "virtio-rng-pci",
                "-drive",
                "file=" + CloudInitGuest.required("HANSA_DEBIAN_IMAGE") + ",if=virtio,format=qcow2,snapshot=on"));
        command.addAll(more);
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(errors.toFile());
        builder.environment().put("TMPDIR", folder.toString());
        process = builder.start();
    }

    /** All that it said so far. */
    String console() {
        try {
            if (!process.isAlive()) {
                throw new AssertionError("QEMU has ended: " + Files.readString(errors));
            }
            return Files.exists(console) ? new String(Files.readAllBytes(console), StandardCharsets.UTF_8) : "";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        process.destroyForcibly();
        try {
            process.waitFor(10, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}

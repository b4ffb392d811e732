package hansa.drivers.libvirt;

import hansa.drivers.libvirt.LibvirtSettings.AcceleratorChoice;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Decides whether guests run under KVM. A {@code /dev/kvm} that opens proves nothing, since nested and paravirtual hosts
 * offer one under which guests hang; so a kernel is booted with it and must get as far as looking for its root disk. The
 * answer is kept in the cloud's folder until the host's kernel or the probe's changes.
 */
final class Accelerator {

    private static final Logger LOG = LoggerFactory.getLogger(Accelerator.class);
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final Path DEVICE = Path.of("/dev/kvm");

    private final AcceleratorChoice choice;
    private final Optional<Path> kernel;
    private final Path answerFile;
    private Optional<Boolean> answer = Optional.empty();

    Accelerator(AcceleratorChoice choice, Optional<Path> kernel, Path folder) {
        this.choice = choice;
        this.kernel = kernel;
        this.answerFile = folder.resolve("accelerator");
    }

    /** Whether to use KVM. The first call may take as long as the probe boot, 10 s. */
    synchronized boolean isKvm() {
        return switch (choice) {
            case KVM -> true;
            case TCG -> false;
            case AUTO -> {
                if (answer.isEmpty()) {
                    answer = Optional.of(probe());
                }
                yield answer.get();
            }
        };
    }

    private boolean probe() {
        if (!Files.isReadable(DEVICE) || !Files.isWritable(DEVICE)) {
            LOG.info("guests are emulated (tcg): /dev/kvm is not there, or not open to this user");
            return false;
        }
        Optional<Path> probed = kernel.or(Accelerator::newestKernel);
        if (probed.isEmpty()) {
            LOG.info("guests are emulated (tcg): there is no kernel in /boot for a probe boot; set probe-kernel");
            return false;
        }
        try {
            String key = System.getProperty("os.version") + " " + probed.get() + " " + Files.size(probed.get());
            List<String> known = Files.exists(answerFile) ? Files.readAllLines(answerFile) : List.of();
            if (known.size() == 2 && known.getFirst().equals(key)) {
                return known.get(1).equals("kvm");
            }
            boolean works = boots(probed.get());
            LOG.info(
                    works
                            ? "guests run under kvm: a probe boot came up with it"
                            : "guests are emulated (tcg): a probe boot with /dev/kvm did not come up");
            String lines = key + "\n" + (works ? "kvm" : "tcg") + "\n";
            Folders.write(answerFile, lines.getBytes(StandardCharsets.UTF_8));
            return works;
        } catch (IOException e) {
            LOG.warn("guests are emulated (tcg): the probe boot failed: {}", e.toString());
            return false;
        }
    }

    private boolean boots(Path probed) throws IOException {
        Path console = Files.createTempFile("hansa-probe", ".log");
        Process guest = new ProcessBuilder(
                        "qemu-system-x86_64",
                        "-accel",
                        "kvm",
                        "-cpu",
                        "host",
                        "-m",
                        "256",
                        "-nodefaults",
                        "-no-user-config",
                        "-display",
                        "none",
                        "-no-reboot",
                        "-serial",
                        "file:" + console,
                        "-kernel",
                        probed.toString(),
                        "-append",
                        "console=ttyS0 panic=-1")
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        try {
            // Without a root disk the kernel panics at its very end and, told so, restarts: QEMU then ends by itself.
            boolean ended = guest.waitFor(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
            String printed = Files.readString(console, StandardCharsets.ISO_8859_1);
            return ended && printed.contains("Unable to mount root fs");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } finally {
            guest.destroyForcibly();
            Files.deleteIfExists(console);
        }
    }

    private static Optional<Path> newestKernel() {
        try (Stream<Path> files = Files.list(Path.of("/boot"))) {
            return files.filter(f -> f.getFileName().toString().startsWith("vmlinuz-"))
                    .filter(Files::isReadable)
                    .max(Comparator.comparingLong(f -> f.toFile().lastModified()));
        } catch (IOException e) {
            LOG.debug("/boot cannot be read: {}", e.toString());
            return Optional.empty();
        }
    }
}

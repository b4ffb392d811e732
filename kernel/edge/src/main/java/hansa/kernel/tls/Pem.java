package hansa.kernel.tls;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/** One block of a PEM file (RFC 7468). */
final class Pem {

    private static final long LARGEST_FILE = 1024 * 1024;

    private final String label;
    private final byte[] content;

    Pem(String label, byte[] content) {
        this.label = label;
        this.content = content;
    }

    String label() {
        return label;
    }

    byte[] content() {
        return content;
    }

    /** @throws IOException if the file cannot be read or a block of it is not PEM */
    static List<Pem> read(Path file) throws IOException {
        if (Files.size(file) > LARGEST_FILE) {
            throw new IOException(file + " is larger than a certificate or key can be");
        }
        List<Pem> blocks = new ArrayList<>();
        String label = "";
        StringBuilder base64 = new StringBuilder();
        for (String line :
                Files.readString(file, StandardCharsets.ISO_8859_1).lines().toList()) {
            if (line.startsWith("-----BEGIN ") && line.stripTrailing().endsWith("-----")) {
                label = line.strip().substring(11, line.strip().length() - 5);
                base64.setLength(0);
            } else if (line.startsWith("-----END ") && !label.isEmpty()) {
                blocks.add(new Pem(label, decoded(base64.toString(), file)));
                label = "";
            } else if (!label.isEmpty()) {
                base64.append(line.strip());
            }
        }
        return blocks;
    }

    private static byte[] decoded(String base64, Path file) throws IOException {
        try {
            return Base64.getDecoder().decode(base64);
        } catch (IllegalArgumentException e) {
            throw new IOException(file + " holds a PEM block that is not base64", e);
        }
    }

    private String text() {
        String base64 = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(content);
        return "-----BEGIN " + label + "-----\n" + base64 + "\n-----END " + label + "-----\n";
    }

    /** Puts the blocks in the place of a file in one step; nobody sees half of it. */
    static void write(Path file, boolean secret, List<Pem> blocks) throws IOException {
        StringBuilder text = new StringBuilder();
        blocks.forEach(block -> text.append(block.text()));
        FileAttribute<?> mode = PosixFilePermissions.asFileAttribute(
                PosixFilePermissions.fromString(secret ? "rw-------" : "rw-r--r--"));
        Path fresh = Files.createTempFile(
                file.toAbsolutePath().getParent(), file.getFileName().toString(), ".new", mode);
        Files.writeString(fresh, text, StandardCharsets.US_ASCII);
        Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }
}

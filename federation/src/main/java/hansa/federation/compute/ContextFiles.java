package hansa.federation.compute;

import hansa.cloud.BootContext;
import hansa.cloud.Bytes;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;

/**
 * Puts files for a guest beside its owner's user data, as one multipart message that cloud-init takes on every cloud in the
 * same way (cloud-init, "User data formats"). Without files the user data stays as it is, so that guests which know nothing
 * of cloud-init are served as before.
 */
public final class ContextFiles {

    private static final int MOST = 16;

    /** Base64 has none of its characters, so no part can contain it. */
    private static final String BOUNDARY = "=_hansa_=";

    private ContextFiles() {}

    /**
     * @throws hansa.kernel.base.Failure {@code attribute.invalid} where there are too many, two have the same path, or
     *     all of it is more than user data can be
     */
    public static Optional<Bytes> with(Optional<Bytes> userData, List<ContextFile> files) {
        if (files.isEmpty()) {
            return userData;
        }
        if (files.size() > MOST) {
            throw Input.invalid("A guest is given at most " + MOST + " files, not " + files.size()
                    + "; pack them, or let its user data fetch them.");
        }
        Input.different("file", files.stream().map(ContextFile::path).toList());
        StringBuilder message = new StringBuilder(
                "Content-Type: multipart/mixed; boundary=\"" + BOUNDARY + "\"\nMIME-Version: 1.0\n\n");
        userData.ifPresent(own -> message.append(own(own)));
        // Behind the owner's part, since this is what says how a list of files is joined to another one.
        message.append(part(
                "text/cloud-config",
                "Merge-Type: list(append)+dict(no_replace,recurse_list)+str()\n",
                ("#cloud-config\n" + Forms.ALL.json(Map.of("write_files", entries(files))))
                        .getBytes(StandardCharsets.UTF_8)));
        message.append("--").append(BOUNDARY).append("--\n");
        Bytes whole = Bytes.utf8(message.toString());
        if (whole.size() > BootContext.MAX_USER_DATA) {
            throw Input.invalid("User data and files together have at most " + BootContext.MAX_USER_DATA
                    + " bytes, compressed and encoded, not " + whole.size() + "; let the user data fetch the rest.");
        }
        return Optional.of(whole);
    }

    /** The owner's user data as a part: a message of parts itself as it is, anything else with its type. */
    private static String own(Bytes userData) {
        String text = userData.asUtf8();
        if (text.startsWith("Content-Type:") || text.startsWith("MIME-Version:") || text.startsWith("From ")) {
            return "--" + BOUNDARY + "\n" + text + "\n";
        }
        String type = text.startsWith("#!")
                ? "text/x-shellscript"
                : text.startsWith("#cloud-config")
                        ? "text/cloud-config"
                        : isPacked(userData) ? "application/gzip" : "text/plain";
        return part(type, "", userData.toArray());
    }

    private static boolean isPacked(Bytes bytes) {
        byte[] all = bytes.toArray();
        return all.length > 2 && (all[0] & 0xFF) == 0x1f && (all[1] & 0xFF) == 0x8b;
    }

    private static String part(String type, String header, byte[] content) {
        return "--" + BOUNDARY + "\nContent-Type: " + type + "\nMIME-Version: 1.0\nContent-Transfer-Encoding: base64\n"
                + header + "\n"
                + Base64.getMimeEncoder(76, new byte[] {'\n'}).encodeToString(content) + "\n";
    }

    private static List<Map<String, String>> entries(List<ContextFile> files) {
        List<Map<String, String>> entries = new ArrayList<>();
        for (ContextFile file : files) {
            byte[] plain = file.content().toArray();
            byte[] packed = packed(plain);
            boolean pack = packed.length < plain.length;
            Map<String, String> entry = new LinkedHashMap<>();
            entry.put("path", file.path());
            entry.put("encoding", pack ? "gz+b64" : "b64");
            entry.put("content", Base64.getEncoder().encodeToString(pack ? packed : plain));
            entry.put("permissions", file.permissions());
            if (!file.owner().isEmpty()) {
                entry.put("owner", file.owner());
            }
            entries.add(entry);
        }
        return entries;
    }

    private static byte[] packed(byte[] plain) {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
            out.write(plain);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return packed.toByteArray();
    }
}

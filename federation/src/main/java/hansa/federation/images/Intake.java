package hansa.federation.images;

import hansa.cloud.images.UnfitDisk;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;

/** Writes what comes in into a file, within limits, and tells its SHA-512. */
final class Intake {

    private static final int BUFFER = 256 * 1024;
    private static final long LOOK_EVERY = 64L << 20;

    private final Room room;

    Intake(Room room) {
        this.room = room;
    }

    /** What was written. */
    record Written(long size, String sha512) {}

    /**
     * @param most bytes that are taken
     * @throws UnfitDisk where it is larger, or empty
     * @throws IOException where it does not end in time, or there is no room
     */
    Written write(InputStream in, Path file, long most, Instant deadline) throws IOException, UnfitDisk {
        MessageDigest sha = sha512();
        long size = 0;
        long nextLook = 0;
        byte[] buffer = new byte[BUFFER];
        try (OutputStream out = Files.newOutputStream(file)) {
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                size += n;
                if (size > most) {
                    throw new UnfitDisk("it is larger than the limit of " + most + " bytes");
                }
                if (size > nextLook) {
                    nextLook = size + LOOK_EVERY;
                    room.require(Math.min(LOOK_EVERY, most - size));
                }
                if (Instant.now().isAfter(deadline)) {
                    throw new IOException("the download takes longer than is allowed");
                }
                sha.update(buffer, 0, n);
                out.write(buffer, 0, n);
            }
        }
        if (size == 0) {
            throw new UnfitDisk("the file is empty");
        }
        return new Written(size, HexFormat.of().formatHex(sha.digest()));
    }

    /** What a file that is there already has. */
    static Written read(Path file) throws IOException {
        MessageDigest sha = sha512();
        long size = 0;
        byte[] buffer = new byte[BUFFER];
        try (InputStream in = Files.newInputStream(file)) {
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                size += n;
                sha.update(buffer, 0, n);
            }
        }
        return new Written(size, HexFormat.of().formatHex(sha.digest()));
    }

    private static MessageDigest sha512() {
        try {
            return MessageDigest.getInstance("SHA-512");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}

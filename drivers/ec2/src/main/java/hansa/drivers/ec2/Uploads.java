package hansa.drivers.ec2;

import hansa.cloud.CloudException;
import hansa.cloud.RemoteId;
import hansa.cloud.Token;
import hansa.drivers.ec2.SnapshotCalls.Snapshot;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes snapshots of files. What an attempt began the next one goes on with: blocks may be written again until the snapshot is
 * sealed, so two who bring the same file do not harm each other either.
 */
final class Uploads {

    private static final Logger LOG = LoggerFactory.getLogger(Uploads.class);
    private static final long BYTES_PER_GIB = 1L << 30;
    private static final byte[] ZEROS = new byte[Ebs.BLOCK_BYTES];

    private final Ebs ebs;
    private final SnapshotCalls snapshots;
    private final Tags tags;
    private final Patience patience;
    private final int lanes;

    Uploads(Ebs ebs, SnapshotCalls snapshots, Tags tags, Patience patience, int lanes) {
        this.ebs = ebs;
        this.snapshots = snapshots;
        this.tags = tags;
        this.patience = patience;
        this.lanes = lanes;
    }

    /**
     * What was written of a file.
     *
     * @param checksum of the checksums of the blocks, one after the other
     */
    private record Written(int blocks, String checksum) {}

    /** The id of a snapshot that is whole and has what the file has. */
    String bring(Token token, String name, Path file) {
        long bytes = size(file);
        Map<String, String> marks =
                Map.of(tags.upload(), token.value(), tags.bytes(), Long.toString(bytes), Tags.NAME, name);
        Optional<Snapshot> open = Optional.empty();
        List<String> clientTokens =
                List.of(tags.clientToken(token, 0), UUID.randomUUID().toString());
        for (Snapshot one : snapshots.uploaded(token)) {
            boolean same = Long.toString(bytes).equals(one.tags().get(tags.bytes()));
            if (same && isWhole(one)) {
                return one.id();
            }
            if (same && one.status().equals("pending") && open.isEmpty()) {
                open = Optional.of(one);
            } else {
                snapshots.delete(one.id());
                clientTokens = List.of(UUID.randomUUID().toString());
            }
        }
        List<String> unused = clientTokens;
        String id = open.map(Snapshot::id).orElseGet(() -> begin(unused, name, marks, bytes));
        return filled(id, file);
    }

    private static long size(Path file) {
        try {
            long bytes = Files.size(file);
            if (bytes < 1 || bytes > Ebs.MOST_GIB * BYTES_PER_GIB) {
                throw new CloudException.InvalidRequest("EC2 takes images of 1 byte to 64 TiB, not of " + bytes);
            }
            return bytes;
        } catch (IOException e) {
            throw new CloudException.Unavailable("the file of the image cannot be read", e);
        }
    }

    private static boolean isWhole(Snapshot snapshot) {
        return snapshot.status().equals("completed");
    }

    /**
     * With the client token of the image first, so that a repeated request begins one snapshot only; with another one where EBS
     * answers with what is gone since.
     */
    private String begin(List<String> clientTokens, String name, Map<String, String> marks, long bytes) {
        for (String clientToken : clientTokens) {
            try {
                String id = ebs.start(Math.ceilDiv(bytes, BYTES_PER_GIB), clientToken, name, marks);
                Optional<Snapshot> shown = patience.until(() -> snapshots.find(id), Optional::isPresent);
                if (shown.filter(one -> !one.status().equals("error")).isPresent()) {
                    if (!shown.get().tags().containsKey(tags.upload())) {
                        snapshots.mark(id, marks);
                    }
                    return id;
                }
            } catch (CloudException.Conflict e) {
                LOG.info("the client token {} is used up: {}", clientToken, e.text());
            }
        }
        throw new CloudException.Unavailable(
                "EBS does not show the snapshot that it began for the image '" + Problem.oneLine(name) + "'");
    }

    /** @return the id */
    private String filled(String id, Path file) {
        try {
            Written written = write(id, file);
            ebs.complete(id, written.blocks(), written.checksum());
        } catch (CloudException.InvalidRequest | CloudException.Conflict e) {
            // An attempt whose answer got lost may have sealed it.
            LOG.info("the snapshot {} takes nothing more: {}", id, e.text());
        } catch (CloudException.NotFound e) {
            throw new CloudException.Unavailable("the snapshot " + id + " went away: " + e.text(), e);
        }
        Snapshot now = patience.until(
                () -> snapshots.get(new RemoteId(id)),
                one -> isWhole(one) || one.status().equals("error"));
        if (isWhole(now)) {
            return id;
        }
        if (now.status().equals("error")) {
            snapshots.delete(id);
        }
        throw new CloudException.Unavailable("the snapshot " + id + " is not whole but '"
                + Problem.oneLine(now.status()) + "'" + (now.message().isEmpty() ? "" : ": " + now.message()));
    }

    private Written write(String id, Path file) {
        MessageDigest all = Ebs.sha256();
        int blocks = 0;
        try (InputStream in = Files.newInputStream(file);
                Lanes busy = new Lanes(lanes)) {
            byte[] read = in.readNBytes(Ebs.BLOCK_BYTES);
            for (int index = 0; read.length > 0; index++) {
                if (!Arrays.equals(read, 0, read.length, ZEROS, 0, read.length)) {
                    byte[] block = read.length == Ebs.BLOCK_BYTES ? read : Arrays.copyOf(read, Ebs.BLOCK_BYTES);
                    byte[] digest = Ebs.sha256().digest(block);
                    all.update(digest);
                    blocks++;
                    int number = index;
                    busy.run(() -> put(id, number, block, digest));
                }
                read = in.readNBytes(Ebs.BLOCK_BYTES);
            }
            busy.finish();
            return new Written(blocks, Ebs.checksum(all.digest()));
        } catch (IOException e) {
            throw new CloudException.Unavailable("the file of the image cannot be read", e);
        }
    }

    /** Again where it got lost, and where EBS does not know yet what it began. */
    private void put(String id, int index, byte[] block, byte[] digest) {
        patience.persistently(
                () -> {
                    ebs.put(id, index, block, digest);
                    return id;
                },
                e -> e instanceof CloudException.Unavailable || e instanceof CloudException.NotFound);
    }

    /** Deletes what EBS gave up since nobody went on with it. */
    void sweep() {
        List<Snapshot> failed = snapshots.uploaded().stream()
                .filter(one -> one.status().equals("error"))
                .toList();
        failed.forEach(one -> snapshots.delete(one.id()));
    }
}

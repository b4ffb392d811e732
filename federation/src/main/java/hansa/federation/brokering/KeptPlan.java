package hansa.federation.brokering;

import hansa.cloud.Bytes;
import hansa.federation.placement.Broker;
import hansa.federation.placement.Decision;
import hansa.federation.placement.Inventory;
import hansa.federation.placement.MachineRequest;
import hansa.federation.placement.Snapshot;
import hansa.federation.stored.Documents;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/**
 * A decision as it is kept: with what was asked, and with all that it looked at, so that it can be made again.
 *
 * @param digest SHA-256 of the snapshot's text, in hexadecimal
 * @param told when each cloud of the decision had last told how full it is
 * @param warnings one line each
 */
public record KeptPlan(
        Instant made,
        MachineRequest request,
        Decision decision,
        String digest,
        Map<String, Instant> told,
        List<String> warnings) {

    static final int DETAIL = 50;

    private static final int LARGEST_TEXT = 16 * 1024 * 1024;
    private static final int LARGEST_KEPT = 64 * 1024;
    private static final Documents DOCUMENTS = Documents.builder().build();
    private static final Documents.Form<KeptPlan> PLANS = DOCUMENTS.form(KeptPlan.class);
    private static final Documents.Form<Snapshot> SNAPSHOTS = DOCUMENTS.form(Snapshot.class);

    public KeptPlan {
        told = Map.copyOf(told);
        warnings = List.copyOf(warnings);
    }

    /** As a text, for a column of the store. */
    public String text() {
        return PLANS.write(this);
    }

    public static KeptPlan read(String text) {
        return PLANS.read(text);
    }

    static String text(Snapshot snapshot) {
        return SNAPSHOTS.write(snapshot);
    }

    static String digest(String text) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Compressed; empty for one that is too large to be kept with every machine, more than 64 KiB. */
    static Bytes packed(String snapshot) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
            out.write(snapshot.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return Bytes.of(bytes.size() > LARGEST_KEPT ? new byte[0] : bytes.toByteArray());
    }

    /**
     * Makes the decision again.
     *
     * @param packed what was kept with it
     * @return empty where the snapshot was too large to be kept
     * @throws IllegalStateException when it is not the snapshot of this decision
     */
    public Optional<Decision> again(Bytes packed) {
        if (packed.size() == 0) {
            return Optional.empty();
        }
        String text;
        try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(packed.toArray()))) {
            text = new String(in.readNBytes(LARGEST_TEXT), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        if (!digest(text).equals(digest)) {
            throw new IllegalStateException("the snapshot that was kept is not the one of this decision");
        }
        Inventory inventory = new Inventory(SNAPSHOTS.read(text));
        return Optional.of(
                new Broker(DETAIL).plan(inventory, List.of(request)).decisions().getFirst());
    }
}

package hansa.federation.images;

import hansa.cloud.images.UnfitDisk;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;

/**
 * Fetches the file of a registered image and checks that it is the one that was announced. Redirects are followed by
 * hand, each target checked like the first.
 */
final class Fetching {

    private static final int REDIRECTS = 5;

    private final ImageSettings settings;
    private final ImageFiles files;
    private final Intake intake;
    private final Inspection inspection;

    Fetching(ImageSettings settings, ImageFiles files, Intake intake, Inspection inspection) {
        this.settings = settings;
        this.files = files;
        this.intake = intake;
        this.inspection = inspection;
    }

    /** What was fetched and kept. */
    record Fetched(long size, String sha512) {}

    /** The source or the file is wrong; trying again changes nothing. */
    static final class Unfit extends Exception {
        Unfit(String message) {
            super(message);
        }
    }

    /**
     * @param left how many bytes the quota leaves
     * @throws IOException when it may work another time
     * @throws hansa.kernel.base.Failure {@code quota.exceeded}
     */
    Fetched fetch(URI source, String format, ImageWork wanted, long left)
            throws IOException, InterruptedException, Unfit {
        Path part = files.fresh();
        try {
            Fetched fetched = copy(source, wanted, part, left);
            check(fetched, wanted);
            inspection.check(format, part);
            files.keep(part, fetched.sha512());
            return fetched;
        } catch (UnfitDisk e) {
            throw new Unfit("image.source: " + e.text());
        } finally {
            Files.deleteIfExists(part);
        }
    }

    private static void check(Fetched fetched, ImageWork wanted) throws Unfit {
        if (wanted.wantedSize().isPresent() && wanted.wantedSize().get() != fetched.size()) {
            throw new Unfit("image.checksum: it has " + fetched.size() + " bytes and should have "
                    + wanted.wantedSize().get() + "; the file was thrown away");
        }
        if (wanted.wantedSha512().isPresent() && !wanted.wantedSha512().get().equalsIgnoreCase(fetched.sha512())) {
            throw new Unfit("image.checksum: its SHA-512 is not the announced one; the file was thrown away");
        }
    }

    private Fetched copy(URI source, ImageWork wanted, Path part, long left)
            throws IOException, InterruptedException, Unfit {
        if (source.getScheme().equals("file")) {
            Path file = Path.of(source);
            if (!Files.isRegularFile(file)) {
                throw new Unfit("image.source: there is no file " + file + " on the server");
            }
            try (InputStream in = Files.newInputStream(file)) {
                return copy(new Metered(in, left), part, Instant.MAX);
            }
        }
        Instant deadline = Instant.now().plus(settings.fetchTimeout());
        try (HttpClient client = HttpClient.newBuilder()
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(Duration.ofSeconds(20))
                .build()) {
            URI at = source;
            for (int hop = 0; hop <= REDIRECTS; hop++) {
                Addresses.check(at, wanted.fetchInside());
                HttpResponse<InputStream> answer = client.send(
                        HttpRequest.newBuilder(at)
                                .timeout(Duration.ofSeconds(60))
                                .header("User-Agent", "Hansa")
                                .build(),
                        HttpResponse.BodyHandlers.ofInputStream());
                try (InputStream in = answer.body()) {
                    int status = answer.statusCode();
                    if (status == 200) {
                        return copy(new Metered(in, left), part, deadline);
                    }
                    if (status >= 500 || status == 429 || status == 408) {
                        throw new IOException("the source answers " + status);
                    }
                    String next = answer.headers().firstValue("Location").orElse("");
                    if (status < 300 || status >= 400 || next.isEmpty()) {
                        throw new Unfit("image.source: the source answers " + status);
                    }
                    at = at.resolve(next);
                }
            }
        } catch (IllegalArgumentException e) {
            throw new Unfit("image.source: the source redirects to something that is no URL");
        }
        throw new Unfit("image.source: the source redirects more than " + REDIRECTS + " times");
    }

    private Fetched copy(InputStream in, Path part, Instant deadline) throws IOException, Unfit {
        try {
            Intake.Written written = intake.write(in, part, settings.maxBytes(), deadline);
            return new Fetched(written.size(), written.sha512());
        } catch (UnfitDisk e) {
            throw new Unfit("image.source: " + e.text());
        }
    }
}

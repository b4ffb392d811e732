package hansa.drivers.openstack;

import hansa.cloud.CloudException;
import hansa.cloud.RemoteId;
import hansa.cloud.RemoteImage;
import hansa.cloud.RemoteImage.ImageState;
import hansa.cloud.Snapshots;
import hansa.cloud.Token;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** Images: ours, and those that our project may use. */
final class Glance {

    private static final int LONGEST_REFUSAL = 8 * 1024;
    private static final long BYTES_PER_GIB = 1024L * 1024 * 1024;

    private final Service image;
    private final Service compute;
    private final Dialect dialect;
    private final Duration limit;
    private final int page;

    Glance(Service image, Service compute, OpenStackSettings settings) {
        this.image = image;
        this.compute = compute;
        this.dialect = settings.dialect();
        this.limit = settings.transferLimit();
        this.page = settings.page();
    }

    /** Those that machines can be made from. */
    List<RemoteImage> offered() {
        List<JsonNode> all = dialect.imagesAtCompute()
                ? Pages.all(compute, "/images/detail", "images", page)
                : Pages.all(image, "/images?status=active", "images", page);
        return all.stream()
                .filter(node -> !node.path("os_hidden").asBoolean(false))
                .map(Glance::view)
                .toList();
    }

    private static RemoteImage view(JsonNode node) {
        String id = node.path("id").asString("");
        String name = node.path("name").asString("");
        ImageState state = switch (node.path("status").asString("").toLowerCase(Locale.ROOT)) {
            case "active" -> ImageState.READY;
            case "killed", "deleted", "pending_delete", "deactivated" -> ImageState.FAILED;
            default -> ImageState.SAVING;
        };
        return new RemoteImage(
                new RemoteId(id.isEmpty() ? "unknown" : id),
                Marks.token(node.path(Marks.IMAGE_TOKEN).asString("")),
                name.isBlank() ? id : name,
                node.path("disk_format").asString("unknown"),
                node.path("size").asLong(0),
                state);
    }

    /** The oldest: images that Nova makes of machines inherit the properties of those that the machines were made from. */
    Optional<RemoteImage> findByToken(Token token) {
        return found(token).map(Glance::view);
    }

    private Optional<JsonNode> found(Token token) {
        return Pages.all(image, "/images?" + Marks.IMAGE_TOKEN + "=" + token.value(), "images", page).stream()
                .filter(node -> node.path(Marks.IMAGE_TOKEN).asString("").equals(token.value()))
                .min(Comparator.comparing(node -> node.path("created_at").asString("")));
    }

    /** @throws CloudException.NotFound where there is none */
    RemoteImage read(RemoteId id) {
        return view(node(id));
    }

    /** The smallest disk in GiB that the image fits on, as far as Glance knows; a packed one may need more. */
    long leastDiskGib(RemoteId id) {
        JsonNode record = node(id);
        long bytes = Math.max(
                record.path("virtual_size").asLong(0), record.path("size").asLong(0));
        long least = Math.max(record.path("min_disk").asLong(0), (bytes + BYTES_PER_GIB - 1) / BYTES_PER_GIB);
        return Math.max(1, least);
    }

    Instant made(RemoteId id) {
        return Server.instant(node(id).path("created_at").asString(""));
    }

    /** @param ids of images, with the tokens that they were made with */
    List<Snapshots.Snapshot> snapshots(Map<String, Token> ids) {
        return Pages.all(image, "/images?id=in:" + Pages.encoded(String.join(",", ids.keySet())), "images", page)
                .stream()
                .flatMap(node -> Optional.ofNullable(ids.get(node.path("id").asString(""))).stream()
                        .map(token -> new Snapshots.Snapshot(
                                new RemoteId(node.path("id").asString("")),
                                token,
                                node.path("name").asString(""),
                                Server.instant(node.path("created_at").asString("")))))
                .sorted(Comparator.comparing(Snapshots.Snapshot::taken))
                .toList();
    }

    private JsonNode node(RemoteId id) {
        return image.get(path(id));
    }

    private static String path(RemoteId id) {
        return "/images/" + Marks.segment(id, "image");
    }

    /** A record without content, or the one that is there already. */
    RemoteImage ensure(Token token, String name, String format) {
        return findByToken(token).orElseGet(() -> {
            Map<String, Object> record = new LinkedHashMap<>();
            record.put("name", name);
            record.put("disk_format", format);
            record.put("container_format", "bare");
            record.put("visibility", "private");
            record.put(Marks.IMAGE_TOKEN, token.value());
            return view(image.post("/images", record));
        });
    }

    boolean awaitsContent(RemoteId id) {
        return node(id).path("status").asString("").equals("queued");
    }

    /** @throws CloudException.Unavailable where something else arrived than was sent; the image is deleted then */
    void fill(RemoteId id, Path file) {
        Fingerprint sent = Fingerprint.of(file);
        HttpResponse<byte[]> response;
        try {
            response = image.transfer(
                    "PUT",
                    path(id) + "/file",
                    BodyPublishers.ofFile(file),
                    HttpResponse.BodyHandlers.limiting(HttpResponse.BodyHandlers.ofByteArray(), LONGEST_REFUSAL),
                    limit);
        } catch (IOException e) {
            throw new CloudException.InvalidRequest("the image file " + file.getFileName() + " cannot be read");
        }
        Answer answer = new Answer(response.statusCode(), response.headers(), response.body());
        if (!answer.succeeded()) {
            throw Refusals.of("the upload of an image", answer);
        }
        if (!sent.matches(node(id))) {
            delete(id);
            throw new CloudException.Unavailable(
                    "the image that arrived at Glance is not the one that was sent; it is deleted again");
        }
    }

    void download(RemoteId id, Path file) {
        JsonNode record = node(id);
        HttpResponse<InputStream> response = image.transfer(
                "GET", path(id) + "/file", BodyPublishers.noBody(), HttpResponse.BodyHandlers.ofInputStream(), limit);
        try (InputStream content = response.body()) {
            if (response.statusCode() == 204) {
                throw new CloudException.Conflict("the image " + id + " has no content yet");
            }
            if (response.statusCode() != 200) {
                throw Refusals.of(
                        "the download of an image",
                        new Answer(response.statusCode(), response.headers(), content.readNBytes(LONGEST_REFUSAL)));
            }
            store(id, record, content, file);
        } catch (IOException e) {
            throw new CloudException.Unavailable("the image " + id + " did not come whole: " + e.getMessage(), e);
        }
    }

    private void store(RemoteId id, JsonNode record, InputStream content, Path file) throws IOException {
        Fingerprint expected = Fingerprint.expected(record);
        long size = record.path("size").asLong(0);
        boolean whole = false;
        try (DigestInputStream digested = new DigestInputStream(content, expected.digest());
                var out = Files.newOutputStream(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            long end = System.nanoTime() + limit.toNanos();
            byte[] buffer = new byte[256 * 1024];
            long got = 0;
            for (int read = digested.read(buffer); read >= 0; read = digested.read(buffer)) {
                got += read;
                if (got > size || System.nanoTime() > end) {
                    throw new CloudException.Unavailable(
                            got > size
                                    ? "the image " + id + " is larger than Glance says"
                                    : "the image " + id + " did not come within " + limit);
                }
                out.write(buffer, 0, read);
            }
            whole = got == size;
        } finally {
            if (!whole) {
                Files.deleteIfExists(file);
            }
        }
        if (!whole || !expected.matchesDigest()) {
            Files.deleteIfExists(file);
            throw new CloudException.Unavailable("what came of the image " + id + " is not what Glance says it holds");
        }
    }

    void delete(RemoteId id) {
        image.deleteIfThere(path(id));
    }

    /** What an image's content is known by. */
    private record Fingerprint(MessageDigest digest, String value) {

        /** Of what Glance says: by SHA-512 as it does by default, or what it has else. */
        static Fingerprint expected(JsonNode record) {
            String algorithm = record.path("os_hash_algo").asString("");
            String value = record.path("os_hash_value").asString("");
            return switch (algorithm) {
                case "sha512" -> new Fingerprint(algorithm("SHA-512"), value);
                case "sha256" -> new Fingerprint(algorithm("SHA-256"), value);
                default ->
                    new Fingerprint(algorithm("MD5"), record.path("checksum").asString(""));
            };
        }

        /** Of a file, by all that Glance may know it by. */
        static Fingerprint of(Path file) {
            MessageDigest digest = algorithm("SHA-512");
            try (InputStream in = new DigestInputStream(Files.newInputStream(file), digest)) {
                in.transferTo(java.io.OutputStream.nullOutputStream());
                return new Fingerprint(digest, HexFormat.of().formatHex(digest.digest()));
            } catch (IOException e) {
                throw new CloudException.InvalidRequest("the image file " + file.getFileName() + " cannot be read");
            }
        }

        /** Glance with another algorithm is believed: it would have refused what it cannot read. */
        boolean matches(JsonNode record) {
            return !record.path("os_hash_algo").asString("").equals("sha512")
                    || record.path("os_hash_value").asString("").equals(value);
        }

        /** Content without a known fingerprint is taken as it came. */
        boolean matchesDigest() {
            return value.isEmpty() || HexFormat.of().formatHex(digest.digest()).equals(value);
        }

        private static MessageDigest algorithm(String name) {
            try {
                return MessageDigest.getInstance(name);
            } catch (NoSuchAlgorithmException e) {
                throw new IllegalStateException("this Java has no " + name, e);
            }
        }
    }
}

package hansa.drivers.opennebula;

import hansa.protocols.opennebula.ErrorKind;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;

/** A datastore of files, number 1, which fetches images as the real one does: HEAD for the size, then GET meanwhile. */
final class OnedStore implements AutoCloseable {

    private static final long MIB = 1024L * 1024;

    private final HttpClient client = HttpClient.newHttpClient();
    private final Path folder;

    OnedStore() {
        try {
            folder = Files.createTempDirectory("hansa-datastores");
            Files.createDirectory(folder.resolve("1"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Path folder() {
        return folder;
    }

    Path file(int image) {
        return folder.resolve("1").resolve(Integer.toString(image));
    }

    long sizeMib(URI from) {
        HttpRequest head = HttpRequest.newBuilder(from).HEAD().build();
        try {
            HttpResponse<Void> answer = client.send(head, HttpResponse.BodyHandlers.discarding());
            long bytes = answer.headers().firstValueAsLong("Content-Length").orElse(-1);
            if (answer.statusCode() == 200 && bytes >= 0) {
                return (bytes + MIB - 1) / MIB;
            }
        } catch (IOException e) {
            // Refused below, as when the answer has no length.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        throw new OnedRefusal(ErrorKind.INTERNAL, "Cannot determine Image SIZE. Cannot determine size of " + from);
    }

    void fetch(URI from, OnedImage image) {
        long readyAt = image.readyAt;
        image.readyAt = Long.MAX_VALUE / 2 + System.nanoTime();
        Thread.ofVirtual().start(() -> {
            try {
                int status = client.send(
                                HttpRequest.newBuilder(from).build(), HttpResponse.BodyHandlers.ofFile(file(image.id)))
                        .statusCode();
                image.failed = status != 200;
            } catch (IOException e) {
                image.failed = true;
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            image.readyAt = readyAt;
        });
    }

    void copy(int from, int to) {
        try {
            if (Files.exists(file(from))) {
                Files.copy(file(from), file(to), StandardCopyOption.REPLACE_EXISTING);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void remove(int image) {
        try {
            Files.deleteIfExists(file(image));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        client.shutdownNow();
        try {
            Files.walkFileTree(folder, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                    Files.delete(file);
                    return FileVisitResult.CONTINUE;
                }
            });
            Files.delete(folder.resolve("1"));
            Files.delete(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

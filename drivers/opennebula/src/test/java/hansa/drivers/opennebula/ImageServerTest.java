package hansa.drivers.opennebula;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.ConnectException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ImageServerTest {

    @TempDir
    private Path folder;

    private static String ask(URI url, String method, String path) throws IOException {
        try (Socket socket = new Socket("127.0.0.1", url.getPort())) {
            socket.getOutputStream()
                    .write((method + " " + path + " HTTP/1.1\r\nHost: x\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
        }
    }

    @Test
    void only_the_offered_path_is_answered_and_the_length_is_spelled_as_early_versions_look_for_it()
            throws IOException {
        Path file = Files.writeString(folder.resolve("image"), "content");
        try (ImageServer server = new ImageServer(URI.create("http://127.0.0.1:0"))) {
            URI url;
            try (ImageServer.Offer offer = server.offer(file)) {
                url = URI.create(offer.url());
                assertThat(url.getPath()).matches("/[0-9a-f]{64}");
                assertThat(ask(url, "HEAD", url.getPath()))
                        .startsWith("HTTP/1.1 200 OK\r\n")
                        .contains("\r\nContent-Length: 7\r\n")
                        .endsWith("\r\n\r\n");
                assertThat(ask(url, "GET", url.getPath())).endsWith("\r\n\r\ncontent");
                for (String path : new String[] {"/", "/image", "/../image", url.getPath() + "0"}) {
                    assertThat(ask(url, "GET", path)).as(path).startsWith("HTTP/1.1 404 ");
                }
                assertThat(ask(url, "PUT", url.getPath())).startsWith("HTTP/1.1 404 ");
            }
            assertThatThrownBy(() -> ask(url, "GET", "/")).isInstanceOf(ConnectException.class);
            try (ImageServer.Offer again = server.offer(file)) {
                assertThat(URI.create(again.url()).getPath()).isNotEqualTo(url.getPath());
            }
        }
    }
}

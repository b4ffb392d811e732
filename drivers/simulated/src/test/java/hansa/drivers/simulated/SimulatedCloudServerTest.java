package hansa.drivers.simulated;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import hansa.cloud.Cloud;
import hansa.cloud.CloudException;
import hansa.cloud.RemoteMachine;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class SimulatedCloudServerTest {

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    @Test
    void a_list_of_many_pages_is_whole() throws IOException {
        try (Served served = Served.in(folder, Map.of());
                Cloud cloud = connected(served.uri())) {
            for (int i = 0; i < 2 * Protocol.PAGE; i++) {
                served.cloud().create(Fixtures.order("m" + i));
            }
            assertThat(cloud.list())
                    .hasSize(2 * Protocol.PAGE)
                    .isEqualTo(served.cloud().list());
            assertThat(cloud.list()).extracting(RemoteMachine::id).doesNotHaveDuplicates();
        }
    }

    private Cloud connected(URI uri) {
        return Fixtures.open(folder, Map.of("url", uri.toString()));
    }

    @Test
    void a_cloud_that_is_down_is_unavailable_and_comes_back_with_its_machines() throws IOException {
        RemoteMachine machine;
        InetSocketAddress address;
        Cloud cloud;
        try (Served served = Served.in(folder, Map.of())) {
            address = new InetSocketAddress(
                    InetAddress.getLoopbackAddress(), served.uri().getPort());
            cloud = connected(served.uri());
            machine = cloud.create(Fixtures.order("a"));
        }
        try (cloud) {
            assertThatThrownBy(() -> cloud.read(machine.id()))
                    .isInstanceOf(CloudException.Unavailable.class)
                    .hasMessageContaining("does not answer");
            try (SimulatedCloud again = (SimulatedCloud) Fixtures.open(folder, Map.of(), InstantSource.system());
                    SimulatedCloudServer _ = new SimulatedCloudServer(again, address)) {
                assertThat(cloud.read(machine.id())).isEqualTo(machine);
            }
        }
    }

    @Test
    void it_listens_on_the_loopback_only() {
        try (SimulatedCloud cloud = (SimulatedCloud) Fixtures.open(folder, Map.of(), InstantSource.system())) {
            assertThatThrownBy(() -> new SimulatedCloudServer(cloud, new InetSocketAddress("0.0.0.0", 0)))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("on the loopback only");
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            /v1/read          | application/json | {                  | 400 | cannot be read
            /v1/read          | application/json | {"value": "x"}     | 400 | cannot be read
            /v1/read          | application/json | null               | 400 | cannot be read
            /v1/read          | application/json | ""                 | 400 | 1 to 255 characters
            /v1/read          | application/json | "no-such-machine"  | 404 | there is no machine no-such-machine
            /v1/read          | text/plain       | "no-such-machine"  | 400 | POST and application/json
            /v1/find          | application/json | "NOT A TOKEN"      | 400 | a-z, 0-9
            /v1/power         | application/json | {"machine": "x"}   | 400 | cannot be read
            /v1/power         | application/json | {"machine": "x", "action": "EXPLODE"} | 400 | cannot be read
            /v1/volume-create | application/json | {"token": "t", "name": null, "sizeMib": 1} | 400 | cannot be read
            /v1/image-upload  | application/octet-stream | bytes       | 400 | a token has 1 to 64 characters
            /v1/explode       | application/json | {}                 | 400 | no such operation
            /                 | application/json | {}                 | 400 | no such operation
            """)
    void hostile_requests_are_refused(String path, String type, String body, int status, String reason)
            throws IOException, InterruptedException {
        try (Served served = Served.in(folder, Map.of());
                HttpClient client = HttpClient.newHttpClient()) {
            HttpRequest request = HttpRequest.newBuilder(served.uri().resolve(path))
                    .header("Content-Type", type)
                    .POST(BodyPublishers.ofString(body))
                    .build();
            HttpResponse<String> answer = client.send(request, BodyHandlers.ofString());
            assertThat(answer.statusCode()).isEqualTo(status);
            assertThat(answer.body()).contains(reason);
        }
    }

    @Test
    void a_request_that_is_too_large_is_refused() throws IOException, InterruptedException {
        try (Served served = Served.in(folder, Map.of());
                HttpClient client = HttpClient.newHttpClient()) {
            HttpRequest request = HttpRequest.newBuilder(served.uri().resolve("/v1/read"))
                    .header("Content-Type", Protocol.JSON)
                    .POST(BodyPublishers.ofByteArray(new byte[Protocol.USUAL_QUESTION + 1]))
                    .build();
            HttpResponse<String> answer = client.send(request, BodyHandlers.ofString());
            assertThat(answer.statusCode()).isEqualTo(400);
            assertThat(answer.body()).contains("larger than 1048576 bytes");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"evil.example:80", "127.0.0.1.evil.example", "192.0.2.1", "localhost:80x"})
    void a_page_from_elsewhere_whose_name_was_made_to_lead_here_is_refused(String host) throws IOException {
        try (Served served = Served.in(folder, Map.of());
                Socket socket = new Socket(
                        InetAddress.getLoopbackAddress(), served.uri().getPort())) {
            String request = "POST /v1/describe HTTP/1.1\r\nHost: " + host
                    + "\r\nContent-Type: application/json\r\nContent-Length: 2\r\nConnection: close\r\n\r\n{}";
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(answer).startsWith("HTTP/1.1 400").contains("asked as localhost or 127.0.0.1 only");
        }
    }
}

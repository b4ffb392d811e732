package hansa.faces.rest;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Whatever is sent, the answer is a refusal or a success, never a fault of the server's own. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HostileInputTest {

    private static final int BODIES = 400;
    private static final int TARGETS = 400;
    private static final String MACHINE =
            "{\"title\":\"x\",\"image\":\"nix\",\"flavour\":\"small\",\"cores\":2,\"memoryMib\":64,\"userData\":\"eA==\","
                    + "\"sshKeys\":[\"ssh-ed25519 AAAA\"],\"nics\":[{\"network\":\"nix\",\"mac\":\"52:54:00:00:00:01\"}],"
                    + "\"volumes\":[{\"volume\":\"nix\",\"device\":\"/dev/vdb\"}],\"tags\":[\"t\"],\"cloud\":\"sim\"}";
    private static final List<String> PIECES = List.of(
            "null",
            "true",
            "-1",
            "1e400",
            "99999999999999999999",
            "0.5",
            "\"\\u0000\"",
            "\"\\ud800\"",
            "\"\u00e4\"",
            "{}",
            "[]",
            "[null]",
            "\"",
            "\\",
            "}",
            "]",
            ",",
            ":",
            " ",
            "\n",
            "\"id\":\"..\"",
            "\ufeff",
            "'");
    private static final List<String> PATHS = List.of(
            "/vms/",
            "/vms/x/nics/",
            "/images/",
            "/volumes/",
            "/networks/",
            "/flavours/",
            "/tags/",
            "/tags/x/members/vm/",
            "/users/",
            "/tokens/",
            "/sites/",
            "/clouds/",
            "/vms?title=",
            "/vms?limit=",
            "/vms?after=",
            "/vms?tag=",
            "/vms?image=",
            "/vms?cloud=",
            "/volumes?state=",
            "/images?title=",
            "/vms/x?changedAfter=",
            "/vms/x/console?offset=");

    private TestNode node;
    private String user;

    @BeforeAll
    void start(@TempDir Path folder) {
        node = TestNode.start(folder);
        user = node.user("mallory");
    }

    @AfterAll
    void stop() {
        node.close();
    }

    @Test
    void bodiesOfAllSortsAreRefusedOrTaken() throws IOException {
        long seed = System.nanoTime();
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
        for (int i = 0; i < BODIES; i++) {
            byte[] body = mangled(MACHINE.getBytes(StandardCharsets.UTF_8), random);
            String status = send("POST", "/vms", body);
            assertThat(status)
                    .as("seed %d, body %d: %s", seed, i, new String(body, StandardCharsets.ISO_8859_1))
                    .matches("[24]\\d\\d");
        }
    }

    private static byte[] mangled(byte[] body, RandomGenerator random) {
        byte[] now = body;
        int times = random.nextInt(1, 4);
        for (int i = 0; i < times; i++) {
            int from = random.nextInt(now.length + 1);
            int to = Math.min(now.length, from + random.nextInt(0, 12));
            byte[] piece = random.nextBoolean()
                    ? PIECES.get(random.nextInt(PIECES.size())).getBytes(StandardCharsets.UTF_8)
                    : bytes(random);
            byte[] next = new byte[from + piece.length + now.length - to];
            System.arraycopy(now, 0, next, 0, from);
            System.arraycopy(piece, 0, next, from, piece.length);
            System.arraycopy(now, to, next, from + piece.length, now.length - to);
            now = next;
        }
        return now;
    }

    private static byte[] bytes(RandomGenerator random) {
        byte[] bytes = new byte[random.nextInt(0, 6)];
        random.nextBytes(bytes);
        return bytes;
    }

    @Test
    void addressesOfAllSortsAreRefusedOrAnswered() throws IOException {
        long seed = System.nanoTime();
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
        for (int i = 0; i < TARGETS; i++) {
            StringBuilder target = new StringBuilder(PATHS.get(random.nextInt(PATHS.size())));
            int length = random.nextInt(0, 12);
            for (int j = 0; j < length; j++) {
                target.append(
                        random.nextInt(3) > 0
                                ? String.valueOf((char) random.nextInt('!', 127))
                                : "%%%02X".formatted(random.nextInt(256)));
            }
            String method = List.of("GET", "DELETE", "PATCH", "POST", "PUT").get(random.nextInt(5));
            String status = send(method, target.toString(), new byte[0]);
            assertThat(status)
                    .as("seed %d, target %d: %s %s", seed, i, method, target)
                    .matches("[234]\\d\\d");
        }
    }

    /** By hand, because a client would mend what is wrong. */
    private String send(String method, String target, byte[] body) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), node.port())) {
            socket.setSoTimeout(20_000);
            OutputStream out = socket.getOutputStream();
            String head = method + " /api/v1" + target + " HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer " + user
                    + "\r\nContent-Type: application/json\r\nContent-Length: " + body.length
                    + "\r\nConnection: close\r\n\r\n";
            out.write(head.getBytes(StandardCharsets.ISO_8859_1));
            out.write(body);
            out.flush();
            InputStream in = socket.getInputStream();
            String answer = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            assertThat(answer).as(target).startsWith("HTTP/1.1 ").doesNotContain("Exception", "java.lang");
            return answer.substring(9, 12);
        }
    }
}

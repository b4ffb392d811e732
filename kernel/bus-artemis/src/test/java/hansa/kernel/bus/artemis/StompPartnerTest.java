package hansa.kernel.bus.artemis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import hansa.kernel.bus.Bus;
import hansa.kernel.bus.BusContract;
import hansa.kernel.bus.CloudEvents;
import hansa.kernel.bus.Event;
import hansa.kernel.store.Store;
import hansa.kernel.store.StoreUrl;
import hansa.kernel.store.Stores;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A partner who speaks STOMP 1.2 to the embedded broker, written with sockets alone. */
class StompPartnerTest {

    @TempDir
    Path folder;

    private int port;
    private Store store;
    private Bus bus;

    @BeforeEach
    void open() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = socket.getLocalPort();
        }
        store = Stores.open(StoreUrl.parse("sqlite:" + folder.resolve("test.db")), List.of());
        bus = ArtemisBus.open(
                BusUrl.parse("artemis-embedded://ada:secret@local?acceptor=tcp://127.0.0.1:" + port),
                folder.resolve("bus"),
                store,
                Clock.systemUTC(),
                "n1");
    }

    @AfterEach
    void close() {
        bus.close();
        store.close();
    }

    @Test
    void a_partner_reads_events_with_their_attributes() throws IOException {
        bus.subscribe("other", "", _ -> {});
        try (Socket partner = new Socket(InetAddress.getLoopbackAddress(), port)) {
            InputStream in = new BufferedInputStream(partner.getInputStream());
            send(partner, "CONNECT\naccept-version:1.2\nhost:local\nlogin:ada\npasscode:secret\n\n");
            assertThat(frame(in)).startsWith("CONNECTED\n");
            send(
                    partner,
                    "SUBSCRIBE\nid:1\ndestination:hansa.events\nsubscription-type:MULTICAST\nack:auto\nreceipt:r\n\n");
            assertThat(frame(in)).contains("receipt-id:r");
            Event event = BusContract.event("a", 1);
            bus.publish(List.of(event));
            assertThat(frame(in))
                    .startsWith("MESSAGE\n")
                    .contains("\ncloudEvents_specversion:1.0\n", "\ncloudEvents_type:hansa.test.happened\n")
                    .contains("\ncloudEvents_id:" + event.id() + "\n", "\ncloudEvents_subject:a\n")
                    .endsWith("\n\n" + event.data());
        }
    }

    @Test
    void an_event_that_a_partner_sends_in_structured_mode_is_understood_and_rubbish_is_left_out() throws IOException {
        ConcurrentLinkedQueue<Event> seen = new ConcurrentLinkedQueue<>();
        bus.subscribe("one", "", seen::add);
        Event event = BusContract.event("a", 1);
        try (Socket partner = new Socket(InetAddress.getLoopbackAddress(), port)) {
            InputStream in = new BufferedInputStream(partner.getInputStream());
            send(partner, "CONNECT\naccept-version:1.2\nhost:local\nlogin:ada\npasscode:secret\n\n");
            assertThat(frame(in)).startsWith("CONNECTED\n");
            String to = "SEND\ndestination:hansa.events\ndestination-type:MULTICAST\n";
            send(partner, to + "receipt:r1\n\nrubbish");
            assertThat(frame(in)).contains("receipt-id:r1");
            byte[] body = CloudEvents.toJson(event, "/partner").getBytes(StandardCharsets.UTF_8);
            send(
                    partner,
                    to + "receipt:r2\nJMS_AMQP_ContentType:application/cloudevents+json\ncontent-length:" + body.length
                            + "\n\n" + new String(body, StandardCharsets.UTF_8));
            assertThat(frame(in)).contains("receipt-id:r2");
        }
        await().until(() -> !seen.isEmpty());
        assertThat(seen).containsExactly(event);
    }

    @Test
    void a_partner_without_the_password_is_not_let_in() throws IOException {
        try (Socket partner = new Socket(InetAddress.getLoopbackAddress(), port)) {
            InputStream in = new BufferedInputStream(partner.getInputStream());
            send(partner, "CONNECT\naccept-version:1.2\nhost:local\nlogin:ada\npasscode:wrong\n\n");
            assertThat(frame(in)).startsWith("ERROR\n");
        }
    }

    private static void send(Socket to, String frame) throws IOException {
        to.getOutputStream().write((frame + "\0").getBytes(StandardCharsets.UTF_8));
    }

    private static String frame(InputStream in) throws IOException {
        ByteArrayOutputStream frame = new ByteArrayOutputStream();
        for (int next = in.read(); next > 0 || frame.size() == 0; next = in.read()) {
            if (next < 0) {
                throw new IOException("The broker closed the connection.");
            }
            if (next != '\n' || frame.size() > 0) {
                frame.write(next);
            }
        }
        return frame.toString(StandardCharsets.UTF_8);
    }
}

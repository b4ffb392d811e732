package hansa.drivers.occi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import hansa.cloud.BootContext;
import hansa.cloud.Cloud;
import hansa.cloud.CloudException;
import hansa.cloud.Facet;
import hansa.cloud.MachineOrder;
import hansa.cloud.RemoteId;
import hansa.cloud.kit.LostAnswersConformance;
import hansa.cloud.kit.OutageConformance;
import hansa.drivers.occi.PeerServer.Mishap;
import hansa.drivers.occi.PeerServer.Said;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Services that are down, slow, or answer what they should not. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class TroubleTest implements OutageConformance, LostAnswersConformance {

    private static final RemoteId DEBIAN =
            new RemoteId("http://occi.site.example/occi/infrastructure/os_tpl#uuid_debian_7");

    private final PeerServer server = new PeerServer(PeerDialect.ROCCI_1);

    @Override
    public Cloud openWhereNothingAnswers() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return Fixtures.open(
                    "http://127.0.0.1:" + socket.getLocalPort(),
                    Map.of("time-limit", "2s", "partner", "https://other.example.org"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public Cloud openLosingTheFirstAnswer() {
        AtomicBoolean lost = new AtomicBoolean();
        server.happen(came ->
                came.method().equals("POST") && lost.compareAndSet(false, true) ? Mishap.LOST_AFTER : Mishap.NONE);
        return Fixtures.open(server.url(), Map.of());
    }

    @Override
    public MachineOrder anyOrder() {
        return Fixtures.order("lost", DEBIAN, BootContext.EMPTY);
    }

    @Override
    public Set<Class<? extends Facet>> promisedFacets() {
        return new OcciDriver().facets();
    }

    @AfterAll
    void stop() {
        server.close();
    }

    @ParameterizedTest
    @EnumSource(
            value = Mishap.class,
            names = {"LOST_AFTER", "ERROR_500", "NONSENSE", "ENDLESS", "REDIRECT", "SILENCE"})
    void whateverAServiceDoesInsteadOfAnsweringItIsUnavailableInOneLine(Mishap mishap) {
        try (PeerServer broken = new PeerServer(PeerDialect.ROCCI_1);
                Cloud cloud = Fixtures.open(broken.url(), Map.of("time-limit", "3s"))) {
            broken.happen(_ -> mishap);
            assertThatThrownBy(cloud::list)
                    .isInstanceOfSatisfying(
                            CloudException.Unavailable.class,
                            refusal -> assertThat(refusal.text()).doesNotContain("\n", "Exception"));
            broken.happen(_ -> Mishap.NONE);
            assertThat(cloud.list()).isEmpty();
        }
    }

    @Test
    void aRedirectIsNeverFollowedWithOurCredentials() {
        try (PeerServer other = new PeerServer(PeerDialect.ROCCI_1);
                PeerServer broken = new PeerServer(PeerDialect.ROCCI_1);
                Cloud cloud = Fixtures.open(broken.url(), Map.of("token", "secret"))) {
            broken.guard(_ -> Optional.of(Said.of(302, "text/plain", "").with("Location", other.url() + "/compute/")));
            assertThatThrownBy(cloud::list)
                    .isInstanceOf(CloudException.Unavailable.class)
                    .hasMessageContaining("which is not followed")
                    .hasMessageNotContaining("secret");
            assertThat(other.came()).isEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "400, wrong, InvalidRequest",
        "401, who are you, Unauthorised",
        "403, not yours, Unauthorised",
        "403, Quota exceeded for cores, QuotaExceeded",
        "404, none, NotFound",
        "409, Instance is locked, Conflict",
        "409, Multiple possible networks found: a b, Conflict",
        "413, Quota exceeded, InvalidRequest",
        "429, slowly, Unavailable",
        "500, No valid host was found, NoCapacity",
        "500, user exceeds quota for VMs, QuotaExceeded",
        "501, not implemented, InvalidRequest",
        "503, later, Unavailable"
    })
    void refusalsAreWhatTheirStatusAndWordsSay(int status, String words, String kind) {
        try (PeerServer broken = new PeerServer(PeerDialect.ROCCI_1);
                Cloud cloud = Fixtures.open(broken.url(), Map.of())) {
            broken.guard(_ -> Optional.of(Said.of(status, "text/plain", words + "\nline two")));
            assertThatThrownBy(() -> cloud.read(new RemoteId("m")))
                    .isInstanceOfSatisfying(CloudException.class, refusal -> {
                        assertThat(refusal.getClass().getSimpleName()).isEqualTo(kind);
                        assertThat(refusal.text()).isEqualTo(words + " line two");
                    });
        }
    }

    @ParameterizedTest
    @CsvSource({
        "resource.not-found, NotFound",
        "resource.in-use, Conflict",
        "quota.exceeded, QuotaExceeded",
        "capacity.exhausted, NoCapacity",
        "policy.denied, Unauthorised",
        "cloud.unavailable, Unavailable",
        "attribute.invalid, InvalidRequest",
        "some.day, InvalidRequest"
    })
    void anotherHansaIsTakenAtItsCode(String code, String kind) {
        try (PeerServer broken = new PeerServer(PeerDialect.ROCCI_1);
                Cloud cloud = Fixtures.open(broken.url(), Map.of())) {
            broken.guard(_ -> Optional.of(Said.of(
                    409, "application/occi+json", "{\"code\":\"" + code + "\",\"message\":\"No \\\"x\\\".\"}\n")));
            assertThatThrownBy(() -> cloud.read(new RemoteId("m")))
                    .isInstanceOfSatisfying(CloudException.class, refusal -> {
                        assertThat(refusal.getClass().getSimpleName()).isEqualTo(kind);
                        assertThat(refusal.text()).isEqualTo("No \"x\"");
                    });
        }
    }

    @Test
    void aPageOfHtmlIsNotShown() {
        try (PeerServer broken = new PeerServer(PeerDialect.ROCCI_1);
                Cloud cloud = Fixtures.open(broken.url(), Map.of())) {
            broken.guard(_ -> Optional.of(
                    Said.of(502, "text/html", "<html>Bad Gateway</html>").with("Retry-After", "7")));
            assertThatThrownBy(cloud::describe).isInstanceOfSatisfying(CloudException.Unavailable.class, refusal -> {
                assertThat(refusal.text()).isEqualTo("GET /-/ was answered with the HTTP status 502");
                assertThat(refusal.retryAfter()).contains(java.time.Duration.ofSeconds(7));
            });
        }
    }

    @Test
    void anImageThatIsNotOfferedIsNotOrdered() {
        try (PeerServer there = new PeerServer(PeerDialect.ROCCI_1);
                Cloud cloud = Fixtures.open(there.url(), Map.of())) {
            for (String image : new String[] {"debian", "http://occi.site.example/occi/infrastructure/os_tpl#gone"}) {
                MachineOrder order = Fixtures.order("t1", new RemoteId(image), BootContext.EMPTY);
                assertThatThrownBy(() -> cloud.create(order)).isInstanceOf(CloudException.NotFound.class);
            }
            assertThat(there.came()).noneMatch(came -> came.method().equals("POST"));
        }
    }
}

package hansa.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import hansa.cloud.BootContext;
import hansa.cloud.Cloud;
import hansa.cloud.CloudDriver.Surroundings;
import hansa.cloud.CloudException;
import hansa.cloud.CloudName;
import hansa.cloud.MachineOrder;
import hansa.cloud.RemoteImage;
import hansa.cloud.Settings;
import hansa.cloud.Size;
import hansa.cloud.Token;
import hansa.drivers.occi.OcciDriver;
import hansa.trust.kit.AnchorFolder;
import hansa.trust.kit.Credential;
import hansa.trust.kit.Order;
import hansa.trust.kit.Proxies;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A node that another one knows by a proxy certificate in a file, over TLS with the other's own authority. */
final class OcciClientCertificateTest {

    private static final String ADA = "/O=Grid/CN=Ada Lovelace";

    @TempDir
    private Path folder;

    private final Credential authority = Order.authority("/O=Grid/CN=Authority").selfSigned();
    private final Credential ada = Order.endEntity(ADA).signedBy(authority);

    private Cloud open(URI url, Path proxy) {
        OcciDriver driver = new OcciDriver();
        Settings settings = Settings.of(
                driver.settings(),
                Map.of(
                        "url",
                        url.toString(),
                        "client-certificate",
                        proxy.toString(),
                        "trust-anchors",
                        folder.resolve("other/tls/ca.pem").toString()));
        return driver.open(new CloudName("b"), settings, new Surroundings(folder, Clock.systemUTC()));
    }

    /** As the tools of the grid write it: the proxy, its key, and who signed it. */
    private static void write(Path file, Credential proxy, Instant changed) throws IOException {
        Files.writeString(file, proxy.pem());
        Files.setLastModifiedTime(file, FileTime.from(changed));
    }

    private static KeyPair rsa() throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(2048);
        return generator.generateKeyPair();
    }

    @Test
    void a_proxy_is_who_we_are_until_its_file_says_otherwise() throws Exception {
        AnchorFolder anchors = new AnchorFolder(Files.createDirectories(folder.resolve("anchors"))).trust(authority);
        Path file = folder.resolve("x509up");
        Instant now = Instant.now();
        write(file, Proxies.full(ada).keys(rsa()).signedBy(ada), now);
        try (RunningNode other = RunningNode.start(
                        folder.resolve("other"),
                        "listen.occi=https://127.0.0.1:0",
                        "clouds.sim.driver=simulated",
                        "identity.x509.anchors=" + anchors.path(),
                        "identity.x509.refresh=0s");
                Cloud cloud = open(other.endpoint("occi"), file)) {
            RemoteImage tiny = cloud.describe().images().stream()
                    .filter(image -> image.name().equals("tiny"))
                    .findFirst()
                    .orElseThrow();
            cloud.create(new MachineOrder(
                    new Token("t1"),
                    "web",
                    tiny.id(),
                    new Size(1, 1024, 0),
                    Optional.empty(),
                    BootContext.EMPTY,
                    List.of(),
                    List.of()));
            assertThat(other.rest("GET", "/vms/fed.t1", "").body()).contains("\"owner\":\"" + ADA + "\"");

            Credential eve = Order.endEntity("/O=Grid/CN=Eve")
                    .signedBy(Order.authority("/O=Grid/CN=Nobody").selfSigned());
            write(file, Proxies.full(eve).signedBy(eve), now.plusSeconds(10));
            assertThatThrownBy(cloud::list).isInstanceOf(CloudException.Unauthorised.class);

            write(file, Proxies.full(ada).signedBy(ada), now.plusSeconds(15));
            assertThat(cloud.list()).as("with a key of an elliptic curve").hasSize(1);

            Files.writeString(file, "not a certificate");
            Files.setLastModifiedTime(file, FileTime.from(now.plusSeconds(20)));
            assertThat(cloud.list()).as("with what was there before").hasSize(1);
        }
    }

    @Test
    void files_that_cannot_be_used_are_told_when_the_cloud_is_opened() throws Exception {
        Files.createDirectories(folder.resolve("other/tls"));
        Path anchors = Files.writeString(folder.resolve("other/tls/ca.pem"), "");
        URI url = URI.create("https://127.0.0.1:1");
        Path proxy = folder.resolve("x509up");
        write(proxy, Proxies.full(ada).keys(rsa()).signedBy(ada), Instant.now());
        assertThatThrownBy(() -> open(url, proxy))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("'trust-anchors': " + anchors);
        Path none = Files.writeString(folder.resolve("none.pem"), "");
        assertThatThrownBy(() -> open(url, none))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("'client-certificate': " + none + " cannot be used: there is no certificate in it");
    }
}

package hansa.trust.x509;

import static org.assertj.core.api.Assertions.assertThat;

import hansa.protocols.voms.AttributeCertificate;
import hansa.protocols.voms.Fqan;
import hansa.protocols.voms.GenericAttribute;
import hansa.trust.Evidence;
import hansa.trust.kit.Credential;
import hansa.trust.kit.Order;
import hansa.trust.kit.Proxies;
import hansa.trust.kit.VomsServer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Debian's {@code voms-clients}, in C: what they write is read here, and what is written here they read and verify. */
@Tag("peer")
final class VomsClientsPeerTest {

    @TempDir
    private Path folder;

    private Grid grid;
    private Credential user;
    private VomsServer voms;

    @BeforeEach
    void setUp() throws IOException {
        grid = new Grid(folder);
        // the programs sign with SHA-1 for users of authorities whose keys are not of RSA
        Credential authority = Order.authority("/O=Grid/CN=Authority of RSA")
                .keys(Order.newRsaKeys(2048))
                .selfSigned();
        grid.anchors.trust(authority);
        user = Order.endEntity("/O=Grid/OU=People/CN=Grace Hopper")
                .keys(Order.newRsaKeys(2048))
                .signedBy(authority);
        voms = new VomsServer(
                        Order.endEntity("/O=Grid/OU=Hosts/CN=voms.example.org")
                                .keys(Order.newRsaKeys(2048))
                                .signedBy(authority),
                        "testvo",
                        "voms.example.org")
                .trustedBy(grid.vomsDirectory);
    }

    private static String program(String name) {
        String programs = Optional.ofNullable(System.getenv("HANSA_VOMS_CLIENTS"))
                .orElseThrow(() -> new AssertionError(
                        "HANSA_VOMS_CLIENTS does not say where the programs of voms-clients are; run peers/verify"));
        return Path.of(programs).resolve(name).toString();
    }

    private String run(List<String> command) throws Exception {
        ProcessBuilder builder =
                new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true);
        builder.environment()
                .putAll(Map.of(
                        "HOME", folder.toString(),
                        "X509_CERT_DIR", grid.anchors.path().toString(),
                        "X509_VOMS_DIR", grid.vomsDirectory.toString()));
        Process process = builder.start();
        process.getOutputStream().close();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(said).isZero();
        return said;
    }

    private String file(String name, String text) throws IOException {
        Path file = Files.writeString(folder.resolve(name), text);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        return file.toString();
    }

    @Test
    void the_attributes_written_here_are_read_and_verified_there() throws Exception {
        AttributeCertificate content = Changed.attributes(
                voms.says(user.certificate(), "/testvo", "/testvo/cloud/Role=VMOperator"),
                List.of(new GenericAttribute("nick", "grace", "testvo")));
        Credential proxy = Proxies.carrying(user, List.of(voms.sign(content)))
                .keys(Order.newRsaKeys(2048))
                .signedBy(user);
        String said = run(List.of(program("voms-proxy-info"), "-all", "-file", file("proxy.pem", proxy.pem())));
        assertThat(said)
                .contains("type      : RFC compliant proxy", "identity  : /O=Grid/OU=People/CN=Grace Hopper")
                .contains("VO        : testvo", "uri       : voms.example.org:15000")
                .contains("attribute : /testvo/Role=NULL/Capability=NULL\n")
                .contains("attribute : /testvo/cloud/Role=VMOperator/Capability=NULL\n")
                .contains("attribute : nick = grace (testvo)")
                .doesNotContain("WARNING", "Error");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-newformat"})
    void the_attributes_written_there_are_read_and_verified_here(String form) throws Exception {
        Path proxy = folder.resolve("proxy.pem");
        List<String> command = new ArrayList<>(List.of(
                program("voms-proxy-fake"),
                "-q",
                "-rfc",
                "-cert",
                file("user.pem", Credential.pem(user.certificate())),
                "-key",
                file("user.key", Credential.pem(user.key())),
                "-certdir",
                grid.anchors.path().toString(),
                "-out",
                proxy.toString(),
                "-voms",
                "testvo",
                "-uri",
                "voms.example.org:15000",
                "-hostcert",
                file("voms.pem", Credential.pem(voms.credential().certificate())),
                "-hostkey",
                file("voms.key", Credential.pem(voms.credential().key())),
                "-fqan",
                "/testvo/cloud/Role=VMOperator/Capability=NULL",
                "-fqan",
                "/testvo/Role=NULL/Capability=NULL",
                "-hours",
                "2"));
        if (!form.isEmpty()) {
            command.add(form);
        }
        run(command);
        Evidence evidence = new X509Verifier(grid.settings(), Clock.systemUTC()).verify(chain(proxy));
        assertThat(evidence.kind()).isEqualTo(Evidence.Kind.PROXY);
        assertThat(evidence.subject()).isEqualTo("/O=Grid/OU=People/CN=Grace Hopper");
        assertThat(evidence.fqans())
                .extracting(Fqan::toString)
                .containsExactly("/testvo/cloud/Role=VMOperator", "/testvo");
    }

    /** The file has the key between the certificates. */
    private static List<X509Certificate> chain(Path file) throws Exception {
        String text = Files.readString(file);
        int key = text.indexOf("-----BEGIN", 1);
        int rest = text.indexOf("-----BEGIN CERTIFICATE-----", key);
        List<X509Certificate> chain = new ArrayList<>();
        try (InputStream in = new ByteArrayInputStream(
                (text.substring(0, key) + text.substring(rest)).getBytes(StandardCharsets.US_ASCII))) {
            CertificateFactory.getInstance("X.509")
                    .generateCertificates(in)
                    .forEach(each -> chain.add((X509Certificate) each));
        }
        return chain;
    }
}

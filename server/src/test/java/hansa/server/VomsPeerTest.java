package hansa.server;

import static org.assertj.core.api.Assertions.assertThat;

import eu.emi.security.authn.x509.X509CertChainValidatorExt;
import hansa.kernel.config.Configuration;
import hansa.kernel.config.ConfigurationReader;
import hansa.kernel.config.SecretText;
import hansa.trust.kit.AnchorFolder;
import hansa.trust.kit.Credential;
import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.openssl.PEMKeyPair;
import org.bouncycastle.openssl.PEMParser;
import org.bouncycastle.openssl.jcajce.JcaPEMKeyConverter;
import org.italiangrid.voms.VOMSAttribute;
import org.italiangrid.voms.VOMSValidators;
import org.italiangrid.voms.store.impl.DefaultVOMSTrustStore;
import org.italiangrid.voms.util.CertificateValidatorBuilder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Debian's VOMS clients and server, and OpenSSL, on one side, and a whole node on the other. {@code peers/verify} starts
 * the server and says where its folder is.
 */
@Tag("peer")
final class VomsPeerTest {

    private static final String MEMBER = "/O=Peers/OU=People/CN=Member One";
    private static final String LIMITED = "1.3.6.1.4.1.3536.1.1.1.9";

    @TempDir
    private Path folder;

    private final Closing closing = new Closing();
    private Path grid;
    private Path peers;
    private AnchorFolder anchors;
    private Path vomsdir;

    /** What a program said, and how it ended. */
    private record Ran(int status, String output) {}

    @BeforeEach
    void start() throws Exception {
        grid = Path.of(required("HANSA_GRID"));
        peers = Path.of(required("HANSA_PEERS"));
        anchors = new AnchorFolder(copied("certificates"));
        vomsdir = copied("vomsdir/testvo").getParent();
        List<String> settings = List.of(
                "listen.main=https://localhost:0",
                "listen.occi=none",
                "listen.voms=https://localhost:0",
                "voms.host=localhost",
                "identity.x509.anchors=" + anchors.path(),
                "identity.x509.vomsdir=" + vomsdir,
                "identity.x509.refresh=0s");
        Configuration wanted = ConfigurationReader.read(Optional.empty(), settings, Map.of());
        Node.start(folder.resolve("data"), wanted, new SecretText(Map.of()), Clock.systemUTC(), closing);
    }

    @AfterEach
    void stop() {
        closing.close();
    }

    private static String required(String variable) {
        String value = System.getenv(variable);
        if (value == null || value.isEmpty()) {
            throw new AssertionError(variable + " is not set; run this by peers/verify");
        }
        return value;
    }

    private Path copied(String name) throws IOException {
        Path copy = Files.createDirectories(folder.resolve(name));
        try (Stream<Path> files = Files.list(grid.resolve(name))) {
            for (Path file : files.toList()) {
                Files.copy(file, copy.resolve(file.getFileName()));
            }
        }
        return copy;
    }

    private Ran run(String... command) throws Exception {
        Path output = Files.createTempFile(folder, "output", ".txt");
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
        builder.environment().put("HOME", folder.toString());
        builder.environment().put("X509_CERT_DIR", anchors.path().toString());
        builder.environment().put("X509_VOMS_DIR", vomsdir.toString());
        builder.environment().put("X509_USER_CERT", grid.resolve("user.pem").toString());
        builder.environment().put("X509_USER_KEY", grid.resolve("user.key").toString());
        Process process = builder.start();
        process.getOutputStream().close();
        if (!process.waitFor(120, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new AssertionError(command[0] + " does not end: " + Files.readString(output));
        }
        return new Ran(process.exitValue(), Files.readString(output, StandardCharsets.ISO_8859_1));
    }

    private Ran proxyInit(Path proxy, Path vomses, String voms, String... more) throws Exception {
        return run(Stream.concat(
                        Stream.of(
                                "voms-proxy-init",
                                "-rfc",
                                "-out",
                                proxy.toString(),
                                "-voms",
                                voms,
                                "-vomses",
                                vomses.toString()),
                        Stream.of(more))
                .toArray(String[]::new));
    }

    private URI main() throws IOException {
        Matcher matcher = Pattern.compile("\"main\": \"([^\"]+)\"")
                .matcher(Files.readString(folder.resolve("data/endpoints.json")));
        assertThat(matcher.find()).isTrue();
        return URI.create(matcher.group(1));
    }

    private X509Certificate ownAuthority() throws Exception {
        try (InputStream in = Files.newInputStream(folder.resolve("data/tls/ca.pem"))) {
            return (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(in);
        }
    }

    /** What a file of a proxy holds: its certificate, its key, and what it stands below. */
    private static Credential credential(Path pem) throws IOException, GeneralSecurityException {
        List<X509Certificate> chain = new ArrayList<>();
        Optional<PrivateKey> key = Optional.empty();
        try (Reader reader = Files.newBufferedReader(pem);
                PEMParser parser = new PEMParser(reader)) {
            for (Object each = parser.readObject(); each != null; each = parser.readObject()) {
                switch (each) {
                    case X509CertificateHolder certificate ->
                        chain.add(new JcaX509CertificateConverter().getCertificate(certificate));
                    case PrivateKeyInfo info -> key = Optional.of(new JcaPEMKeyConverter().getPrivateKey(info));
                    case PEMKeyPair pair ->
                        key = Optional.of(new JcaPEMKeyConverter().getPrivateKey(pair.getPrivateKeyInfo()));
                    default -> throw new AssertionError("a proxy with " + each.getClass());
                }
            }
        }
        return new Credential(key.orElseThrow(), chain);
    }

    private HttpResponse<String> ask(Optional<Credential> shown, String method, String path, String body)
            throws Exception {
        char[] password = "changeit".toCharArray();
        KeyStore keys = KeyStore.getInstance("PKCS12");
        keys.load(null, null);
        if (shown.isPresent()) {
            keys.setKeyEntry(
                    "client", shown.get().key(), password, shown.get().chain().toArray(X509Certificate[]::new));
        }
        KeyManagerFactory own = KeyManagerFactory.getInstance("SunX509");
        own.init(keys, password);
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        trusted.setCertificateEntry("hansa", ownAuthority());
        TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
        trust.init(trusted);
        SSLContext tls = SSLContext.getInstance("TLS");
        tls.init(own.getKeyManagers(), trust.getTrustManagers(), null);
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(main() + path))
                .header("Content-Type", "application/json")
                .method(method, HttpRequest.BodyPublishers.ofString(body));
        if (shown.isEmpty()) {
            request.header(
                    "X-Auth-Token",
                    Files.readString(folder.resolve("data/admin.token")).strip());
        }
        try (HttpClient client = HttpClient.newBuilder().sslContext(tls).build()) {
            return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
        }
    }

    private String operator(String method, String path, String body) throws Exception {
        HttpResponse<String> answer = ask(Optional.empty(), method, path, body);
        assertThat(answer.statusCode()).as(answer.body()).isBetween(200, 299);
        return answer.body();
    }

    private HttpResponse<String> whoami(Path proxy) throws Exception {
        return ask(Optional.of(credential(proxy)), "GET", "/api/v1/whoami", "");
    }

    /** As an administrator does it: a member here, and this node among the servers that are trusted. */
    private Path ownVo() throws Exception {
        operator("POST", "/api/v1/vos", "{\"name\":\"ours\"}");
        operator("POST", "/api/v1/vos/ours/groups", "{\"path\":\"/ours/cloud\"}");
        operator("POST", "/api/v1/vos/ours/members", "{\"id\":\"" + MEMBER + "\"}");
        String member = MEMBER.replace("/", "%2F").replace(" ", "%20").replace("=", "%3D");
        operator("PUT", "/api/v1/vos/ours/members/" + member + "/rights/cloud%2FRole=VMOperator", "");
        // The key is not looked at.
        anchors.trust(credential(grid.resolve("user.key")).with(List.of(ownAuthority())));
        Files.writeString(
                Files.createDirectories(vomsdir.resolve("ours")).resolve("localhost.lsc"),
                operator("GET", "/voms/ours/lsc", ""));
        return Files.writeString(folder.resolve("vomses"), operator("GET", "/voms/ours/vomses", ""));
    }

    @Test
    void the_clients_get_a_proxy_from_this_node_that_all_readers_take() throws Exception {
        Path vomses = ownVo();
        Path proxy = folder.resolve("proxy.pem");
        Ran made = proxyInit(proxy, vomses, "ours:/ours/cloud/Role=VMOperator", "-voms", "ours:/ours");
        assertThat(made.status()).as(made.output()).isZero();

        Ran read = run("voms-proxy-info", "-all", "-file", proxy.toString());
        assertThat(read.status()).as(read.output()).isZero();
        assertThat(read.output())
                .contains("VO        : ours", "issuer    : /O=Hansa/CN=localhost", "subject   : " + MEMBER)
                .containsSubsequence(
                        "attribute : /ours/cloud/Role=VMOperator/Capability=NULL",
                        "attribute : /ours/Role=NULL/Capability=NULL")
                .contains("uri       : localhost:");

        HttpResponse<String> whoami = whoami(proxy);
        assertThat(whoami.statusCode()).as(whoami.body()).isEqualTo(200);
        assertThat(whoami.body())
                .contains("\"subject\":\"" + MEMBER + "\"", "\"proof\":\"proxy\"", "\"vo\":\"ours\"")
                .contains("\"groups\":[\"/ours/cloud/Role=VMOperator\",\"/ours\"");

        X509CertChainValidatorExt trusted = new CertificateValidatorBuilder()
                .trustAnchorsDir(anchors.path().toString())
                .build();
        List<VOMSAttribute> attributes = VOMSValidators.newValidator(
                        new DefaultVOMSTrustStore(List.of(vomsdir.toString())), trusted)
                .validate(credential(proxy).chain().toArray(X509Certificate[]::new));
        assertThat(attributes)
                .singleElement()
                .satisfies(each -> assertThat(each.getFQANs())
                        .containsExactly(
                                "/ours/cloud/Role=VMOperator/Capability=NULL", "/ours/Role=NULL/Capability=NULL"));
    }

    @Test
    void the_clients_get_all_groups_where_nothing_is_chosen_and_no_longer_than_allowed() throws Exception {
        Path vomses = ownVo();
        Path proxy = folder.resolve("proxy.pem");
        Ran made = proxyInit(proxy, vomses, "ours", "-valid", "72:00");
        assertThat(made.status()).as(made.output()).isZero();
        assertThat(made.output()).contains("validity of this VOMS AC is shortened");
        Ran read = run("voms-proxy-info", "-fqan", "-actimeleft", "-file", proxy.toString());
        assertThat(read.output())
                .contains("/ours/Role=NULL", "/ours/cloud/Role=NULL")
                .doesNotContain("VMOperator");
    }

    @Test
    void the_clients_get_nothing_that_the_member_does_not_have() throws Exception {
        Path vomses = ownVo();
        Path proxy = folder.resolve("proxy.pem");
        Ran made = proxyInit(proxy, vomses, "ours:/ours/Role=manager");
        assertThat(made.status()).as(made.output()).isNotZero();
        assertThat(proxy).doesNotExist();
    }

    @Test
    void a_proxy_with_attributes_of_a_real_server_is_known() throws Exception {
        Path proxy = folder.resolve("proxy.pem");
        Ran made = run(
                peers.resolve("voms").toString(),
                "run",
                "voms-proxy-init",
                "-rfc",
                "-out",
                proxy.toString(),
                "-voms",
                "testvo:/testvo/cloud/Role=VMOperator",
                "-vomses",
                grid.resolve("vomses").toString());
        assertThat(made.status()).as(made.output()).isZero();
        HttpResponse<String> whoami = whoami(proxy);
        assertThat(whoami.statusCode()).as(whoami.body()).isEqualTo(200);
        assertThat(whoami.body())
                .contains("\"subject\":\"" + MEMBER + "\"", "\"proof\":\"proxy\"", "\"vo\":\"testvo\"")
                .contains("\"groups\":[\"/testvo/cloud/Role=VMOperator\",\"/testvo/cloud\",\"/testvo\"]");
    }

    @Test
    void a_proxy_that_openssl_made_is_known_and_a_limited_one_is_not() throws Exception {
        HttpResponse<String> full = whoami(opensslProxy("id-ppl-inheritAll"));
        assertThat(full.statusCode()).as(full.body()).isEqualTo(200);
        assertThat(full.body()).contains("\"subject\":\"" + MEMBER + "\"", "\"proof\":\"proxy\"", "\"groups\":[]");
        assertThat(whoami(opensslProxy("id-ppl-independent")).statusCode()).isEqualTo(200);
        HttpResponse<String> limited = whoami(opensslProxy(LIMITED));
        assertThat(limited.statusCode()).isEqualTo(401);
        assertThat(limited.body()).contains("identity.invalid").doesNotContain("limited");
    }

    private Path opensslProxy(String policy) throws Exception {
        Path own = Files.createTempDirectory(folder, "proxy");
        Path extensions = Files.writeString(
                own.resolve("ext"),
                "keyUsage=critical,digitalSignature,keyEncipherment\nproxyCertInfo=critical,language:" + policy + "\n");
        Ran request = run(
                "openssl",
                "req",
                "-newkey",
                "rsa:2048",
                "-nodes",
                "-keyout",
                own.resolve("key").toString(),
                "-out",
                own.resolve("request").toString(),
                "-subj",
                MEMBER + "/CN=4711");
        assertThat(request.status()).as(request.output()).isZero();
        Ran certificate = run(
                "openssl",
                "x509",
                "-req",
                "-in",
                own.resolve("request").toString(),
                "-CA",
                grid.resolve("user.pem").toString(),
                "-CAkey",
                grid.resolve("user.key").toString(),
                "-set_serial",
                "4711",
                "-days",
                "1",
                "-extfile",
                extensions.toString(),
                "-out",
                own.resolve("certificate").toString());
        assertThat(certificate.status()).as(certificate.output()).isZero();
        return Files.writeString(
                own.resolve("proxy.pem"),
                Files.readString(own.resolve("certificate"))
                        + Files.readString(own.resolve("key"))
                        + Files.readString(grid.resolve("user.pem")));
    }
}

package hansa.kernel.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import hansa.kernel.config.Configuration.LogLevel;
import hansa.kernel.config.Configuration.OcciProfile;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ConfigurationReaderTest {

    @TempDir
    Path folder;

    private Configuration yaml(String text, String... overrides) throws ConfigurationException, IOException {
        Path file = folder.resolve("hansa.yaml");
        Files.writeString(file, text);
        return ConfigurationReader.read(Optional.of(file), List.of(overrides), Map.of("PASSWORD", "hush"));
    }

    private static Configuration set(String... overrides) throws ConfigurationException {
        return ConfigurationReader.read(Optional.empty(), List.of(overrides), Map.of());
    }

    private void refused(String text, String line) {
        assertThatThrownBy(() -> yaml(text))
                .isInstanceOf(ConfigurationException.class)
                .hasMessage(line);
    }

    @Test
    void hasADefaultForEverything() throws ConfigurationException {
        Configuration configuration = set();
        assertThat(configuration.listen().main()).isEqualTo(URI.create("https://127.0.0.1:8443"));
        assertThat(configuration.listen().occi()).contains(URI.create("https://127.0.0.1:11443"));
        assertThat(configuration.identity().open()).isFalse();
        assertThat(configuration.storeUrl()).isEmpty();
        assertThat(configuration.busUrl()).isEmpty();
        assertThat(configuration.tls()).isEmpty();
        assertThat(configuration.site().name()).isEqualTo("local");
        assertThat(configuration.occi().profile()).isEqualTo(OcciProfile.COMPATIBLE);
        assertThat(configuration.quotas().memory()).isEqualTo(800L << 30);
        assertThat(configuration.limits())
                .isEqualTo(new Configuration.RequestLimits(
                        4096,
                        1024,
                        128 * 1024,
                        Duration.ofSeconds(30),
                        Duration.ofSeconds(30),
                        512,
                        Duration.ofSeconds(10),
                        new Configuration.ClientLimits(
                                2000, 256, 1024, 1000, 128, List.of("127.0.0.0/8", "::1"), 5, Duration.ofMinutes(5))));
        assertThat(configuration.clouds()).isEmpty();
    }

    @Test
    void readsNestedAndDottedKeysAlike() throws Exception {
        Configuration configuration = yaml("""
                # a comment
                site: {name: luebeck-1}
                listen:
                  main: http://localhost:0
                  names: [cloud.example.org, 10.0.0.7]
                listen.occi: none
                quotas.memory: 2GiB
                log:
                  level: debug
                clouds:
                  sim:
                    driver: simulated
                    latency.create: 250ms
                  kvm: {driver: libvirt, uri: "qemu:///system"}
                """);
        assertThat(configuration.site().name()).isEqualTo("luebeck-1");
        assertThat(configuration.listen().main()).isEqualTo(URI.create("http://localhost:0"));
        assertThat(configuration.listen().occi()).isEmpty();
        assertThat(configuration.listen().names()).containsExactly("cloud.example.org", "10.0.0.7");
        assertThat(configuration.quotas().memory()).isEqualTo(2L << 30);
        assertThat(configuration.log().level()).isEqualTo(LogLevel.DEBUG);
        assertThat(configuration.clouds())
                .extracting(Configuration.CloudEntry::name, Configuration.CloudEntry::driver)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("kvm", "libvirt"),
                        org.assertj.core.groups.Tuple.tuple("sim", "simulated"));
        assertThat(configuration.clouds().get(1).settings())
                .containsOnly(
                        Map.entry("latency.create", new Configuration.CloudSetting("250ms", "hansa.yaml line 13")));
    }

    @Test
    void anOptionWinsOverTheFile() throws Exception {
        Configuration configuration =
                yaml("site.name: one\n", "site.name=two", "clouds.sim.driver=simulated", "clouds.sim.note=a=b");
        assertThat(configuration.site().name()).isEqualTo("two");
        assertThat(configuration.clouds().getFirst().settings().get("note").value())
                .isEqualTo("a=b");
    }

    @Test
    void takesSecretsFromFilesAndTheEnvironmentAndNeverPrintsThem() throws Exception {
        Path secret = folder.resolve("url");
        Files.writeString(secret, "postgresql://hansa:hush@db/hansa\n");
        Configuration fromFile = yaml("store.url: file:" + secret + "\n");
        assertThat(fromFile.storeUrl().map(Secret::reveal)).contains("postgresql://hansa:hush@db/hansa");
        assertThat(fromFile.toString()).doesNotContain("hush");
        assertThat(yaml("bus.url: env:PASSWORD\n").busUrl().map(Secret::reveal)).contains("hush");
        refused("store.url: env:NONE", "hansa.yaml line 1: \"store.url\": the environment has no variable NONE");
        refused(
                "store.url: file:/no/such/file",
                "hansa.yaml line 1: \"store.url\": the file /no/such/file cannot be read");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            listen.mian: https://127.0.0.1:1 | hansa.yaml line 1: there is no key "listen.mian"; did you mean "listen.main"?
            identity: {opne: true}           | hansa.yaml line 1: there is no key "identity.opne"; did you mean "identity.open"?
            completely.other: 1              | hansa.yaml line 1: there is no key "completely.other"; docs/configuration.md lists all keys
            clouds.sim: simulated            | hansa.yaml line 1: there is no key "clouds.sim"; a cloud is set by clouds.<name>.driver and its driver's keys
            identity.open: yes               | hansa.yaml line 1: "identity.open" is "yes"; it must be true or false
            limits.requests: many            | hansa.yaml line 1: "limits.requests" is "many"; it must be a whole number from 1 to 100000
            limits.requests: 0               | hansa.yaml line 1: "limits.requests" is "0"; it must be a whole number from 1 to 100000
            limits.request-header: 1KiB      | hansa.yaml line 1: "limits.request-header" is "1KiB"; it must be a size such as 64KiB or 2GiB, from 8192 to 16777216 bytes
            quotas.memory: 99999999TiB       | hansa.yaml line 1: "quotas.memory" is "99999999TiB"; it must be a size such as 64KiB or 2GiB, from 0 to 9223372036854775807 bytes
            limits.idle: 30                  | hansa.yaml line 1: "limits.idle" is "30"; it must be a duration such as 250ms, 10s, 5m or 1h, from 1000ms to 3600s
            occi.profile: loose              | hansa.yaml line 1: "occi.profile" is "loose"; it must be one of compatible, strict
            log.level: WARN                  | hansa.yaml line 1: "log.level" is "WARN"; it must be one of error, warn, info, debug, trace
            site.name: a b                   | hansa.yaml line 1: "site.name" is "a b"; it must be 1 to 63 letters, digits, dots, _ and -, starting with a letter or digit
            site.name:                       | hansa.yaml line 1: "site.name" has no value; it must be 1 to 63 letters, digits, dots, _ and -, starting with a letter or digit
            store.url: ' '                   | hansa.yaml line 1: "store.url" is "***"; it must be a text, file:/path or env:NAME
            listen.main: localhost:8443      | hansa.yaml line 1: "listen.main" is "localhost:8443"; it must be http://host:port or https://host:port
            listen.main: https://a:1/path    | hansa.yaml line 1: "listen.main" is "https://a:1/path"; it must be http://host:port or https://host:port
            listen.main: http://10.0.0.1:80  | hansa.yaml line 1: "listen.main" is "http://10.0.0.1:80"; http:// is only for loopback addresses, write https://10.0.0.1:80
            listen.occi: http://my.host:80   | hansa.yaml line 1: "listen.occi" is "http://my.host:80"; http:// is only for loopback addresses, write https://my.host:80
            tls.key: /a.key                  | hansa.yaml line 1: "tls.key" is set without "tls.certificate"; set both or none
            clouds: {Sim: {driver: x}}       | hansa.yaml line 1: "Sim" is no name for a cloud; it must be 1 to 63 of a-z, 0-9 and -, starting with a letter
            clouds.sim.note: 1               | hansa.yaml line 1: the cloud "sim" has no driver; set clouds.sim.driver, for example to simulated
            identity.oidc: egi               | hansa.yaml line 1: there is no key "identity.oidc"; an OpenID provider is set by identity.oidc.<name>.issuer and its other keys
            identity.saml.kit: x             | hansa.yaml line 1: there is no key "identity.saml.kit"; a SAML identity provider is set by identity.saml.<name>.entity and its other keys
            identity.oidc.egi.isuer: x       | hansa.yaml line 1: there is no key "identity.oidc.egi.isuer"; did you mean "identity.oidc.egi.issuer"?
            identity.oidc.egi.url.x: y       | hansa.yaml line 1: there is no key "identity.oidc.egi.url.x"; docs/configuration.md lists all keys
            identity.oidc.E.skew: 1s         | hansa.yaml line 1: "E" is no name for an issuer; it must be 1 to 63 of a-z, 0-9 and -, starting with a letter
            identity.oidc.egi.skew: 1s       | hansa.yaml line 1: the issuer "egi" has no issuer; set identity.oidc.egi.issuer, for example to https://login.example.org
            identity.oidc.egi.issuer: http://a | hansa.yaml line 1: "identity.oidc.egi.issuer" is "http://a"; it must be https://host/path without query, or http:// on a loopback address
            identity.saml.kit.entity: x      | hansa.yaml line 1: the issuer "kit" has no certificates; set identity.saml.kit.certificates, for example to /etc/hansa/idp.pem
            identity.federation.b.vos: x     | hansa.yaml line 1: the partner "b" has no url; set identity.federation.b.url, for example to https://other.example.org
            site: [a: b]                     | hansa.yaml line 1: the list "site" holds something else than texts without commas
            just words                       | hansa.yaml line 1: keys with values are expected, such as site.name: mine
            site.name: &x mine               | hansa.yaml line 1: anchors are not taken here; write the value out where it is used
            """)
    void saysWhatIsWrongAndWhere(String text, String line) {
        refused(text, line);
    }

    @Test
    void refusesAnOpenHouseOnAnOpenAddress() {
        refused(
                "site.name: x\nidentity.open: true\nlisten.main: https://0.0.0.0:8443\n",
                "hansa.yaml line 2: \"identity.open\" makes everybody the operator, and \"listen.main\" is open to others"
                        + " at https://0.0.0.0:8443; set one to false or the other to a loopback address");
        assertThatThrownBy(() -> set("identity.open=true", "listen.occi=https://[2001:db8::1]:1"))
                .hasMessage("--set: \"identity.open\" makes everybody the operator, and \"listen.occi\" is open to"
                        + " others at https://[2001:db8::1]:1; set one to false or the other to a loopback address");
    }

    @Test
    void letsTheHouseBeOpenOnLoopback() throws ConfigurationException {
        assertThat(set("identity.open=true", "listen.main=http://[::1]:0", "listen.occi=http://127.9.9.9:0")
                        .identity()
                        .open())
                .isTrue();
    }

    @Test
    void readsWhoseTokensAndAssertionsAreTaken() throws Exception {
        Configuration.Identity identity = yaml("""
                identity:
                  oidc:
                    egi:
                      issuer: https://aai.egi.eu/auth/realms/egi
                      audience: [https://cloud.example.org, hansa]
                      vos: [vo.example.org]
                      client-id: hansa
                      client-secret: env:PASSWORD
                      introspection: opaque
                    near: {issuer: "http://127.0.0.1:1", audience: a}
                  saml.kit: {entity: "urn:idp", certificates: /a.pem, audience: urn:sp, vos: "*"}
                  federation.b: {url: "https://b.example.org", keys: /b.jwks, issuers: https://aai.egi.eu}
                """).identity();
        Configuration.OidcIssuer egi = identity.oidc().getFirst();
        assertThat(egi.name()).isEqualTo("egi");
        assertThat(egi.issuer()).isEqualTo(URI.create("https://aai.egi.eu/auth/realms/egi"));
        assertThat(egi.audience()).containsExactly("https://cloud.example.org", "hansa");
        assertThat(egi.vos()).containsExactly("vo.example.org");
        assertThat(egi.clientSecret().map(Secret::reveal)).contains("hush");
        assertThat(egi.introspection()).isEqualTo(Configuration.Introspection.OPAQUE);
        assertThat(egi.toString()).doesNotContain("hush");
        Configuration.OidcIssuer near = identity.oidc().get(1);
        assertThat(near.vos()).isEmpty();
        assertThat(near.clients()).containsExactly("*");
        assertThat(near.entitlementClaims()).containsExactly("entitlements", "eduperson_entitlement");
        assertThat(near.skew()).isEqualTo(Duration.ofSeconds(30));
        assertThat(identity.saml())
                .containsExactly(new Configuration.SamlIssuer(
                        "kit",
                        "urn:idp",
                        Path.of("/a.pem"),
                        List.of("urn:sp"),
                        List.of(),
                        Optional.empty(),
                        "urn:oid:1.3.6.1.4.1.5923.1.1.1.7",
                        List.of("*"),
                        List.of("*"),
                        List.of("*")));
        assertThat(identity.partners())
                .containsExactly(new Configuration.Partner(
                        "b",
                        URI.create("https://b.example.org"),
                        Optional.of(Path.of("/b.jwks")),
                        List.of("https://aai.egi.eu"),
                        List.of(),
                        Optional.empty()));
    }

    @Test
    void readsWhatIsNeededToIssueAttributeCertificates() throws ConfigurationException {
        assertThat(set().voms()).isEmpty();
        assertThat(set(
                                "identity.x509.anchors=/a",
                                "voms.host=voms.example.org",
                                "voms.lifetime=8h",
                                "listen.voms=https://0.0.0.0:15000")
                        .voms())
                .contains(new Configuration.Voms(
                        Optional.of(URI.create("https://0.0.0.0:15000")),
                        "voms.example.org",
                        Optional.empty(),
                        Duration.ofHours(8)));
    }

    @Test
    void refusesWhatIssuesNothing() {
        assertThatThrownBy(() -> set("voms.host=h"))
                .hasMessage("--set: \"voms.host\" is set without \"identity.x509.anchors\"; members show certificates,"
                        + " and those need authorities that are trusted");
        assertThatThrownBy(() -> set("listen.voms=https://localhost:15000"))
                .hasMessage("--set: \"listen.voms\" is set without \"voms.host\", so that nothing is issued; set both"
                        + " or none");
        assertThatThrownBy(() -> set("voms.certificate=/c", "voms.key=/k"))
                .hasMessageContaining("\"voms.certificate\" is set without \"voms.host\"");
        assertThatThrownBy(() -> set("voms.host=h", "identity.x509.anchors=/a", "voms.key=/k"))
                .hasMessage("--set: \"voms.key\" is set without \"voms.certificate\"; set both or none");
        assertThatThrownBy(() -> set("voms.host=h", "identity.x509.anchors=/a", "listen.voms=http://127.0.0.1:15000"))
                .hasMessage("--set: \"listen.voms\" is \"http://127.0.0.1:15000\"; clients show their certificates in"
                        + " TLS, write https://127.0.0.1:15000");
        assertThatThrownBy(() -> set("voms.lifetime=25h")).hasMessageContaining("voms.lifetime");
    }

    @Test
    void refusesAKeyThatIsSetTwice() {
        refused(
                "site.name: a\nsite:\n  name: b\n",
                "hansa.yaml line 3: \"site.name\" is set twice, first at hansa.yaml line 1");
    }

    @Test
    void refusesWhatIsNotYamlWithItsLine() {
        refused(
                "site.name: a\n\tb: c\n",
                "hansa.yaml line 2: this is not YAML: found character '\\t(TAB)' that cannot"
                        + " start any token. (Do not use \\t(TAB) for indentation)");
        assertThatThrownBy(() -> yaml("[".repeat(100_000)))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageStartingWith("hansa.yaml");
    }

    @Test
    void refusesOptionsThatAreNone() {
        assertThatThrownBy(() -> set("site.name"))
                .hasMessage("--set site.name: write it as --set key=value, for example --set site.name=mine");
        assertThatThrownBy(() -> set("sitename=x"))
                .hasMessage("--set: there is no key \"sitename\"; did you mean \"site.name\"?");
    }

    @Test
    void refusesAFileThatCannotBeRead() {
        Path none = folder.resolve("none.yaml");
        assertThatThrownBy(() -> ConfigurationReader.read(Optional.of(none), List.of(), Map.of()))
                .hasMessage(none + ": cannot be read; does it exist, and may you read it?");
        Path binary = folder.resolve("binary.yaml");
        assertThatThrownBy(() -> {
                    Files.write(binary, new byte[] {(byte) 0xff, 0, 1});
                    ConfigurationReader.read(Optional.of(binary), List.of(), Map.of());
                })
                .hasMessage(binary + ": this is not UTF-8");
    }
}

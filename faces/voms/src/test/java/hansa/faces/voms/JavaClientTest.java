package hansa.faces.voms;

import static org.assertj.core.api.Assertions.assertThat;

import eu.emi.security.authn.x509.X509CertChainValidatorExt;
import eu.emi.security.authn.x509.impl.KeyAndCertCredential;
import hansa.protocols.voms.SignedAttributeCertificate;
import hansa.trust.kit.Credential;
import hansa.trust.kit.Proxies;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import org.italiangrid.voms.VOMSAttribute;
import org.italiangrid.voms.VOMSValidators;
import org.italiangrid.voms.request.VOMSACRequest;
import org.italiangrid.voms.request.impl.DefaultVOMSACRequest;
import org.italiangrid.voms.request.impl.DefaultVOMSACService;
import org.italiangrid.voms.store.impl.DefaultVOMSTrustStore;
import org.italiangrid.voms.util.CertificateValidatorBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The client in Java that grids use asks the face, and its reader takes what it is given. */
final class JavaClientTest {

    @TempDir
    Path folder;

    @Test
    void the_java_client_gets_a_proxy_that_the_java_reader_takes() throws Exception {
        try (World world = new World(folder, false)) {
            world.join(world.user, "/testvo/cloud/Role=VMOperator");
            world.anchors.trust(new Credential(world.authority.key(), List.of(world.ownAuthority())));
            Path vomses = Files.writeString(
                    folder.resolve("vomses"),
                    world.stranger().get(world.main(), "/voms/testvo/vomses").body());
            Files.writeString(
                    Files.createDirectories(world.vomsDirectory.resolve("testvo"))
                            .resolve("localhost.lsc"),
                    world.stranger().get(world.main(), "/voms/testvo/lsc").body());
            X509CertChainValidatorExt anchors = new CertificateValidatorBuilder()
                    .trustAnchorsDir(world.anchors.path().toString())
                    .build();
            KeyAndCertCredential user =
                    new KeyAndCertCredential(world.user.key(), new X509Certificate[] {world.user.certificate()});
            VOMSACRequest request = new DefaultVOMSACRequest.Builder("testvo")
                    .fqans(List.of("/testvo/cloud/Role=VMOperator", "/testvo"))
                    .lifetime(3600)
                    .build();
            byte[] issued = new DefaultVOMSACService.Builder(anchors)
                    .vomsesLocations(List.of(vomses.toString()))
                    .build()
                    .getVOMSAttributeCertificate(user, request)
                    .getEncoded();
            Credential proxy = Proxies.carrying(world.user, List.of(SignedAttributeCertificate.read(issued)))
                    .signedBy(world.user);
            List<String> problems = new ArrayList<>();
            List<VOMSAttribute> read = VOMSValidators.newValidator(
                            new DefaultVOMSTrustStore(List.of(world.vomsDirectory.toString())),
                            anchors,
                            result -> result.getValidationErrors().forEach(each -> problems.add(each.toString())))
                    .validate(proxy.chain().toArray(X509Certificate[]::new));
            assertThat(problems).isEmpty();
            assertThat(read).singleElement().satisfies(attributes -> {
                assertThat(attributes.getVO()).isEqualTo("testvo");
                assertThat(attributes.getFQANs())
                        .containsExactly(
                                "/testvo/cloud/Role=VMOperator/Capability=NULL", "/testvo/Role=NULL/Capability=NULL");
            });
        }
    }
}

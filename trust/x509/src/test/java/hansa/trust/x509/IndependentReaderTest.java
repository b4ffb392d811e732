package hansa.trust.x509;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import eu.emi.security.authn.x509.impl.OpensslCertChainValidator;
import hansa.protocols.voms.AttributeCertificate;
import hansa.protocols.voms.GenericAttribute;
import hansa.trust.Rejected.Reason;
import hansa.trust.kit.Credential;
import hansa.trust.kit.Order;
import hansa.trust.kit.VomsServer;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.List;
import org.italiangrid.voms.VOMSAttribute;
import org.italiangrid.voms.VOMSGenericAttribute;
import org.italiangrid.voms.VOMSValidators;
import org.italiangrid.voms.ac.VOMSACParser;
import org.italiangrid.voms.ac.VOMSACValidator;
import org.italiangrid.voms.store.impl.DefaultVOMSTrustStore;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What this house writes, voms-api-java reads and finds right; what it finds wrong, it finds wrong for the same reason. */
final class IndependentReaderTest {

    @TempDir
    private Path folder;

    private Grid grid;
    private VomsServer voms;

    @BeforeEach
    void setUp() throws Exception {
        grid = new Grid(folder);
        // the other reader verifies signatures of RSA alone
        voms = new VomsServer(
                        Order.endEntity("/O=Grid/OU=Hosts/CN=voms.example.org")
                                .keys(Order.newRsaKeys(2048))
                                .signedBy(grid.authority),
                        "testvo",
                        "voms.example.org")
                .trustedBy(grid.vomsDirectory);
    }

    private List<VOMSAttribute> validated(Credential credential) {
        OpensslCertChainValidator chains =
                new OpensslCertChainValidator(grid.anchors.path().toString());
        VOMSACValidator validator =
                VOMSValidators.newValidator(new DefaultVOMSTrustStore(List.of(grid.vomsDirectory.toString())), chains);
        try {
            return validator.validate(credential.chain().toArray(X509Certificate[]::new));
        } finally {
            validator.shutdown();
            chains.dispose();
        }
    }

    @Test
    void groups_roles_and_attributes_arrive() {
        AttributeCertificate content = Changed.attributes(
                voms.says(grid.user.certificate(), "/testvo", "/testvo/cloud/Role=VMOperator"),
                List.of(new GenericAttribute("nick", "ada", "testvo")));
        List<VOMSAttribute> found = validated(grid.carrying(voms.sign(content)));
        assertThat(found).hasSize(1);
        VOMSAttribute said = found.getFirst();
        assertThat(said.getVO()).isEqualTo("testvo");
        assertThat(said.getHost()).isEqualTo("voms.example.org");
        assertThat(said.getFQANs())
                .containsExactly("/testvo/Role=NULL/Capability=NULL", "/testvo/cloud/Role=VMOperator/Capability=NULL");
        assertThat(said.getGenericAttributes())
                .extracting(VOMSGenericAttribute::getName, VOMSGenericAttribute::getValue)
                .containsExactly(tuple("nick", "ada"));
    }

    @Test
    void several_arrive_in_order() {
        assertThat(validated(grid.carrying(
                        voms.sign(voms.says(grid.user.certificate(), "/testvo/a")),
                        voms.sign(voms.says(grid.user.certificate(), "/testvo/b")))))
                .extracting(said -> said.getFQANs().getFirst())
                .containsExactly("/testvo/a/Role=NULL/Capability=NULL", "/testvo/b/Role=NULL/Capability=NULL");
    }

    @Test
    void targets_are_read_as_they_were_written() {
        AttributeCertificate content =
                Changed.targets(voms.says(grid.user.certificate(), "/testvo"), List.of(Grid.SITE, "other"));
        VOMSACParser parser = VOMSValidators.newParser();
        assertThat(parser.parse(grid.carrying(voms.sign(content)).chain().toArray(X509Certificate[]::new)))
                .singleElement()
                .extracting(VOMSAttribute::getTargets)
                .isEqualTo(List.of(Grid.SITE, "other"));
    }

    @Test
    void what_another_key_signed_is_wrong_for_both() throws Exception {
        Credential mallory = Order.endEntity("/O=Grid/CN=Mallory")
                .keys(Order.newRsaKeys(2048))
                .signedBy(grid.authority);
        Credential forged =
                grid.carrying(voms.says(grid.user.certificate(), "/testvo").sign(VomsServer.signer(mallory.key())));
        assertThat(validated(forged)).isEmpty();
        assertThat(grid.refused(forged)).isEqualTo(Reason.SIGNATURE);
    }
}

package hansa.protocols.occi.text;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import hansa.protocols.occi.AttributeValue;
import hansa.protocols.occi.Samples;
import hansa.protocols.occi.extension.Infrastructure;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TextPlainWriterTest {
    private final TextPlainWriter writer = new TextPlainWriter(Samples.MODEL, "");

    @Test
    void aMachineIsRenderedByTheGrammar() {
        assertThat(new String(writer.entity(Samples.machine()), UTF_8)).isEqualTo("""
                Category: compute; scheme="http://schemas.ogf.org/occi/infrastructure#"; class="kind"; title="Compute Resource"; rel="http://schemas.ogf.org/occi/core#resource"; location="/compute/"
                Category: small; scheme="http://schemas.ogf.org/occi/infrastructure/compute/template/1.1#"; class="mixin"; title="Small: 1 core, 1 GiB memory, 10 GiB disk"; rel="http://schemas.ogf.org/occi/infrastructure#resource_tpl"; location="/mixin/resource_tpl/small/"
                Link: </compute/b9ff813e-fee5-4a9d-b839-673f39746096?action=stop>; rel="http://schemas.ogf.org/occi/infrastructure/compute/action#stop"
                Link: </network/public>; rel="http://schemas.ogf.org/occi/infrastructure#network"; self="/link/networkinterface/456"; category="http://schemas.ogf.org/occi/infrastructure#networkinterface http://schemas.ogf.org/occi/infrastructure/networkinterface#ipnetworkinterface"; occi.core.id="456"; occi.core.source="/compute/b9ff813e-fee5-4a9d-b839-673f39746096"; occi.core.target="/network/public"; occi.networkinterface.interface="eth0"; occi.networkinterface.state="active"; occi.networkinterface.address="192.168.0.100"
                X-OCCI-Attribute: occi.core.id="b9ff813e-fee5-4a9d-b839-673f39746096"
                X-OCCI-Attribute: occi.core.title="My \\"Dummy\\" VM"
                X-OCCI-Attribute: occi.compute.architecture="x64"
                X-OCCI-Attribute: occi.compute.cores=2
                X-OCCI-Attribute: occi.compute.memory=2.0
                X-OCCI-Attribute: occi.compute.hostname="vm1.example.org"
                X-OCCI-Attribute: occi.compute.state="active"
                """);
    }

    @Test
    void aListIsOneLocationPerLine() {
        assertThat(new String(writer.locations(List.of("/compute/1", "/compute/2"), "https://h:1/occi"), UTF_8))
                .isEqualTo(
                        "X-OCCI-Location: https://h:1/occi/compute/1\nX-OCCI-Location: https://h:1/occi/compute/2\n");
        assertThat(writer.locations(List.of(), "")).isEmpty();
    }

    @Test
    void theQueryInterfaceShowsAttributesAndActions() {
        assertThat(new String(writer.categories(List.of(Samples.kind(Infrastructure.STORAGE))), UTF_8))
                .isEqualTo("""
                        Category: storage; scheme="http://schemas.ogf.org/occi/infrastructure#"; class="kind"; title="Storage Resource"; rel="http://schemas.ogf.org/occi/core#resource"; location="/storage/"; attributes="occi.storage.size{required} occi.storage.state{immutable} occi.storage.state.message{immutable}"; actions="http://schemas.ogf.org/occi/infrastructure/storage/action#online http://schemas.ogf.org/occi/infrastructure/storage/action#offline http://schemas.ogf.org/occi/infrastructure/storage/action#backup http://schemas.ogf.org/occi/infrastructure/storage/action#snapshot http://schemas.ogf.org/occi/infrastructure/storage/action#resize"
                        """);
    }

    @Test
    void anInvocationIsACategoryAndItsArguments() {
        assertThat(new String(
                        writer.invocation(
                                Samples.action(Infrastructure.COMPUTE, "stop"),
                                Map.of("method", AttributeValue.of("graceful"))),
                        UTF_8))
                .isEqualTo("""
                        Category: stop; scheme="http://schemas.ogf.org/occi/infrastructure/compute/action#"; class="action"; title="Stop the machine"
                        X-OCCI-Attribute: method="graceful"
                        """);
    }

    @Test
    void thePrefixStandsBeforeEveryPath() {
        String text = new String(new TextPlainWriter(Samples.MODEL, "/occi").entity(Samples.machine()), UTF_8);
        assertThat(text)
                .contains("location=\"/occi/compute/\"")
                .contains("Link: </occi/compute/b9ff813e-fee5-4a9d-b839-673f39746096?action=stop>")
                .contains("Link: </occi/network/public>")
                .contains("self=\"/occi/link/networkinterface/456\"")
                .contains("occi.core.target=\"/occi/network/public\"");
    }
}

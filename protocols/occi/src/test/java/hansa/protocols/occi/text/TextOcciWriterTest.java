package hansa.protocols.occi.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import hansa.protocols.occi.AttributeValue;
import hansa.protocols.occi.HeaderField;
import hansa.protocols.occi.Limits;
import hansa.protocols.occi.Samples;
import hansa.protocols.occi.extension.Infrastructure;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TextOcciWriterTest {
    @Test
    void repeatedValuesShareAHeader() {
        assertThat(new TextOcciWriter(Samples.MODEL, "/occi").entity(Samples.networkInterface()))
                .containsExactly(
                        new HeaderField(
                                "Category",
                                "networkinterface; scheme=\"http://schemas.ogf.org/occi/infrastructure#\"; class=\"kind\"; "
                                        + "title=\"Network interface\"; rel=\"http://schemas.ogf.org/occi/core#link\"; "
                                        + "location=\"/occi/link/networkinterface/\", "
                                        + "ipnetworkinterface; scheme=\"http://schemas.ogf.org/occi/infrastructure/networkinterface#\"; "
                                        + "class=\"mixin\"; title=\"IP Network Interface Mixin\"; "
                                        + "location=\"/occi/mixin/ipnetworkinterface/\""),
                        new HeaderField(
                                "X-OCCI-Attribute",
                                "occi.core.id=\"456\", "
                                        + "occi.core.source=\"/occi/compute/b9ff813e-fee5-4a9d-b839-673f39746096\", "
                                        + "occi.core.source.kind=\"http://schemas.ogf.org/occi/infrastructure#compute\", "
                                        + "occi.core.target=\"/occi/network/public\", "
                                        + "occi.core.target.kind=\"http://schemas.ogf.org/occi/infrastructure#network\", "
                                        + "occi.networkinterface.interface=\"eth0\", "
                                        + "occi.networkinterface.state=\"active\", "
                                        + "occi.networkinterface.address=\"192.168.0.100\""));
    }

    @Test
    void aListIsOneHeader() {
        TextOcciWriter writer = new TextOcciWriter(Samples.MODEL, "");
        assertThat(writer.locations(List.of("/compute/1", "/compute/2"), "http://h"))
                .containsExactly(new HeaderField("X-OCCI-Location", "http://h/compute/1, http://h/compute/2"));
        assertThat(writer.locations(List.of(), "http://h")).isEmpty();
    }

    @Test
    void headersAreUtf8OnTheWire() throws Exception {
        List<HeaderField> written = new TextOcciWriter(Samples.MODEL, "")
                .invocation(
                        Samples.action(Infrastructure.COMPUTE, "stop"), Map.of("method", AttributeValue.of("Tür €")));
        String onTheWire = new String("Tür €".getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
        assertThat(written.getLast().value()).isEqualTo("method=\"" + onTheWire + '"');
        assertThat(new TextOcciReader(Limits.standard()).read(written).text("method"))
                .contains("Tür €");
    }

    @Test
    void headersThatWereDecodedAlreadyOrAreNotUtf8AreTakenAsTheyAre() throws Exception {
        for (String value : List.of("Tür", "Tür €", "plain")) {
            assertThat(new TextOcciReader(Limits.standard())
                            .read(List.of(new HeaderField("X-OCCI-Attribute", "a=\"" + value + '"')))
                            .text("a"))
                    .contains(value);
        }
    }

    @Test
    void aFaultNamesItsHeader() {
        TextOcciReader reader = new TextOcciReader(Limits.standard());
        assertThatThrownBy(() -> reader.read(List.of(new HeaderField("Category", "compute; class=kind"))))
                .hasMessage("Header Category: The category \"compute\" has no scheme; add scheme=\"…#\"");
    }

    @Test
    void headersTogetherHaveALimit() {
        TextOcciReader reader = new TextOcciReader(new Limits(50, 100, 100, 100, 1));
        HeaderField field = new HeaderField("X-OCCI-Attribute", "a=\"" + "x".repeat(30) + "\"");
        assertThatThrownBy(() -> reader.read(List.of(field, field))).hasMessageContaining("send a body instead");
    }
}

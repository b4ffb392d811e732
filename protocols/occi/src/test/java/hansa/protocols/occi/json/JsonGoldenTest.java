package hansa.protocols.occi.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import hansa.protocols.occi.AttributePattern;
import hansa.protocols.occi.AttributeType;
import hansa.protocols.occi.AttributeValue;
import hansa.protocols.occi.CategoryClass;
import hansa.protocols.occi.CategoryId;
import hansa.protocols.occi.CategoryReference;
import hansa.protocols.occi.Golden;
import hansa.protocols.occi.Limits;
import hansa.protocols.occi.LinkReference;
import hansa.protocols.occi.OcciMessage;
import hansa.protocols.occi.Samples;
import hansa.protocols.occi.extension.Core;
import hansa.protocols.occi.extension.Infrastructure;
import java.math.BigDecimal;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What GFD.226 prints (with its missing commas put in), and what this module writes. */
class JsonGoldenTest {
    private final OcciJsonReader reader = new OcciJsonReader(Limits.standard());

    @Test
    void theMachineOfGfd226() throws Exception {
        OcciMessage message = reader.read(Golden.bytes("gfd226-resource.json"));
        assertThat(message.first(CategoryClass.KIND)).contains(Infrastructure.COMPUTE);
        assertThat(message.first(CategoryClass.MIXIN))
                .contains(CategoryId.parse("http://example.com/occi/templates#myosmixin"));
        assertThat(message.text("occi.core.id")).contains("urn:uuid:996ad860-2a9a-504f-8861-aeafd0b2ae29");
        assertThat(message.attributes())
                .containsEntry("occi.compute.cores", AttributeValue.of(2))
                .containsEntry(
                        "com.example.occi.templates.myosmixin",
                        new AttributeValue.Fields(Map.of("myattribute", AttributeValue.of("myvalue"))));
        assertThat(message.links()).singleElement().matches(LinkReference::isAction);
    }

    @Test
    void theInvocationOfGfd226() throws Exception {
        OcciMessage message = reader.read(Golden.bytes("gfd226-action.json"));
        assertThat(message.first(CategoryClass.ACTION)).contains(Infrastructure.action(Infrastructure.COMPUTE, "stop"));
        assertThat(message.text("method")).contains("graceful");
    }

    @Test
    void theLinkOfGfd226() throws Exception {
        OcciMessage message = reader.read(Golden.bytes("gfd226-link.json"));
        assertThat(message.first(CategoryClass.KIND)).contains(Infrastructure.NETWORK_INTERFACE);
        assertThat(message.text("occi.core.target")).contains("/network/b7d55bf4-7057-5113-85c8-141871bf7635");
        assertThat(message.text("occi.core.target.kind")).contains(Infrastructure.NETWORK.toString());
        assertThat(message.text("occi.core.source")).contains("/compute/996ad860-2a9a-504f-8861-aeafd0b2ae29");
    }

    @Test
    void theCategoriesOfGfd226() throws Exception {
        OcciMessage message = reader.read(Golden.bytes("gfd226-categories.json"));
        assertThat(message.categories())
                .extracting(CategoryReference::categoryClass)
                .containsExactly(
                        Optional.of(CategoryClass.KIND),
                        Optional.of(CategoryClass.MIXIN),
                        Optional.of(CategoryClass.ACTION));
        CategoryReference compute = message.categories().getFirst();
        assertThat(compute.rel()).contains(Core.RESOURCE.toString());
        assertThat(compute.attributes().getFirst().mutable()).isTrue();
        assertThat(compute.attributes().get(1).defaultValue()).contains(AttributeValue.of("inactive"));
        CategoryReference medium = message.categories().get(1);
        assertThat(medium.applies()).containsExactly(Infrastructure.COMPUTE);
        assertThat(medium.attributes()).singleElement().satisfies(speed -> {
            assertThat(speed.type()).isEqualTo(AttributeType.NUMBER);
            assertThat(speed.mutable()).isFalse();
            assertThat(speed.pattern()).contains(new AttributePattern.Expression("(a*)*"));
            assertThat(speed.defaultValue()).contains(AttributeValue.of(new BigDecimal("2.8")));
        });
    }

    @Test
    void aMachineIsWrittenToTheByte() throws Exception {
        assertThat(new String(new OcciJsonWriter("").entity(Samples.machine()), UTF_8))
                .isEqualTo(new String(Golden.bytes("machine.json"), UTF_8));
    }
}

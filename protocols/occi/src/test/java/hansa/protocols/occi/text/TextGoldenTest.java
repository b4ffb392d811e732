package hansa.protocols.occi.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import hansa.protocols.occi.AttributeDefinition;
import hansa.protocols.occi.AttributeValue;
import hansa.protocols.occi.CategoryClass;
import hansa.protocols.occi.CategoryId;
import hansa.protocols.occi.CategoryReference;
import hansa.protocols.occi.Golden;
import hansa.protocols.occi.HeaderField;
import hansa.protocols.occi.Limits;
import hansa.protocols.occi.LinkReference;
import hansa.protocols.occi.OcciMessage;
import hansa.protocols.occi.extension.Core;
import hansa.protocols.occi.extension.Infrastructure;
import java.math.BigDecimal;
import java.util.List;
import org.assertj.core.groups.Tuple;
import org.junit.jupiter.api.Test;

/** What the specifications print, with their slips, and what peers send. */
class TextGoldenTest {
    private static final CategoryId MY_STUFF = CategoryId.parse("http://example.com/occi/my_stuff#my_stuff");

    private final TextPlainReader reader = new TextPlainReader(Limits.standard());

    @Test
    void theMachineOfGfd229() throws Exception {
        theDummy(reader.read(Golden.bytes("gfd229-resource.txt")));
    }

    @Test
    void theMachineOfGfd229InHeaders() throws Exception {
        theDummy(new TextOcciReader(Limits.standard())
                .read(List.of(
                        new HeaderField("Host", "example.com"),
                        new HeaderField(
                                "category",
                                "compute; scheme=\"http://schemas.ogf.org/occi/infrastructure#\" class=\"kind\";"),
                        new HeaderField(
                                "Link",
                                "</users/foo/compute/b9ff813e-fee5-4a9d-b839-673f39746096?action=start>; "
                                        + "rel=\"http://schemas.ogf.org/occi/infrastructure/compute/action#start\""),
                        new HeaderField(
                                "X-OCCI-Attribute",
                                "occi.core.id=\"urn:uuid:b9ff813e-fee5-4a9d-b839-673f39746096\", "
                                        + "occi.core.title=\"My Dummy VM\", occi.compute.architecture=\"x86\", "
                                        + "occi.compute.state=\"inactive\", occi.compute.speed=1.33, "
                                        + "occi.compute.memory=2.0"),
                        new HeaderField("x-occi-attribute", "occi.compute.cores=2, occi.compute.hostname=\"dummy\""))));
    }

    private static void theDummy(OcciMessage message) {
        assertThat(message.categories())
                .containsExactly(CategoryReference.of(Infrastructure.COMPUTE, CategoryClass.KIND));
        assertThat(message.attributes())
                .containsExactly(
                        entry("occi.core.id", AttributeValue.of("urn:uuid:b9ff813e-fee5-4a9d-b839-673f39746096")),
                        entry("occi.core.title", AttributeValue.of("My Dummy VM")),
                        entry("occi.compute.architecture", AttributeValue.of("x86")),
                        entry("occi.compute.state", AttributeValue.of("inactive")),
                        entry("occi.compute.speed", AttributeValue.of(new BigDecimal("1.33"))),
                        entry("occi.compute.memory", AttributeValue.of(new BigDecimal("2.0"))),
                        entry("occi.compute.cores", AttributeValue.of(2)),
                        entry("occi.compute.hostname", AttributeValue.of("dummy")));
        assertThat(message.links()).singleElement().satisfies(link -> {
            assertThat(link.isAction()).isTrue();
            assertThat(link.rel()).containsExactly(Infrastructure.action(Infrastructure.COMPUTE, "start"));
        });
    }

    @Test
    void theMachineOfGfd185() throws Exception {
        OcciMessage message = reader.read(Golden.bytes("gfd185-resource.txt"));
        assertThat(message.categories())
                .containsExactly(
                        CategoryReference.of(Infrastructure.COMPUTE, CategoryClass.KIND),
                        CategoryReference.of(MY_STUFF, CategoryClass.MIXIN));
        assertThat(message.attributes()).containsEntry("occi.compute.hostname", AttributeValue.of("foobar"));
        LinkReference link = message.links().getFirst();
        assertThat(link.isAction()).isFalse();
        assertThat(link.target()).isEqualTo("/network/123");
        assertThat(link.self()).contains("/link/networkinterface/456");
        assertThat(link.attributes())
                .containsExactly(
                        entry("occi.networkinterface.interface", AttributeValue.of("eth0")),
                        entry("occi.networkinterface.mac", AttributeValue.of("00:11:22:33:44:55")),
                        entry("occi.networkinterface.state", AttributeValue.of("active")));
    }

    @Test
    void theQueryInterfaceOfGfd185() throws Exception {
        List<CategoryReference> all =
                reader.read(Golden.bytes("gfd185-query.txt")).categories();
        assertThat(all)
                .extracting(CategoryReference::id)
                .containsExactly(
                        Infrastructure.COMPUTE,
                        Infrastructure.STORAGE,
                        Infrastructure.action(Infrastructure.COMPUTE, "stop"),
                        MY_STUFF);
        CategoryReference compute = all.getFirst();
        assertThat(compute.title()).contains("Compute Resource type");
        assertThat(compute.rel()).contains(Core.RESOURCE.toString());
        assertThat(compute.location()).contains("http://example.com/compute/");
        assertThat(compute.actions()).containsExactly(Infrastructure.action(Infrastructure.COMPUTE, "stop"));
        assertThat(compute.attributes())
                .extracting(AttributeDefinition::name, AttributeDefinition::mutable)
                .containsExactly(Tuple.tuple("occi.compute.cores", true), Tuple.tuple("occi.compute.state", false));
        assertThat(all.get(1).location()).contains("/storage/");
        assertThat(all.get(1).attributes().getFirst().required()).isTrue();
        assertThat(all.get(3).rel()).contains("http:/example.com/occi/something_else#mixin");
    }

    @Test
    void theMachineThatOoiSends() throws Exception {
        OcciMessage message = reader.read(Golden.bytes("ooi-compute.txt"));
        assertThat(message.categories().getFirst().location()).contains("http://127.0.0.1:8787/compute/");
        assertThat(message.links()).hasSize(2);
        assertThat(message.links().getFirst().isAction()).isTrue();
        LinkReference link = message.links().get(1);
        assertThat(link.categories())
                .containsExactly(Infrastructure.NETWORK_INTERFACE, Infrastructure.IP_NETWORK_INTERFACE);
        assertThat(link.attributes())
                .containsEntry("occi.core.target", AttributeValue.of("http://127.0.0.1:8787/network/bafc"));
    }
}

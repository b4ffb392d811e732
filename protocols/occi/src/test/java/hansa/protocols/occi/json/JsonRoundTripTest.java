package hansa.protocols.occi.json;

import static org.assertj.core.api.Assertions.assertThat;

import hansa.protocols.occi.AttributeValue;
import hansa.protocols.occi.Category;
import hansa.protocols.occi.CategoryClass;
import hansa.protocols.occi.CategoryReference;
import hansa.protocols.occi.Entity;
import hansa.protocols.occi.Expected;
import hansa.protocols.occi.Limits;
import hansa.protocols.occi.Link;
import hansa.protocols.occi.MadeUp;
import hansa.protocols.occi.Model;
import hansa.protocols.occi.OcciMessage;
import hansa.protocols.occi.Property;
import hansa.protocols.occi.Resource;
import hansa.protocols.occi.Samples;
import hansa.protocols.occi.extension.Infrastructure;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class JsonRoundTripTest {
    private static final int TIMES = 400;

    private final OcciJsonReader reader = new OcciJsonReader(Limits.standard());
    private final OcciJsonWriter writer = new OcciJsonWriter("");

    @Test
    void anEntityComesBackTheSame() {
        Property.holds(TIMES, chance -> {
            MadeUp made = new MadeUp(chance, true);
            Model model = made.model();
            Entity entity = chance.nextBoolean() ? made.resource(model) : made.link(model);
            assertThat(reader.read(writer.entity(entity))).isEqualTo(Expected.json(entity));
        });
    }

    @Test
    void aCollectionComesBackTheSame() {
        Property.holds(TIMES, chance -> {
            MadeUp made = new MadeUp(chance, true);
            Model model = made.model();
            Resource one = made.resource(model);
            Resource two = made.resource(model);
            Link three = made.link(model);
            OcciMessage both = OcciMessage.collection(List.of(Expected.json(one), Expected.json(two)));
            OcciMessage all =
                    OcciMessage.collection(List.of(Expected.json(one), Expected.json(two), Expected.json(three)));
            assertThat(reader.read(writer.resources(List.of(writer.entity(one), writer.entity(two)))))
                    .isEqualTo(both);
            assertThat(reader.read(writer.entities(List.of(one, three, two)))).isEqualTo(all);
            assertThat(reader.read(writer.links(List.of(writer.entity(three)))).single())
                    .isEqualTo(Expected.json(three));
        });
    }

    @Test
    void aQueryInterfaceComesBackTheSame() {
        Property.holds(TIMES, chance -> {
            Model model = new MadeUp(chance, true).model();
            List<CategoryReference> expected =
                    model.categories().stream().map(Expected::jsonDefinition).toList();
            assertThat(reader.read(writer.categories(model.categories())).categories())
                    .isEqualTo(expected);
        });
    }

    @Test
    void theStandardModelComesBack() throws Exception {
        OcciMessage read = reader.read(writer.categories(Samples.MODEL.categories()));
        assertThat(read.categories().stream().map(CategoryReference::id))
                .containsExactlyElementsOf(
                        Samples.MODEL.categories().stream().map(Category::id).toList());
    }

    @Test
    void anInvocationComesBackTheSame() throws Exception {
        byte[] written = writer.invocation(
                Samples.action(Infrastructure.COMPUTE, "stop"), Map.of("method", AttributeValue.of("graceful")));
        assertThat(new String(written, StandardCharsets.UTF_8))
                .isEqualTo("{\"action\":\"http://schemas.ogf.org/occi/infrastructure/compute/action#stop\","
                        + "\"attributes\":{\"method\":\"graceful\"}}");
        OcciMessage read = reader.read(written);
        assertThat(read.first(CategoryClass.ACTION)).contains(Infrastructure.action(Infrastructure.COMPUTE, "stop"));
        assertThat(read.text("method")).contains("graceful");
    }

    @Test
    void aListComesBackTheSame() throws Exception {
        assertThat(reader.read(writer.locations(List.of("/compute/1", "http://x/2"), "/occi"))
                        .locations())
                .containsExactly("/occi/compute/1", "http://x/2");
        assertThat(reader.read(writer.locations(List.of(), "")).isEmpty()).isTrue();
        assertThat(writer.entities(List.of())).asString().isEqualTo("{\"resources\":[]}");
    }
}

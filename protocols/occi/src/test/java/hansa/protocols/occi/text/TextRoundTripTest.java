package hansa.protocols.occi.text;

import static org.assertj.core.api.Assertions.assertThat;

import hansa.protocols.occi.AttributeValue;
import hansa.protocols.occi.Entity;
import hansa.protocols.occi.Expected;
import hansa.protocols.occi.Limits;
import hansa.protocols.occi.MadeUp;
import hansa.protocols.occi.Model;
import hansa.protocols.occi.OcciMessage;
import hansa.protocols.occi.Property;
import hansa.protocols.occi.Samples;
import hansa.protocols.occi.extension.Infrastructure;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TextRoundTripTest {
    private static final int TIMES = 400;

    private final TextPlainReader plain = new TextPlainReader(Limits.standard());
    private final TextOcciReader headers = new TextOcciReader(Limits.standard());
    private final UriListReader list = new UriListReader(Limits.standard());

    @Test
    void anEntityInTextPlainComesBackTheSame() {
        Property.holds(TIMES, chance -> {
            MadeUp made = new MadeUp(chance, false);
            Model model = made.model();
            Entity entity = chance.nextBoolean() ? made.resource(model) : made.link(model);
            byte[] written = new TextPlainWriter(model, "").entity(entity);
            assertThat(plain.read(written)).isEqualTo(Expected.text(entity));
        });
    }

    @Test
    void anEntityInTextOcciComesBackTheSame() {
        Property.holds(TIMES, chance -> {
            MadeUp made = new MadeUp(chance, false);
            Model model = made.model();
            Entity entity = chance.nextBoolean() ? made.resource(model) : made.link(model);
            assertThat(headers.read(new TextOcciWriter(model, "").entity(entity)))
                    .isEqualTo(Expected.text(entity));
        });
    }

    @Test
    void anEntityOfAnotherModelIsRenderedAllTheSame() {
        Property.holds(50, chance -> {
            MadeUp made = new MadeUp(chance, false);
            Entity entity = made.resource(made.model());
            byte[] written = new TextPlainWriter(Samples.MODEL, "").entity(entity);
            assertThat(plain.read(written)).isEqualTo(Expected.text(entity));
        });
    }

    @Test
    void aQueryInterfaceComesBackTheSame() {
        Property.holds(TIMES, chance -> {
            Model model = new MadeUp(chance, false).model();
            OcciMessage expected = new OcciMessage(
                    model.categories().stream().map(Expected::textDefinition).toList(),
                    Map.of(),
                    List.of(),
                    List.of(),
                    List.of());
            assertThat(withoutMutability(plain.read(new TextPlainWriter(model, "").categories(model.categories()))))
                    .isEqualTo(withoutMutability(expected));
            assertThat(withoutMutability(headers.read(new TextOcciWriter(model, "").categories(model.categories()))))
                    .isEqualTo(withoutMutability(expected));
        });
    }

    private static String withoutMutability(OcciMessage message) {
        return message.toString().replace("AT_CREATION", "NEVER");
    }

    @Test
    void anInvocationComesBackTheSame() {
        Property.holds(TIMES, chance -> {
            AttributeValue value = new MadeUp(chance, false).value();
            var action = Samples.action(Infrastructure.COMPUTE, "stop");
            byte[] written = new TextPlainWriter(Samples.MODEL, "").invocation(action, Map.of("method", value));
            assertThat(plain.read(written))
                    .isEqualTo(new OcciMessage(
                            List.of(Expected.mention(action)),
                            Map.of("method", value),
                            List.of(),
                            List.of(),
                            List.of()));
        });
    }

    @Test
    void aListComesBackTheSame() throws Exception {
        List<String> locations = List.of("/compute/1", "https://else.example/compute/2", "/compute/3");
        List<String> absolute = List.of("http://h/compute/1", "https://else.example/compute/2", "http://h/compute/3");
        assertThat(plain.read(new TextPlainWriter(Samples.MODEL, "").locations(locations, "http://h"))
                        .locations())
                .isEqualTo(absolute);
        assertThat(headers.read(new TextOcciWriter(Samples.MODEL, "").locations(locations, "http://h"))
                        .locations())
                .isEqualTo(absolute);
        assertThat(list.read(new UriListWriter().locations(locations, "http://h"))
                        .locations())
                .isEqualTo(absolute);
    }

    @Test
    void whatTextCannotHoldIsBentNotBroken() throws Exception {
        Map<String, AttributeValue> attributes = Map.of("a", AttributeValue.of("one\r\nX-OCCI-Attribute: forged=1"));
        OcciMessage read = plain.read(new TextPlainWriter(Samples.MODEL, "")
                .invocation(Samples.action(Infrastructure.COMPUTE, "stop"), attributes));
        assertThat(read.attributes())
                .containsOnly(Map.entry("a", AttributeValue.of("one  X-OCCI-Attribute: forged=1")));
    }
}

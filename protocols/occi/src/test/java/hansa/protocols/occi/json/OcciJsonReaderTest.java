package hansa.protocols.occi.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import hansa.protocols.occi.AttributeValue;
import hansa.protocols.occi.CategoryClass;
import hansa.protocols.occi.CategoryId;
import hansa.protocols.occi.CategoryReference;
import hansa.protocols.occi.Limits;
import hansa.protocols.occi.OcciMessage;
import hansa.protocols.occi.OcciSyntaxException;
import hansa.protocols.occi.extension.Infrastructure;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OcciJsonReaderTest {
    private final OcciJsonReader reader = new OcciJsonReader(Limits.standard());

    private OcciMessage read(String json) throws OcciSyntaxException {
        return reader.read(json.getBytes(UTF_8));
    }

    @Test
    void aCreateRequestIsReadWhateverTheOrderOfItsMembers() throws OcciSyntaxException {
        OcciMessage message = read("""
                {"title": "vm1", "summary": null, "unknown": {"a": [1, {"b": 2}]},
                 "links": [{"target": {"kind": "http://schemas.ogf.org/occi/infrastructure#network", "location": "/network/public"},
                            "attributes": {"occi.networkinterface.interface": "eth0"},
                            "kind": "http://schemas.ogf.org/occi/infrastructure#networkinterface"}],
                 "attributes": {"occi.compute.cores": 2, "occi.compute.memory": 2.50, "big": 12345678901234567890,
                                "list": [1, "x", {"y": false}], "none": null},
                 "mixins": ["http://schemas.ogf.org/occi/infrastructure/compute/template/1.1#small"],
                 "kind": "http://schemas.ogf.org/occi/infrastructure#compute"}
                """);
        assertThat(message.categories())
                .containsExactly(
                        CategoryReference.of(Infrastructure.COMPUTE, CategoryClass.KIND),
                        CategoryReference.of(
                                CategoryId.parse(
                                        "http://schemas.ogf.org/occi/infrastructure/compute/template/1.1#small"),
                                CategoryClass.MIXIN));
        assertThat(message.attributes())
                .containsOnly(
                        Map.entry("occi.core.title", AttributeValue.of("vm1")),
                        Map.entry("occi.compute.cores", AttributeValue.of(2)),
                        Map.entry("occi.compute.memory", AttributeValue.of(new BigDecimal("2.50"))),
                        Map.entry("big", AttributeValue.of(new BigDecimal("12345678901234567890"))),
                        Map.entry(
                                "list",
                                new AttributeValue.Items(List.of(
                                        AttributeValue.of(1),
                                        AttributeValue.of("x"),
                                        new AttributeValue.Fields(Map.of("y", AttributeValue.of(false)))))));
        assertThat(message.links()).singleElement().satisfies(link -> {
            assertThat(link.target()).isEqualTo("/network/public");
            assertThat(link.rel()).containsExactly(Infrastructure.NETWORK);
            assertThat(link.categories()).containsExactly(Infrastructure.NETWORK_INTERFACE);
            assertThat(link.attributes())
                    .containsEntry("occi.networkinterface.interface", AttributeValue.of("eth0"))
                    .containsEntry("occi.core.target", AttributeValue.of("/network/public"));
        });
    }

    @Test
    void aUserMixinIsADefinition() throws OcciSyntaxException {
        OcciMessage message = read("""
                {"mixins": [{"term": "my_stuff", "scheme": "http://example.com/occi/my_stuff#", "location": "/my_stuff/",
                             "depends": ["http://example.com/occi/something_else#mixin"]}]}
                """);
        assertThat(message.categories()).singleElement().satisfies(mixin -> {
            assertThat(mixin.id()).isEqualTo(new CategoryId("http://example.com/occi/my_stuff#", "my_stuff"));
            assertThat(mixin.categoryClass()).contains(CategoryClass.MIXIN);
            assertThat(mixin.location()).contains("/my_stuff/");
            assertThat(mixin.rel()).contains("http://example.com/occi/something_else#mixin");
        });
    }

    @Test
    void whatOoiAnswersToACreateIsASingleResource() throws OcciSyntaxException {
        OcciMessage message = read("""
                {"resources": [{"kind": "http://schemas.ogf.org/occi/infrastructure#compute", "id": "1", "title": "vm"}]}
                """);
        assertThat(message.single().first(CategoryClass.KIND)).contains(Infrastructure.COMPUTE);
        assertThat(message.single().text("occi.core.id")).contains("1");
    }

    @Test
    void draftLinksHaveTheirEndsAsStrings() throws OcciSyntaxException {
        OcciMessage message = read("""
                {"kind": "http://schemas.ogf.org/occi/infrastructure#storagelink", "source": "/compute/1", "target": "/storage/2",
                 "target.type": "http://schemas.ogf.org/occi/infrastructure#storage"}
                """);
        assertThat(message.text("occi.core.source")).contains("/compute/1");
        assertThat(message.text("occi.core.target")).contains("/storage/2");
        assertThat(message.text("occi.core.target.kind")).contains(Infrastructure.STORAGE.toString());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{|no JSON that can be read",
                "{\"a\":1}}|no JSON that can be read",
                "{} {}|there must be nothing",
                "\"x\"|must be a JSON object",
                "[1]|A location must be a string",
                "{\"kind\":\"compute\"}|must be a type identifier",
                "{\"kind\":1}|The member kind must be a string",
                "{\"mixins\":\"x\"}|must be an array",
                "{\"attributes\":[]}|must be an object",
                "{\"attributes\":{\"a b\":1}}|made of letters",
                "{\"attributes\":{\"a\":1e99999}}|at most 100 digits",
                "{\"kind\":\"a#b\",\"links\":[{\"kind\":\"a#b\"}]}|A link needs its target",
                "{\"kind\":\"a#b\",\"links\":[\"/storage/1\"]}|must be an array of objects",
                "{\"mixins\":[{\"term\":\"\",\"scheme\":\"a#\"}]}|The term",
                "{\"kinds\":[{\"term\":\"a\",\"scheme\":\"a#\",\"attributes\":{\"x\":{\"type\":\"float\"}}}]}|must be string, number",
            })
    void whatCannotBeReadSaysWhatToMend(String body, String complaint) {
        assertThatThrownBy(() -> read(body))
                .isInstanceOf(OcciSyntaxException.class)
                .hasMessageContaining(complaint)
                .satisfies(e -> assertThat(e.getMessage()).doesNotContain("\n"));
    }

    @Test
    void nestingHasItsLimit() throws OcciSyntaxException {
        int limit = Limits.standard().nesting();
        assertThat(read(nested(limit)).attributes()).containsKey("a");
        assertThatThrownBy(() -> read(nested(10_000))).isInstanceOf(OcciSyntaxException.class);
    }

    private static String nested(int levels) {
        return "{\"attributes\":{\"a\":" + "[".repeat(levels) + "]".repeat(levels) + "}}";
    }

    @Test
    void entriesHaveTheirLimit() {
        OcciJsonReader narrow = new OcciJsonReader(new Limits(1000, 3, 100, 100, 4));
        assertThatThrownBy(() -> narrow.read("[\"/a\",\"/b\",\"/c\",\"/d\"]".getBytes(UTF_8)))
                .hasMessageContaining("More than 3 entries");
    }

    @Test
    void anEmptyBodySaysNothing() throws OcciSyntaxException {
        assertThat(read("").isEmpty()).isTrue();
        assertThat(read("{}").isEmpty()).isTrue();
    }
}

package hansa.faces.occi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import hansa.faces.occi.Client.Answer;
import hansa.protocols.occi.ActionDefinition;
import hansa.protocols.occi.AttributeValue;
import hansa.protocols.occi.Model;
import hansa.protocols.occi.Profile;
import hansa.protocols.occi.extension.Core;
import hansa.protocols.occi.extension.Infrastructure;
import hansa.protocols.occi.json.OcciJsonWriter;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Holds what the face says in JSON to a draft-04 schema of GFD.226: every kind, every collection, the query interface. */
@ExtendWith(WorldExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OcciJsonSchemaTest {

    private static final String JSON = "application/occi+json";
    private static final String INFRASTRUCTURE = "http://schemas.ogf.org/occi/infrastructure#";
    private static final String ALL = """
            {"kind":"%1$scompute","id":"schema-vm","title":"vm","summary":"a note",
             "mixins":["http://hansa.test/occi/infrastructure/os_tpl#tiny",
                       "http://schemas.ogf.org/occi/infrastructure/compute/template/1.1#small",
                       "http://hansa.test/schema#marked"],
             "attributes":{"occi.compute.hostname":"vm"},
             "links":[{"kind":"%1$snetworkinterface","id":"schema-nic","target":{"location":"/network/schema-net"}},
                      {"kind":"%1$sstoragelink","id":"schema-plug","target":{"location":"/storage/schema-disk"}}]}
            """.formatted(INFRASTRUCTURE);

    private final Client client;
    private final SchemaRegistry registry = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_4);

    OcciJsonSchemaTest(World world) {
        this.client = world.client("schema");
    }

    @BeforeAll
    void makeOneOfEach() {
        post("/-/", """
                {"mixins":[{"term":"marked","scheme":"http://hansa.test/schema#","location":"/marked/","title":"Marked"}]}
                """, 200);
        post("/network/", """
                {"kind":"%snetwork","id":"schema-net","title":"net",
                 "mixins":["http://schemas.ogf.org/occi/infrastructure/network#ipnetwork"],
                 "attributes":{"occi.network.address":"10.77.0.0/24","occi.network.allocation":"static"}}
                """.formatted(INFRASTRUCTURE), 201);
        post("/storage/", """
                {"kind":"%sstorage","id":"schema-disk","title":"disk","attributes":{"occi.storage.size":1}}
                """.formatted(INFRASTRUCTURE), 201);
        Answer made = post("/compute/", ALL, 201);
        assertValid("resource", made.body());
        awaitState("/network/schema-net", "\"occi.network.state\":\"active\"");
        awaitState("/storage/schema-disk", "\"occi.storage.state\":\"online\"");
        awaitState("/compute/schema-vm", "\"occi.compute.state\":\"active\"");
        awaitState("/link/storagelink/schema-plug", "\"occi.storagelink.state\":\"active\"");
    }

    private Answer post(String path, String json, int status) {
        Answer answer = client.call("POST", path).accept(JSON).json(json).send();
        assertThat(answer.status()).as(answer.body()).isEqualTo(status);
        return answer;
    }

    private void awaitState(String path, String state) {
        await(state).until(() -> client.get(path, JSON).body().contains(state));
    }

    private Schema schema(String definition) {
        try (InputStream in = Optional.ofNullable(
                        OcciJsonSchemaTest.class.getResourceAsStream("/occi-json.schema.json"))
                .orElseThrow()) {
            ObjectNode root = (ObjectNode) JsonMapper.shared().readTree(in);
            root.put("$ref", "#/definitions/" + definition);
            return registry.getSchema(root);
        } catch (IOException e) {
            throw new AssertionError("the schema cannot be read", e);
        }
    }

    private void assertValid(String definition, String json) {
        JsonNode read = JsonMapper.shared().readTree(json);
        assertThat(schema(definition).validate(read))
                .as("%s: %s", definition, json)
                .isEmpty();
    }

    private String said(String path) {
        Answer answer = client.get(path, JSON);
        assertThat(answer.status()).as(path).isEqualTo(200);
        assertThat(answer.contentType()).isEqualTo(JSON);
        return answer.body();
    }

    @ParameterizedTest
    @CsvSource({
        "resource, /compute/schema-vm",
        "resource, /network/schema-net",
        "resource, /network/public",
        "resource, /storage/schema-disk",
        "link, /link/networkinterface/schema-nic",
        "link, /link/storagelink/schema-plug",
        "resource, /occi/compute/schema-vm",
        "resource, /strict/compute/schema-vm",
        "link, /strict/link/storagelink/schema-plug"
    })
    void everyKindOfEntity(String definition, String path) {
        assertValid(definition, said(path));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/",
                "/entity/",
                "/resource/",
                "/link/",
                "/compute/",
                "/network/",
                "/storage/",
                "/link/networkinterface/",
                "/link/storagelink/",
                "/marked/",
                "/mixin/os_tpl/tiny/",
                "/mixin/resource_tpl/small/",
                "/compute/?page=1&number=1",
                "/network/?attribute=occi.core.title&value=nothing",
                "/strict/compute/",
                "/strict/"
            })
    void everyCollection(String path) {
        assertValid("entities", said(path));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/-/",
                "/.well-known/org/ogf/occi/-/",
                "/occi/-/",
                "/strict/-/",
                "/-/?category=http%3A%2F%2Fschemas.ogf.org%2Focci%2Finfrastructure%23compute",
                "/-/?category=http%3A%2F%2Fschemas.ogf.org%2Focci%2Finfrastructure%23os_tpl",
                "/-/?category=http%3A%2F%2Fschemas.ogf.org%2Focci%2Finfrastructure%2Fcompute%2Faction%23save"
            })
    void everyQueryInterface(String path) {
        assertValid("categories", said(path));
    }

    @Test
    void aMachineInEveryStateOfItsLife() {
        post("/compute/schema-vm?action=stop", """
                {"action":"http://schemas.ogf.org/occi/infrastructure/compute/action#stop","attributes":{"method":"poweroff"}}
                """, 200);
        assertValid("resource", said("/compute/schema-vm"));
        awaitState("/compute/schema-vm", "\"occi.compute.state\":\"inactive\"");
        assertValid("resource", said("/compute/schema-vm"));
        Answer saved = post("/compute/schema-vm?action=save", """
                {"action":"http://schemas.ogf.org/occi/infrastructure/compute/action#save","attributes":{"name":"kept"}}
                """, 200);
        assertValid("categories", saved.body());
        post("/compute/schema-vm?action=start", """
                {"action":"http://schemas.ogf.org/occi/infrastructure/compute/action#start","attributes":{}}
                """, 200);
        awaitState("/compute/schema-vm", "\"occi.compute.state\":\"active\"");
    }

    @Test
    void everyInvocationOfAnAction() {
        OcciJsonWriter writer = new OcciJsonWriter("");
        Model model = Model.builder()
                .add(Core.extension(Profile.COMPATIBLE))
                .add(Infrastructure.extension(Profile.COMPATIBLE))
                .build();
        assertThat(model.actions()).isNotEmpty();
        for (ActionDefinition action : model.actions()) {
            assertValid("invocation", text(writer.invocation(action, Map.of())));
            assertValid("invocation", text(writer.invocation(action, Map.of("method", AttributeValue.of("x")))));
        }
    }

    private static String text(byte[] json) {
        return new String(json, StandardCharsets.UTF_8);
    }

    /** A schema that lets everything in would prove nothing. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            resource   | {"id":"1","attributes":{}}
            resource   | {"kind":"http://a/b#c","id":"1"}
            resource   | {"kind":"compute","id":"1","attributes":{}}
            resource   | {"kind":"http://a/b#c","id":"1","attributes":{},"mixins":[]}
            resource   | {"kind":"http://a/b#c","id":"1","attributes":{},"links":["/link/1"]}
            resource   | {"kind":"http://a/b#c","id":"1","attributes":{"a.b":null}}
            resource   | {"kind":"http://a/b#c","id":"1","attributes":{},"colour":"red"}
            link       | {"kind":"http://a/b#c","id":"1","attributes":{},"source":{"location":"/x"}}
            link       | {"kind":"http://a/b#c","id":"1","attributes":{},"source":"/x","target":"/y"}
            invocation | {"attributes":{}}
            categories | {"kinds":[{"term":"c","scheme":"http://a/b#"}]}
            categories | {"kinds":[]}
            categories | {"actions":[{"term":"c","scheme":"http://a/b#","attributes":{"m":{"type":"text"}}}]}
            entities   | []
            """)
    void whatIsWrongIsSeen(String definition, String json) {
        assertThat(schema(definition).validate(JsonMapper.shared().readTree(json)))
                .isNotEmpty();
    }
}

package hansa.faces.rest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.annotation.JsonProperty;
import hansa.federation.caller.Caller;
import hansa.kernel.base.ErrorCode;
import hansa.kernel.http.Method;
import hansa.kernel.http.Route;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Holds the OpenAPI document against the code, so that neither can change alone. */
class OpenApiTest {

    private static final JsonNode DOCUMENT = read();

    private static JsonNode read() {
        try (InputStream in = OpenApiTest.class.getResourceAsStream("openapi.json")) {
            return JsonMapper.shared().readTree(in);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    static Stream<Class<?>> wireRecords() {
        return Stream.of(
                        VmWire.class,
                        PlacementWire.class,
                        PlacementRoutes.class,
                        VolumeWire.class,
                        NetworkWire.class,
                        ImageWire.class,
                        SiteRoutes.class,
                        InventoryRoutes.class,
                        ExistingRoutes.class,
                        UsageRoutes.class,
                        TagRoutes.class,
                        VoWire.class,
                        VoAccountWire.class,
                        IdentityRoutes.class,
                        FederationRoutes.class,
                        OauthRoutes.class,
                        PolicyRoutes.class,
                        AuditRoutes.class,
                        Problems.class)
                .flatMap(holder -> Arrays.stream(holder.getDeclaredClasses()))
                .filter(Class::isRecord);
    }

    @ParameterizedTest
    @MethodSource("wireRecords")
    void describesEveryWireRecordMemberByMember(Class<?> type) {
        JsonNode schema = DOCUMENT.at("/components/schemas/" + type.getSimpleName());
        assertThat(schema.isMissingNode()).as("schema " + type.getSimpleName()).isFalse();
        List<String> members = Arrays.stream(type.getRecordComponents())
                .map(OpenApiTest::member)
                .toList();
        assertThat(List.copyOf(schema.path("properties").propertyNames())).isEqualTo(members);
        List<String> required = Arrays.stream(type.getRecordComponents())
                .filter(component -> component.getType() != Optional.class)
                .map(OpenApiTest::member)
                .toList();
        assertThat(texts(schema.path("required"))).isEqualTo(required);
        for (RecordComponent component : type.getRecordComponents()) {
            assertThat(kind(schema.path("properties").path(member(component))))
                    .as(type.getSimpleName() + "." + component.getName())
                    .isEqualTo(kind(component.getGenericType()));
        }
    }

    /** OAuth has its own way to write names. */
    private static String member(RecordComponent component) {
        JsonProperty written = component.getAccessor().getAnnotation(JsonProperty.class);
        return written == null ? component.getName() : written.value();
    }

    private static String kind(JsonNode property) {
        if (property.has("$ref")) {
            return property.path("$ref").asString().replaceFirst(".*/", "");
        }
        return switch (property.path("type").asString()) {
            case "array" -> "array of " + kind(property.path("items"));
            case "string" -> property.path("format").asString("").equals("date-time") ? "time" : "string";
            default ->
                property.path("type").asString() + property.path("format").asString("");
        };
    }

    private static String kind(Type type) {
        return switch (type) {
            case ParameterizedType generic
            when generic.getRawType() == Optional.class -> kind(generic.getActualTypeArguments()[0]);
            case ParameterizedType generic -> "array of " + kind(generic.getActualTypeArguments()[0]);
            case Class<?> record when record.isRecord() -> record.getSimpleName();
            case Class<?> text when text == String.class -> "string";
            case Class<?> time when time == Instant.class -> "time";
            case Class<?> flag when flag == boolean.class || flag == Boolean.class -> "boolean";
            case Class<?> real when real == double.class || real == Double.class -> "numberdouble";
            case Class<?> number when number == int.class || number == Integer.class -> "integerint32";
            case Class<?> number when number == long.class || number == Long.class -> "integerint64";
            default -> throw new AssertionError("no wire type: " + type);
        };
    }

    @Test
    void hasNoSchemaThatTheCodeDoesNotHave() {
        List<String> known =
                new ArrayList<>(wireRecords().map(Class::getSimpleName).toList());
        List<String> listings = DOCUMENT.at("/components/schemas").propertyNames().stream()
                .filter(name -> name.endsWith("Listing"))
                .toList();
        List<String> members = Arrays.stream(Listing.class.getRecordComponents())
                .map(RecordComponent::getName)
                .toList();
        for (String listing : listings) {
            assertThat(List.copyOf(DOCUMENT.at("/components/schemas/" + listing + "/properties")
                            .propertyNames()))
                    .isEqualTo(members);
        }
        known.addAll(listings);
        assertThat(DOCUMENT.at("/components/schemas").propertyNames()).containsExactlyInAnyOrderElementsOf(known);
    }

    @Test
    void namesEveryErrorCodeAndEveryStatusOfTheMapping() {
        JsonNode problem = DOCUMENT.at("/components/schemas/Problem/properties");
        assertThat(texts(problem.path("code").path("enum")))
                .isEqualTo(
                        Arrays.stream(ErrorCode.values()).map(ErrorCode::dotted).toList());
        TreeSet<Integer> statuses = new TreeSet<>();
        for (ErrorCode code : ErrorCode.values()) {
            statuses.add(Problems.status(code, false));
            statuses.add(Problems.status(code, true));
        }
        List<Integer> documented = new ArrayList<>();
        problem.path("status").path("enum").forEach(status -> documented.add(status.asInt()));
        assertThat(documented).isEqualTo(List.copyOf(statuses));
    }

    @Test
    void describesEveryRouteUnderItsRuleAndNoOther(@TempDir Path folder) {
        List<String> routes = new ArrayList<>();
        try (TestNode node = TestNode.start(folder)) {
            for (Route<Rule, Optional<Caller>> route : node.face().routes()) {
                routes.add(line(route.method(), route.path(), route.rule()));
            }
        }
        List<String> documented = new ArrayList<>();
        DOCUMENT.path("paths")
                .forEachEntry((path, operations) -> operations.forEachEntry((method, operation) -> documented.add(line(
                        Method.valueOf(method.toUpperCase(Locale.ROOT)),
                        path,
                        Rule.valueOf(operation.path("x-hansa-rule").asString().toUpperCase(Locale.ROOT))))));
        assertThat(documented).containsExactlyInAnyOrderElementsOf(routes);
    }

    private static String line(Method method, String path, Rule rule) {
        return method + " " + path + " " + rule;
    }

    @Test
    void givesEveryOperationAnIdItsPathParametersAndItsRefusals() {
        List<String> ids = new ArrayList<>();
        DOCUMENT.path("paths")
                .forEachEntry((path, operations) -> operations.forEachEntry((method, operation) -> {
                    ids.add(operation.path("operationId").asString());
                    List<String> declared = new ArrayList<>();
                    operation.path("parameters").forEach(parameter -> {
                        if (parameter.path("in").asString().equals("path")) {
                            declared.add(parameter.path("name").asString());
                        }
                    });
                    List<String> inPath = Pattern.compile("\\{(\\w+)}")
                            .matcher(path)
                            .results()
                            .map(found -> found.group(1))
                            .toList();
                    assertThat(declared).as(method + " " + path).isEqualTo(inPath);
                    assertThat(operation.path("responses").has("default")).isTrue();
                    boolean open = operation.path("x-hansa-rule").asString().equals("anyone");
                    assertThat(operation.path("responses").has("401")).isEqualTo(!open);
                }));
        assertThat(ids).doesNotHaveDuplicates().doesNotContain("");
    }

    @Test
    void refersOnlyToWhatItHolds() {
        Pattern.compile("\"\\$ref\":\"#([^\"]+)\"")
                .matcher(DOCUMENT.toString())
                .results()
                .map(found -> found.group(1))
                .distinct()
                .forEach(pointer -> assertThat(DOCUMENT.at(pointer).isMissingNode())
                        .as(pointer)
                        .isFalse());
    }

    private static List<String> texts(JsonNode array) {
        List<String> texts = new ArrayList<>();
        array.forEach(item -> texts.add(item.asString()));
        return texts;
    }
}

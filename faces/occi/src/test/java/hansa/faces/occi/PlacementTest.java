package hansa.faces.occi;

import static org.assertj.core.api.Assertions.assertThat;

import hansa.faces.occi.Client.Answer;
import hansa.federation.caller.Caller;
import hansa.federation.compute.Filter;
import hansa.federation.compute.MachineId;
import hansa.federation.compute.MachineService;
import hansa.federation.compute.Quotas;
import hansa.federation.listing.Page;
import hansa.federation.placement.Affinity;
import hansa.federation.placement.MachineRequest;
import hansa.federation.placement.Scope;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** A mixin says where a machine goes. */
class PlacementTest {

    private static final String MACHINE = """
            Category: compute; scheme="http://schemas.ogf.org/occi/infrastructure#"; class="kind"
            Category: tiny; scheme="http://hansa.test/occi/infrastructure/os_tpl#"; class="mixin"
            """;
    private static final String PLACEMENT = """
            Category: placement; scheme="http://hansa.test/occi/infrastructure/placement#"; class="mixin"
            """;

    private static final List<String> MIXINS = List.of(
            "http://hansa.test/occi/infrastructure/os_tpl#tiny",
            "http://hansa.test/occi/infrastructure/placement#placement");

    @TempDir
    Path folder;

    private World two() throws Exception {
        Map<String, Map<String, String>> clouds = new LinkedHashMap<>();
        clouds.put("a", Map.of("capacity-cores", "4"));
        clouds.put("b", Map.of("capacity-cores", "8"));
        return World.open(folder, Quotas.DEFAULT, clouds, UnaryOperator.identity());
    }

    private static List<String> clouds(World world) {
        MachineService machines = world.federation().machines();
        Caller alice = World.caller("alice");
        return machines
                .getAll(
                        alice,
                        machines.stamps(alice, Filter.ALL, Page.first(10)).stream()
                                .map(stamp -> new MachineId(stamp.id()))
                                .toList())
                .stream()
                .map(machine -> machine.cloud().value())
                .toList();
    }

    private static Answer made(Client client, String attributes) {
        return client.post("/compute/", MACHINE + PLACEMENT + attributes);
    }

    @Test
    void a_machine_goes_where_its_requirements_rank_and_cloud_say() throws Exception {
        try (World world = two()) {
            Client client = world.client("alice");
            assertThat(client.get("/-/").body()).contains("hansa.placement.requirements");
            assertThat(made(client, "X-OCCI-Attribute: hansa.placement.requirements=\"FREE_CPU > 5\"\n")
                            .status())
                    .isEqualTo(201);
            assertThat(made(client, "X-OCCI-Attribute: hansa.placement.rank=\"FREE_CPU\"\n")
                            .status())
                    .isEqualTo(201);
            assertThat(made(client, "X-OCCI-Attribute: hansa.placement.cloud=\"b\"\n")
                            .status())
                    .isEqualTo(201);
            assertThat(clouds(world)).containsExactly("b", "b", "b");
        }
    }

    @Test
    void what_cannot_be_read_is_refused_with_its_position_and_what_fits_nowhere_with_its_reasons() throws Exception {
        try (World world = two()) {
            Client client = world.client("alice");
            Answer wrong = made(client, "X-OCCI-Attribute: hansa.placement.requirements=\"FREE_CPU >\"\n");
            assertThat(wrong.status()).isEqualTo(400);
            assertThat(wrong.body()).contains("at character");
            Answer nowhere = made(client, "X-OCCI-Attribute: hansa.placement.requirements=\"FREE_CPU > 99\"\n");
            assertThat(nowhere.status()).isEqualTo(400);
            assertThat(nowhere.body()).contains("'a' does not meet the requirements");
            assertThat(made(client, "X-OCCI-Attribute: hansa.placement.policy=\"best\"\n")
                            .status())
                    .isEqualTo(400);
            assertThat(clouds(world)).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource(Medium.class)
    void groups_affinities_data_deadline_and_coming_back_are_said_in_every_rendering(Medium medium) throws Exception {
        try (World world = two()) {
            Client client = world.client("alice");
            Map<String, String> attributes = new LinkedHashMap<>();
            attributes.put("hansa.placement.group", "\"web, front\"");
            attributes.put("hansa.placement.affinity", "\"data,store:site\"");
            attributes.put("hansa.placement.antiaffinity", "\"web:host\"");
            attributes.put("hansa.placement.near", "\"north,south\"");
            attributes.put("hansa.placement.policy", "\"nearest-to-data\"");
            attributes.put("hansa.placement.deadline", "\"2999-12-01T10:00:00Z\"");
            attributes.put("hansa.placement.comeback", "true");
            Answer made = medium.entity(client.call("POST", "/compute/"), "compute", MIXINS, attributes)
                    .send();
            assertThat(made.status()).as(made.body()).isEqualTo(201);
            String owner = "of " + World.caller("alice").id() + "/";
            MachineRequest request = world.federation()
                    .machines()
                    .explain(World.caller("alice"), new MachineId(made.id()))
                    .plan()
                    .request();
            assertThat(request.groups()).containsExactlyInAnyOrder(owner + "web", owner + "front");
            assertThat(request.affinities())
                    .containsExactly(
                            new Affinity(Affinity.Relation.TOGETHER, Scope.CLOUD, owner + "data"),
                            new Affinity(Affinity.Relation.TOGETHER, Scope.SITE, owner + "store"),
                            new Affinity(Affinity.Relation.APART, Scope.HOST, owner + "web"));
            assertThat(request.wishes().dataSites()).containsExactlyInAnyOrder("north", "south");
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\u0001', textBlock = """
            hansa.placement.antiaffinity="web:host"                | make the machine a member of 'web' too
            hansa.placement.affinity="web:rack"                    | takes groups such as web, web:site or web:host
            hansa.placement.affinity="web,"                        | A group's name has 1 to 63 letters
            hansa.placement.group="a b"                            | A group's name has 1 to 63 letters
            hansa.placement.deadline="soon"                        | is an instant such as 2026-12-01T10:00:00Z
            hansa.placement.deadline="2020-01-01T00:00:00Z"        | is over
            hansa.placement.comeback="perhaps"                     | hansa.placement.comeback
            """)
    void wrong_wishes_are_refused_in_words(String attribute, String words) throws Exception {
        try (World world = two()) {
            Answer refused = made(world.client("alice"), "X-OCCI-Attribute: " + attribute + "\n");
            assertThat(refused.status()).isEqualTo(400);
            assertThat(refused.body()).contains(words);
            assertThat(clouds(world)).isEmpty();
        }
    }

    @Test
    void members_of_a_group_that_want_something_else_of_their_hosts_conflict() throws Exception {
        try (World world = two()) {
            Client client = world.client("alice");
            String member = "X-OCCI-Attribute: hansa.placement.group=\"web\"\n";
            assertThat(made(client, member + "X-OCCI-Attribute: hansa.placement.antiaffinity=\"web:host\"\n")
                            .status())
                    .isEqualTo(201);
            Answer other = made(client, member + "X-OCCI-Attribute: hansa.placement.affinity=\"web:host\"\n");
            assertThat(other.status()).isEqualTo(409);
            assertThat(other.body()).contains("The machines of the group 'web' want no host in common");
        }
    }

    @Test
    void the_query_interface_describes_all_of_it() throws Exception {
        try (World world = two()) {
            String model = world.client("alice").get("/-/").body();
            for (String name : List.of(
                    "site",
                    "cloud",
                    "requirements",
                    "rank",
                    "policy",
                    "countries",
                    "budget",
                    "group",
                    "affinity",
                    "antiaffinity",
                    "deadline",
                    "near",
                    "comeback")) {
                assertThat(model).contains("hansa.placement." + name + "{immutable}");
            }
        }
    }
}

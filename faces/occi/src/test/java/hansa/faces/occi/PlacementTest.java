package hansa.faces.occi;

import static org.assertj.core.api.Assertions.assertThat;

import hansa.faces.occi.Client.Answer;
import hansa.federation.caller.Caller;
import hansa.federation.compute.Filter;
import hansa.federation.compute.MachineId;
import hansa.federation.compute.MachineService;
import hansa.federation.compute.Quotas;
import hansa.federation.listing.Page;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A mixin says where a machine goes. */
class PlacementTest {

    private static final String MACHINE = """
            Category: compute; scheme="http://schemas.ogf.org/occi/infrastructure#"; class="kind"
            Category: tiny; scheme="http://hansa.test/occi/infrastructure/os_tpl#"; class="mixin"
            """;
    private static final String PLACEMENT = """
            Category: placement; scheme="http://hansa.test/occi/infrastructure/placement#"; class="mixin"
            """;

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
}

package hansa.faces.occi;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The ways in which clients show who they are. */
@ExtendWith(WorldExtension.class)
class SignInTest {

    private final World world;
    private final Client nobody;

    SignInTest(World world) {
        this.world = world;
        this.nobody = new Client(world.origin(), "");
    }

    private int status(String header, String value) {
        return nobody.call("GET", "/compute/").header(header, value).send().status();
    }

    private static String basic(String pair) {
        return "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void aTokenComesAsBearerOrInTheHeaderOfOpenStacksClients() {
        assertThat(status("Authorization", "Bearer " + world.token("sign-in"))).isEqualTo(204);
        assertThat(status("X-Auth-Token", world.token("sign-in"))).isEqualTo(204);
        assertThat(status("Authorization", "Bearer nothing-of-the-kind")).isEqualTo(401);
    }

    @Test
    void aUserSignsInWithAPassword() {
        world.federation().identity().users().create(World.OPERATOR, "grace", "correct horse battery", false);
        assertThat(status("Authorization", basic("grace:correct horse battery")))
                .isEqualTo(204);
    }

    @Test
    void anOperatorSeesWhatOthersHaveAndDeletesOnlyTheirOwnWhenTheySayAll() {
        String volume = "Category: storage; scheme=\"http://schemas.ogf.org/occi/infrastructure#\"; class=\"kind\"\n"
                + "X-OCCI-Attribute: occi.storage.size=1\n";
        Client user = world.client("sign-in-user");
        assertThat(user.put("/storage/sign-in-volume", volume).status()).isEqualTo(201);
        Client operator = new Client(world.origin(), world.operatorToken());
        assertThat(operator.get("/storage/sign-in-volume").status()).isEqualTo(200);
        assertThat(operator.delete("/storage/").status()).isEqualTo(200);
        assertThat(user.get("/storage/", "text/uri-list").body())
                .isEqualTo(world.origin() + "/storage/sign-in-volume\n");
    }
}

package hansa.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import hansa.cli.Typed.Result;
import hansa.cli.client.Exit;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** {@code hansa vo …} against a node over TLS. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class VoCommandsTest {

    private LocalNode node;
    private Typed operator;
    private Typed anna;
    private Typed mona;

    @BeforeAll
    void start(@TempDir Path home) {
        node = LocalNode.start(home.resolve("hansa"));
        operator = Typed.at(home);
        anna = as("anna");
        mona = as("mona");
    }

    private Typed as(String name) {
        return Typed.inAPipe()
                .with("HANSA_ENDPOINT", node.endpoint().toString())
                .with("HANSA_TOKEN", node.user(name))
                .with("HANSA_CA", node.data().resolve("tls").resolve("ca.pem").toString());
    }

    @AfterAll
    void stop() {
        node.close();
    }

    @Test
    void anImageIsSharedLaterAndWithdrawnAgain(@TempDir Path folder) throws IOException {
        Typed ines = as("ines");
        Typed jan = as("jan");
        operator.done("vo create fusion");
        operator.done("vo add-group fusion imaging");
        operator.done("vo add fusion ines --right imaging");
        operator.done("vo add fusion jan");
        Path disk = Files.write(folder.resolve("shelf.raw"), new byte[10_000]);
        ines.done("image upload " + disk);
        assertThat(jan.done("image list -o name")).doesNotContain("shelf");
        assertThat(ines.done("image share shelf --for fusion")).matches("image shelf \\(.*\\) is shared\n");
        assertThat(jan.done("image list -o wide")).containsPattern("shelf .* /fusion ");
        assertThat(operator.done("vo quota fusion")).containsPattern("images +- +1 +0");
        assertThat(ines.done("image share shelf --with fusion/imaging")).contains("is shared");
        assertThat(jan.done("image list -o name")).doesNotContain("shelf");
        assertThat(ines.done("image share shelf --with fusion")).contains("is shared");
        assertThat(jan.run("image", "unshare", "shelf").exit()).isEqualTo(Exit.REFUSED);
        assertThat(ines.run("image", "share", "shelf", "--everybody").err()).contains("Only operators");
        assertThat(ines.run("image", "share", "shelf", "--everybody", "--with", "fusion")
                        .exit())
                .isEqualTo(Exit.USAGE);
        assertThat(ines.done("image unshare shelf")).matches("image shelf \\(.*\\) is yours alone\n");
        assertThat(jan.run("image", "show", "shelf").exit()).isEqualTo(Exit.NOT_FOUND);
    }

    @Test
    void carriesAnOrganisationThroughItsLife() {
        assertThat(operator.done("vo create biomed --title Biomedicine")).isEqualTo("vo biomed created\n");
        assertThat(operator.done("vo add-group biomed imaging")).contains("/biomed/imaging");
        assertThat(operator.done("vo add biomed mona --name Mona --right Role=manager"))
                .isEqualTo("member Mona (mona) added\n");
        assertThat(anna.run("vo", "members", "biomed").exit()).isEqualTo(Exit.REFUSED);
        assertThat(anna.done("vo join biomed --text please")).contains("waits for a decision");
        String request = mona.done("vo requests biomed --state pending -o name").strip();
        assertThat(mona.done("vo requests biomed")).contains("/biomed ").contains("please");
        assertThat(mona.done("vo approve biomed " + request + " --reason welcome"))
                .contains("approved");
        assertThat(mona.done("vo add biomed anna --right imaging/Role=vm_operator"))
                .contains("changed");
        assertThat(mona.done("vo members biomed --group imaging")).contains("imaging/Role=vm_operator");
        assertThat(anna.done("whoami")).contains("/biomed/imaging/Role=vm_operator");

        assertThat(anna.done("vm create web --image tiny --flavour small --for biomed"))
                .contains("created");
        assertThat(mona.done("vm list --vo biomed --output wide"))
                .contains("web")
                .contains(" VO ")
                .contains("biomed");
        assertThat(anna.done("vm list --vo atlas -o name")).isEmpty();
        assertThat(anna.run("vm", "list", "--for", "atlas").err()).contains("no member of atlas");

        assertThat(operator.done("vo quota biomed --machines 1 --memory 64G")).contains("machines ");
        assertThat(anna.done("vo quota biomed")).containsPattern("machines +1 +1 +1");
        assertThat(anna.run("vm", "create", "more", "--image", "tiny", "--flavour", "small", "--for", "biomed")
                        .err())
                .contains("quota of the virtual organisation 'biomed'");
        assertThat(operator.done("vo quota biomed --machines none")).containsPattern("memoryMib +65536 ");
        assertThat(operator.done("vo quota biomed --images 5 --image-size 2G")).containsPattern("imageMib +2048 +0 +0");
        assertThat(mona.run("vo", "quota", "biomed", "--cores", "9").exit()).isEqualTo(Exit.REFUSED);
        assertThat(mona.done("vo map biomed operators --who Role=vm_operator --may machine.* --flavour small*"))
                .isEqualTo("rule operators set\n");
        assertThat(mona.done("vo mappings biomed")).containsPattern("operators +/biomed/Role=vm_operator +machine");
        assertThat(anna.run("vm", "create", "big", "--image", "tiny", "--flavour", "large", "--for", "biomed")
                        .err())
                .contains("rule 'biomed/operators'");
        assertThat(mona.run("vo", "unmap", "biomed", "operators").exit()).isEqualTo(Exit.OK);
        assertThat(mona.done("vo set biomed --cost-centre CC-17")).isEqualTo("vo biomed changed\n");
        assertThat(mona.done("vo show biomed")).contains("CC-17");
        assertThat(mona.done("vo member biomed anna --suspend left")).contains("changed");
        assertThat(anna.done("whoami")).doesNotContain("/biomed");
        assertThat(mona.done("vo member biomed anna --resume --expires 30d")).contains("changed");
        assertThat(anna.run("vo", "leave", "biomed").exit()).isEqualTo(Exit.OK);
        assertThat(mona.done("vo members biomed -o name")).isEqualTo("mona\n");
        Result inUse = operator.run("vo", "delete", "biomed");
        assertThat(inUse.exit()).isEqualTo(Exit.REFUSED);
        assertThat(inUse.err()).contains("in the name of 'biomed'");
    }

    @Test
    void showsUnderWhichAccountsMembersWork() {
        operator.done("vo create ligo");
        operator.done("vo add ligo anna --name Anna");
        assertThat(mona.run("vo", "map-account", "ligo", "sim").exit()).isEqualTo(Exit.REFUSED);
        assertThat(operator.done("vo map-account ligo sim --template ligo-{hash} --push"))
                .isEqualTo("account rule for sim set\n");
        assertThat(operator.done("vo account-rules ligo")).containsPattern("sim +/ligo +ligo-\\{hash} +(waiting|done)");
        String id = anna.done("vm create web --image tiny --flavour small --for ligo --wait -o name")
                .strip();
        assertThat(operator.done("vm show " + id)).containsPattern("account: +ligo-[0-9a-f]{16}");
        assertThat(operator.done("vo accounts ligo")).containsPattern("ligo-[0-9a-f]{16} +sim +anna +active");
        assertThat(operator.run("vo", "map-account", "ligo", "sim", "--pool", "a", "--push")
                        .err())
                .contains("cannot be pushed");
        assertThat(operator.done("vo map-account ligo sim --pool a --pool b --idle 12h"))
                .contains("set");
        assertThat(operator.done("vo account-rules ligo")).contains("pool of 2").contains("off");
        assertThat(operator.done("vo map-account ligo sim --fqan imaging/Role=vm_operator --fixed imagers"))
                .isEqualTo("account rule for sim set\n");
        assertThat(operator.done("vo account-rules ligo"))
                .containsPattern("sim +/ligo +pool of 2")
                .containsPattern("sim +/ligo/imaging/Role=vm_operator +imagers");
        assertThat(operator.run("vo", "unmap-account", "ligo", "sim", "--fqan", "imaging/Role=vm_operator")
                        .exit())
                .isEqualTo(Exit.OK);
        assertThat(operator.run("vo", "unmap-account", "ligo", "sim").exit()).isEqualTo(Exit.OK);
        assertThat(operator.done("vo accounts ligo --ended -o name")).isNotBlank();
    }

    @Test
    void saysWhatIsWrong() {
        operator.done("vo create atlas");
        assertThat(anna.run("vo", "create", "mine").err()).contains("vo.create");
        assertThat(operator.run("vo", "set", "atlas").exit()).isEqualTo(Exit.USAGE);
        assertThat(operator.run("vo", "add", "atlas", "anna", "--right", "none").exit())
                .isEqualTo(Exit.NOT_FOUND);
        assertThat(operator.run("vo", "refuse", "atlas", "x").exit()).isEqualTo(Exit.USAGE);
        assertThat(operator.run("vo", "show", "none").exit()).isEqualTo(Exit.NOT_FOUND);
        operator.done("vo delete atlas");
    }

    @Test
    void printsTheLinesOfAVomsServerAsTheyAre() throws IOException {
        HttpServer voms = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        voms.createContext("/voms/biomed/lsc", exchange -> {
            byte[] lines = "/O=Hansa/CN=voms\n/O=Hansa/CN=CA\n".getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, lines.length);
            exchange.getResponseBody().write(lines);
            exchange.close();
        });
        voms.start();
        try {
            Typed anybody = Typed.inAPipe()
                    .with(
                            "HANSA_ENDPOINT",
                            "http://127.0.0.1:" + voms.getAddress().getPort())
                    .with("HANSA_TOKEN", "t");
            assertThat(anybody.done("vo lsc biomed")).isEqualTo("/O=Hansa/CN=voms\n/O=Hansa/CN=CA\n");
        } finally {
            voms.stop(0);
        }
        Result none = operator.run("vo", "vomses", "biomed");
        assertThat(none.exit()).isEqualTo(Exit.NOT_FOUND);
        assertThat(none.err()).contains("certifies nothing of 'biomed'", "voms.host");
    }
}

package hansa.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import hansa.cli.Typed.Result;
import hansa.cli.client.Exit;
import hansa.cli.client.Json;
import hansa.cli.client.JsonText;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Command lines in, what a person or program sees out, against a node over TLS. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AgainstNodeTest {

    private LocalNode node;
    private Typed operator;
    private Typed anna;

    @BeforeAll
    void start(@TempDir Path home) {
        node = LocalNode.start(home.resolve("hansa"));
        operator = Typed.at(home);
        anna = Typed.inAPipe()
                .with("HANSA_ENDPOINT", node.endpoint().toString())
                .with("HANSA_TOKEN", node.user("anna"))
                .with("HANSA_CA", node.data().resolve("tls").resolve("ca.pem").toString());
    }

    @AfterAll
    void stop() {
        node.close();
    }

    private static Json.Members json(String out) {
        return (Json.Members) JsonText.parse(out.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void carriesAMachineThroughItsLife(@TempDir Path folder) throws IOException {
        Path script = Files.writeString(folder.resolve("setup.sh"), "#!/bin/sh\necho \"hello from the script\"\n");
        Result created = anna.run(
                "vm",
                "create",
                "web",
                "--image",
                "tiny",
                "--flavour",
                "small",
                "--user-data",
                script.toString(),
                "--network",
                "private",
                "--summary",
                "a site of mine",
                "--wait");
        assertThat(created.exit()).as(created.err()).isEqualTo(Exit.OK);
        assertThat(created.out()).matches("vm web \\([0-9a-f-]{36}\\) is active\n");
        assertThat(created.err().lines()).first().isEqualTo("vm web is pending, waiting until it is active");

        List<String> table = anna.done("vm list --name web").lines().toList();
        assertThat(table).hasSize(2);
        assertThat(table.getFirst()).matches("NAME +ID +STATE +IMAGE +FLAVOUR +ADDRESS +AGE");
        assertThat(table.getLast()).matches("web +[0-9a-f-]{13,} +active +tiny +small +10\\.[0-9.]+ +\\d+s");

        assertThat(anna.done("vm show web")).contains("title:        web\n", "summary:      a site of mine\n");
        Json.Members shown = json(anna.done("vm show web --output json"));
        assertThat(shown.text("state")).isEqualTo("active");
        String id = shown.text("id");
        assertThat(anna.done("vm show " + id.substring(0, 18) + " -o name")).isEqualTo(id + "\n");
        assertThat(anna.done("vm list --name web -o yaml")).startsWith("- id: \"" + id + "\"\n  title: \"web\"\n");

        await().atMost(Duration.ofSeconds(10))
                .until(() -> anna.done("vm console web").contains("hello from the script\n"));
        assertThat(anna.done("vm stop web --force --wait")).isEqualTo("vm web (" + id + ") is inactive\n");
        assertThat(anna.done("vm start web --wait")).endsWith("is active\n");
        assertThat(anna.done("vm suspend web --wait")).endsWith("is suspended\n");
        assertThat(anna.done("vm resume web --wait")).endsWith("is active\n");
        assertThat(anna.done("vm restart web --wait")).isEqualTo("vm web (" + id + ") is restarted\n");
        Json.Members restarted = json(anna.done("vm show web --output json"));
        assertThat(restarted.text("restartAsked")).isEmpty();
        assertThat(restarted.text("restarted")).isNotEmpty();
        assertThat(anna.done("vm resize web --flavour medium")).endsWith("will be resized\n");
        await().atMost(Duration.ofSeconds(10))
                .until(() -> json(anna.done("vm show web -o json")).number("cores") == 2);
        assertThat(anna.done("vm set web --name www")).isEqualTo("vm www (" + id + ") changed\n");
        assertThat(anna.done("vm save www --name golden --wait")).matches("image golden \\(.*\\) is ready\n");
        assertThat(anna.done("image list -o name")).contains("tiny\n");
        assertThat(anna.done("image delete golden --wait")).endsWith("deleted\n");

        Result deleted = anna.run("vm", "delete", "www", "--wait");
        assertThat(deleted.out()).isEqualTo("vm www (" + id + ") deleted\n");
        assertThat(anna.run("vm", "show", id).exit()).isEqualTo(Exit.NOT_FOUND);
    }

    @Test
    void readsUserDataFromTheStandardInputAndKeysFromFiles(@TempDir Path folder) throws IOException {
        Path secret = Files.writeString(folder.resolve("id"), "-----BEGIN OPENSSH PRIVATE KEY-----\n");
        Result refused =
                anna.run("vm", "create", "x", "--image", "tiny", "--flavour", "small", "--ssh-key", secret.toString());
        assertThat(refused.exit()).isEqualTo(Exit.USAGE);
        assertThat(refused.complaint()).contains("is a private key", ".pub");
        Result missing =
                anna.run("vm", "create", "x", "--image", "tiny", "--flavour", "small", "--user-data", "/nowhere");
        assertThat(missing.complaint()).isEqualTo("hansa: there is no file '/nowhere'; check its path");
        assertThat(anna.done("vm list --name x -o name")).isEmpty();

        Typed typing = anna.typing("#!/bin/sh\necho typed\n");
        String id = typing.done("vm create typed --image tiny --flavour small --user-data - --wait -o name")
                .strip();
        await().atMost(Duration.ofSeconds(10))
                .until(() -> anna.done("vm console typed").contains("typed\n"));
        anna.done("vm delete " + id + " --wait");
    }

    @Test
    void choosesPlacesAndExplainsThem() {
        Result preview = anna.run(
                "vm",
                "create",
                "placed",
                "--image",
                "tiny",
                "--flavour",
                "small",
                "--site",
                "auto",
                "--requirements",
                "CLOUD = \"sim\"",
                "--rank",
                "FREE_CPU",
                "--policy",
                "striping",
                "--dry-run");
        assertThat(preview.exit()).as(preview.err()).isEqualTo(Exit.OK);
        assertThat(preview.out().lines().toList()).hasSize(3).satisfies(lines -> {
            assertThat(lines.getFirst()).contains("by policy striping", "There is a place.");
            assertThat(lines.get(2)).contains("sim", "small", "chosen");
        });
        assertThat(anna.done("vm list --name placed -o name")).isEmpty();
        assertThat(anna.done("vm create placed --image tiny --flavour small --count 2 --spread cloud:2 --wait")
                        .lines())
                .hasSize(2)
                .allMatch(line -> line.matches("vm placed-[12] \\(.*\\) is active"));
        assertThat(anna.done("vm explain placed-1")).contains("chosen for 2", "It is at 'sim' now.");
        Json.Members plan = json(anna.done("vm explain placed-2 --output json"));
        assertThat(plan.objects("seats")).hasSize(2);
        assertThat(plan.text("digest")).hasSize(64);
        Result torn = anna.run(
                "vm", "create", "torn", "--image", "tiny", "--flavour", "small", "--count", "2", "--spread", "cloud");
        assertThat(torn.exit()).isNotEqualTo(Exit.OK);
        assertThat(torn.complaint()).contains("of 2 machines only 1 would find a place");
        Result wrong = anna.run(
                "vm", "create", "wrong", "--image", "tiny", "--flavour", "small", "--requirements", "FREE_CPU >");
        assertThat(wrong.complaint()).contains("at character");
        assertThat(anna.run("vm", "create", "x", "--image", "tiny", "--spread", "cloud:none")
                        .exit())
                .isEqualTo(Exit.USAGE);
        anna.done("vm delete placed-1 placed-2 --wait");
    }

    @Test
    void showsTheRoomThatIsLeft() {
        List<String> lines = anna.done("site list --free").lines().toList();
        assertThat(lines.getFirst())
                .matches("SITE +CLOUD +STATE +CORES +MEMORY +DISK +MACHINES +RUNNING +PRIORITY +AGE.*");
        assertThat(lines.get(1)).contains("sim").contains("up");
    }

    @Test
    void plugsAndUnplugs() {
        anna.done("volume create data --size 1G --wait");
        anna.done("network create back --range 10.42.0.0/24 --wait");
        anna.done("vm create plugged --image tiny --flavour small --wait");
        assertThat(anna.done("vm attach plugged --volume data --wait"))
                .isEqualTo("volume data attached to vm plugged\n");
        assertThat(anna.done("volume list")).contains("data", "online", "1G");
        assertThat(anna.run("volume", "delete", "data").exit()).isEqualTo(Exit.REFUSED);
        assertThat(anna.done("vm attach plugged --network back --wait"))
                .isEqualTo("network back attached to vm plugged\n");
        assertThat(anna.done("vm detach plugged --network back --wait"))
                .isEqualTo("network back detached from vm plugged\n");
        assertThat(anna.done("vm detach plugged --volume data --wait"))
                .isEqualTo("volume data detached from vm plugged\n");
        assertThat(anna.run("vm", "detach", "plugged", "--volume", "data").exit())
                .isEqualTo(Exit.NOT_FOUND);
        assertThat(anna.run("vm", "attach", "plugged").complaint())
                .isEqualTo("hansa: give either --volume or --network");
        anna.done("network down back --wait");
        anna.done("network up back --wait");
        assertThat(anna.done("volume resize data --size 2G")).endsWith("will be resized\n");
        anna.done("vm delete plugged --wait");
        anna.done("network delete back --wait");
        anna.done("volume delete data --wait");
        assertThat(anna.run("volume", "list").err()).isEqualTo("no volumes\n");
    }

    @Test
    void copiesVolumesAndMakesNewOnesOfTheCopies() {
        String source =
                anna.done("volume create ledger --size 1G --wait -o name").strip();
        assertThat(anna.done("volume snapshot ledger --name before --wait"))
                .matches("volume before \\([0-9a-f-]{36}\\) is a snapshot of ledger\n");
        assertThat(anna.done("volume backup ledger"))
                .matches("volume ledger-backup-\\d{8}T\\d{6}Z \\([0-9a-f-]{36}\\) will be a backup of ledger\n");
        Json.Members backup = json(anna.done("volume backup ledger --name kept --wait --output json"));
        assertThat(backup.text("kind")).isEqualTo("backup");
        assertThat(backup.text("of")).isEqualTo(source);
        assertThat(backup.text("taken")).isNotEmpty();
        List<String> table = anna.done("volume snapshots ledger").lines().toList();
        assertThat(table).hasSize(4);
        assertThat(table.getFirst()).matches("NAME +ID +KIND +STATE +SIZE +TAKEN +CLOUD +MESSAGE");
        assertThat(table.get(1)).matches("before +[0-9a-f-]+ +snapshot +offline +1G +20.*Z +sim +-");
        assertThat(anna.done("volume snapshots ledger --kind backup -o name").lines())
                .hasSize(2);
        assertThat(anna.done("volume list --kind volume --name ledger")).containsPattern("ledger .* volume +online");

        Result needed = anna.run("volume", "delete", "ledger");
        assertThat(needed.exit()).isEqualTo(Exit.REFUSED);
        assertThat(needed.complaint()).contains("delete its snapshots first");
        assertThat(anna.run("volume", "create", "none").complaint())
                .isEqualTo("hansa: give --size, or --from a snapshot or backup");
        assertThat(anna.run("volume", "snapshot", "before").complaint()).contains("'snapshot' is not possible");

        anna.done("volume create again --from before --wait");
        assertThat(anna.done("volume list --name again")).containsPattern("again .* online +1G");
        anna.done("volume delete before --wait");
        anna.done("volume delete ledger --wait");
        anna.done("volume create larger --from kept --size 2G --wait");
        assertThat(anna.done("volume snapshots " + source + " -o name").lines()).hasSize(2);
        for (String id : anna.done("volume list -o name").lines().toList()) {
            anna.done("volume delete " + id + " --wait");
        }
    }

    @Test
    void tagsThingsByName() {
        anna.done("volume create tagged --size 10M --wait");
        assertThat(anna.done("tag create nightly --title slept"))
                .isEqualTo("tag nightly (urn:hansa:tags:anna#nightly) created\n");
        assertThat(anna.done("tag add nightly --volume tagged")).endsWith("put on 1 thing\n");
        assertThat(anna.done("volume list --tag nightly -o name").lines()).hasSize(1);
        assertThat(anna.done("tag list")).contains("nightly", "slept", "anna");
        assertThat(anna.done("tag remove nightly --volume tagged")).endsWith("taken off 1 thing\n");
        anna.done("tag delete nightly");
        assertThat(anna.run("tag", "show", "nightly").exit()).isEqualTo(Exit.NOT_FOUND);
        anna.done("volume delete tagged --wait");
    }

    @Test
    void showsWhatThereIs() {
        assertThat(anna.done("flavour list")).containsPattern("small +1 +1G +10G +sim");
        assertThat(anna.done("site list")).containsPattern("here +Here +sim");
        assertThat(anna.done("cloud list")).containsPattern("sim +simulated +up");
        assertThat(anna.done("network list")).containsPattern("public .* shared");
        assertThat(anna.done("whoami")).contains("subject:  anna\n", "operator: false\n");
        assertThat(operator.done("whoami -o json")).contains("\"operator\": true");
    }

    @Test
    void showsOperatorsWhatACloudSaysThatWasUsed() {
        anna.done("vm create billed --image tiny --flavour small --wait");
        assertThat(operator.done("cloud usage sim --from 1h"))
                .containsPattern("STANDING +NAME +VM +OWNER +CORES +MEMORY +BEGAN +ENDED")
                .containsPattern("known +billed +\\S+ +anna +1 +1G +20");
        anna.done("vm delete billed --wait");
        assertThat(operator.done("cloud usage sim --from 1h")).containsPattern("deleted +billed");
        Json.Members line = ((Json.Items) JsonText.parse(
                        operator.done("cloud usage sim --output json").getBytes(StandardCharsets.UTF_8)))
                .items().stream()
                        .map(Json.Members.class::cast)
                        .filter(one -> one.text("name").equals("billed"))
                        .findFirst()
                        .orElseThrow();
        assertThat(line.text("standing")).isEqualTo("deleted");
        assertThat(line.text("ended")).isNotEmpty();
        assertThat(anna.run("cloud", "usage", "sim").exit()).isEqualTo(Exit.REFUSED);
        Result wrong = operator.run("cloud", "usage", "sim", "--from", "1h", "--to", "2h");
        assertThat(wrong.complaint()).contains("A time ends after it begins");
        assertThat(operator.run("cloud", "usage", "sim", "--from", "soon").exit())
                .isEqualTo(Exit.USAGE);
    }

    @Test
    void letsOperatorsDoWhatOthersMayNot() {
        Result refused = anna.run("flavour", "create", "nano", "--cores", "1", "--memory", "64M");
        assertThat(refused.exit()).isEqualTo(Exit.REFUSED);
        assertThat(refused.complaint()).contains("Only operators");
        assertThat(operator.done("flavour create nano --cores 1 --memory 64M")).isEqualTo("flavour nano created\n");
        assertThat(operator.done("flavour delete nano")).isEqualTo("flavour nano deleted\n");
        assertThat(operator.typing("a long enough password\n").done("user create otto --password-file -"))
                .isEqualTo("user otto created\n");
        assertThat(operator.done("user list")).containsPattern("otto +no");
        assertThat(operator.done("user delete otto")).isEqualTo("user otto deleted\n");
    }

    @Test
    void showsTheSecretOfATokenOnceAndAlone() {
        Result issued = anna.run("token", "create", "ci", "--expires", "1h");
        assertThat(issued.out().lines()).hasSize(1);
        assertThat(issued.err()).contains("is not shown again");
        String secret = issued.out().strip();
        Typed program = anna.with("HANSA_TOKEN", secret);
        assertThat(program.done("whoami")).contains("anna");
        String id = json(anna.done("token create other -o json")).text("id");
        assertThat(anna.done("token list")).contains(id).doesNotContain(secret);
        anna.done("token delete " + id);
        assertThat(anna.done("token list")).doesNotContain(id);
    }

    @Test
    void asksWhichOneIsMeantWhereSeveralAreCalledSo() {
        anna.done("volume create twin --size 10M --wait");
        anna.done("volume create twin --size 10M --wait");
        Result which = anna.run("volume", "show", "twin");
        assertThat(which.exit()).isEqualTo(Exit.USAGE);
        assertThat(which.complaint()).contains("several volumes are called 'twin'", "say which by its id: ");
        for (String id : anna.done("volume list --name twin -o name").lines().toList()) {
            anna.done("volume delete " + id + " --wait");
        }
    }

    @Test
    void saysWhatToMendAndEndsWithTheCodeForIt() {
        Result missing = anna.run("vm", "show", "nix");
        assertThat(missing.complaint()).isEqualTo("hansa: there is no vm 'nix'; 'hansa vm list' shows yours");
        assertThat(missing.exit().code()).isEqualTo(3);
        assertThat(anna.run("vm", "delete", "nix", "--ignore-missing").exit()).isEqualTo(Exit.OK);

        Result wrong = anna.run("vm", "create", "x", "--image", "tiny", "--flavour", "nix");
        assertThat(wrong.exit().code()).isEqualTo(2);
        assertThat(wrong.complaint()).contains("nix");

        Result unknown = anna.with("HANSA_TOKEN", "wrong").run("vm", "list");
        assertThat(unknown.exit().code()).isEqualTo(4);
        assertThat(unknown.complaint()).contains("--token", "HANSA_TOKEN");

        Result untrusted =
                Typed.inAPipe().run("vm", "list", "--endpoint", node.endpoint().toString());
        assertThat(untrusted.exit().code()).isEqualTo(4);
        assertThat(untrusted.complaint()).contains("certificate", "--ca FILE", "tls/ca.pem");
    }

    @Test
    void drawsItsProgressOverWhereAPersonLooks() {
        Result made = anna.onATerminal().run("volume", "create", "drawn", "--size", "10M", "--wait");
        assertThat(made.err()).startsWith("\r\u001b[K| volume drawn is pending").endsWith("\r\u001b[K");
        assertThat(made.out()).contains("is online");
        assertThat(anna.onATerminal().run("volume", "list").out()).contains("\u001b[32monline\u001b[0m");
        anna.done("volume delete drawn --wait");
    }

    @Test
    void listsPageAfterPage() {
        for (int i = 0; i < 4; i++) {
            operator.done("volume create page" + i + " --size 10M");
        }
        assertThat(operator.done("volume list --limit 2 -o name").lines()).hasSize(2);
        assertThat(operator.done("volume list -o name").lines()).hasSizeGreaterThanOrEqualTo(4);
        operator.done("volume delete page0 page1 page2 page3 --wait");
    }
}

package hansa.cli;

import static org.assertj.core.api.Assertions.assertThat;

import hansa.cli.Typed.Result;
import hansa.cli.client.Exit;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PolicyCommandsTest {

    private LocalNode node;
    private Typed operator;
    private Typed anna;
    private Path file;

    @BeforeEach
    void start(@TempDir Path home) throws IOException {
        node = LocalNode.start(home.resolve("hansa"));
        operator = Typed.at(home);
        anna = Typed.inAPipe()
                .with("HANSA_ENDPOINT", node.endpoint().toString())
                .with("HANSA_TOKEN", node.user("anna"))
                .with("HANSA_CA", node.data().resolve("tls").resolve("ca.pem").toString());
        file = Files.writeString(home.resolve("no-tags.xml"), """
                <Policy xmlns="urn:oasis:names:tc:xacml:3.0:core:schema:wd-17" PolicyId="no-tags" Version="1.0"
                 RuleCombiningAlgId="urn:oasis:names:tc:xacml:1.0:rule-combining-algorithm:first-applicable">
                <Target><AnyOf><AllOf><Match MatchId="urn:oasis:names:tc:xacml:1.0:function:string-equal">
                <AttributeValue DataType="http://www.w3.org/2001/XMLSchema#string">tag.list</AttributeValue>
                <AttributeDesignator Category="urn:oasis:names:tc:xacml:3.0:attribute-category:action"
                 AttributeId="urn:oasis:names:tc:xacml:1.0:action:action-id"
                 DataType="http://www.w3.org/2001/XMLSchema#string" MustBePresent="true"/>
                </Match></AllOf></AnyOf></Target>
                <Rule RuleId="all" Effect="Deny"><Description>No tags today.</Description></Rule></Policy>
                """);
    }

    @AfterEach
    void stop() {
        node.close();
    }

    @Test
    void carriesAPolicyFromATryToItsEnd() {
        anna.done("tag list");
        Result tried = operator.run("policy", "dry-run", "--put", "no-tags=" + file);
        assertThat(tried.exit()).as(tried.err()).isEqualTo(Exit.OK);
        assertThat(tried.out()).contains("anna", "tag.list", "permit", "deny", "no-tags/all");
        assertThat(tried.err()).contains("1 would be denied, 0 would be permitted");

        assertThat(operator.done("policy put no-tags " + file + " --note first"))
                .contains("version 1 of no-tags is written and does not hold yet");
        assertThat(operator.done("policy activate no-tags")).contains("version 1 of no-tags holds from now on");
        Result denied = anna.run("tag", "list");
        assertThat(denied.exit()).isEqualTo(Exit.REFUSED);
        assertThat(denied.err()).contains("No tags today", "no-tags/all");

        assertThat(operator.done("policy list")).contains("no-tags", "api");
        assertThat(operator.done("policy history no-tags")).contains("first");
        assertThat(operator.done("policy show no-tags")).contains("PolicyId=\"no-tags\"");
        operator.done("policy delete no-tags");
        anna.done("tag list");
    }

    @Test
    void tellsWhatWasDecidedAndWhetherTheLogIsWhole() throws IOException {
        anna.run("audit", "list");
        assertThat(operator.done("audit list --decision deny")).contains("anna", "audit.read", "operators");
        assertThat(operator.done("audit verify")).startsWith("the log is whole: ");

        Path segment;
        try (var files = Files.list(node.data().resolve("audit"))) {
            segment = files.findFirst().orElseThrow();
        }
        List<String> lines = Files.readAllLines(segment);
        lines.set(
                0,
                lines.getFirst().replace("\"permit\"", "\"deny\"").replace("\"deny\",\"rule\"", "\"deny\", \"rule\""));
        Files.writeString(segment, String.join("\n", lines) + "\n", StandardCharsets.UTF_8);
        Result broken = operator.run("audit", "verify");
        assertThat(broken.exit()).isEqualTo(Exit.FAILED);
        assertThat(broken.err()).contains("is not as it was written at record 2");
    }
}

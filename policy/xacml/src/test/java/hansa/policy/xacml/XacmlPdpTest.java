package hansa.policy.xacml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import hansa.policy.AccessRequest;
import hansa.policy.AccessRequest.Resource;
import hansa.policy.AccessRequest.Subject;
import hansa.policy.BadPolicy;
import hansa.policy.Decision;
import hansa.policy.PolicyDocument;
import hansa.protocols.voms.Fqan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class XacmlPdpTest {

    private static final Path EXAMPLES = Path.of("..", "..", "docs", "administrators", "policies");
    private static final Instant NOON = Instant.parse("2026-11-25T12:00:00Z");
    private static final Instant NIGHT = Instant.parse("2026-11-25T02:00:00.123456Z");

    private static PolicyDocument example(String name) throws IOException {
        return new PolicyDocument(name, Files.readString(EXAMPLES.resolve(name)));
    }

    private static AccessRequest request(String action, Instant at, boolean operator, String... fqans) {
        return new AccessRequest(
                new Subject(
                        "alice",
                        "local",
                        Arrays.stream(fqans).map(Fqan::parse).toList(),
                        Optional.empty(),
                        "token",
                        operator),
                action,
                new Resource("machine", "m1", Optional.of("bob"), Optional.of("vo"), Map.of("cloud", "sim")),
                at);
    }

    private static PolicyDocument policy(String rules) {
        return policy("first-applicable", rules);
    }

    private static PolicyDocument policy(String algorithm, String rules) {
        return new PolicyDocument(
                "mine.xml", """
                <Policy xmlns="urn:oasis:names:tc:xacml:3.0:core:schema:wd-17" PolicyId="mine" Version="1.0"
                    RuleCombiningAlgId="urn:oasis:names:tc:xacml:%s:rule-combining-algorithm:%s">
                <Target/>
                %s
                </Policy>""".formatted(algorithm.equals("first-applicable") ? "1.0" : "3.0", algorithm, rules));
    }

    private static String attributeIs(String category, String id, String value) {
        return """
                <Target><AnyOf><AllOf><Match MatchId="urn:oasis:names:tc:xacml:1.0:function:string-equal">
                <AttributeValue DataType="http://www.w3.org/2001/XMLSchema#string">%s</AttributeValue>
                <AttributeDesignator Category="%s" AttributeId="%s"
                 DataType="http://www.w3.org/2001/XMLSchema#string" MustBePresent="false"/>
                </Match></AllOf></AnyOf></Target>""".formatted(value, category, id);
    }

    private static final String RESOURCE = "urn:oasis:names:tc:xacml:3.0:attribute-category:resource";
    private static final String SUBJECT = "urn:oasis:names:tc:xacml:1.0:subject-category:access-subject";

    @Test
    void the_example_for_auditors_permits_what_it_says_and_is_silent_else() throws Exception {
        XacmlPdp pdp = XacmlPdp.of(List.of(example("auditors-look-at-machines.xml")));

        assertThat(pdp.decide(request("machine.read", NOON, false, "/audit.example.org/staff")))
                .isEqualTo(new Decision.Permit("auditors-look-at-machines/look", List.of()));
        assertThat(pdp.decide(request("machine.read", NOON, false, "/other")))
                .isInstanceOf(Decision.NotApplicable.class);
        assertThat(pdp.decide(request("machine.delete", NOON, false, "/audit.example.org")))
                .isInstanceOf(Decision.NotApplicable.class);
    }

    @Test
    void it_knows_whether_its_policies_tell_resources_apart_by_their_ids() throws Exception {
        String id = "urn:oasis:names:tc:xacml:1.0:resource:resource-id";
        String rule = "<Rule RuleId=\"closed\" Effect=\"Deny\">%s</Rule>";
        XacmlPdp plain =
                XacmlPdp.of(List.of(policy(rule.formatted(attributeIs(RESOURCE, "urn:hansa:resource:vo", "vo")))));
        assertThat(plain.looksAtIds()).isFalse();
        assertThat(plain.decide(request("machine.read", NOON, false))).isInstanceOf(Decision.Deny.class);
        XacmlPdp byId = XacmlPdp.of(List.of(policy(rule.formatted(attributeIs(RESOURCE, id, "m1")))));
        assertThat(byId.looksAtIds()).isTrue();
        assertThat(byId.decide(request("machine.read", NOON, false))).isInstanceOf(Decision.Deny.class);
        String disguised = id.replace("resource-id", "resource&#45;id");
        XacmlPdp hidden = XacmlPdp.of(List.of(policy(rule.formatted(attributeIs(RESOURCE, disguised, "m1")))));
        assertThat(hidden.looksAtIds()).isTrue();
        assertThat(hidden.decide(request("machine.read", NOON, false))).isInstanceOf(Decision.Deny.class);
    }

    @Test
    void the_example_for_quiet_hours_denies_by_the_time_of_the_request_and_says_why() throws Exception {
        XacmlPdp pdp = XacmlPdp.of(List.of(example("quiet-hours.xml")));

        assertThat(pdp.decide(request("machine.create", NIGHT, false)))
                .isEqualTo(new Decision.Deny(
                        "quiet-hours/night",
                        "Machines are created from six in the morning to ten in the evening (UTC) only."));
        assertThat(pdp.decide(request("machine.create", NOON, false))).isInstanceOf(Decision.NotApplicable.class);
        assertThat(pdp.decide(request("machine.create", NIGHT, true))).isInstanceOf(Decision.NotApplicable.class);
        assertThat(pdp.decide(request("machine.delete", NIGHT, false))).isInstanceOf(Decision.NotApplicable.class);
    }

    @Test
    void of_several_documents_a_denial_overrides() throws Exception {
        PolicyDocument permit = policy("<Rule RuleId='yes' Effect='Permit'/>");
        PolicyDocument deny = new PolicyDocument(
                "other.xml",
                policy("<Rule RuleId='no' Effect='Deny'/>")
                        .text()
                        .replace("'mine'", "")
                        .replace("\"mine\"", "\"other\""));
        assertThat(XacmlPdp.of(List.of(permit, deny)).decide(request("machine.read", NOON, false)))
                .isEqualTo(new Decision.Deny("other/no", "A policy denies it."));
        assertThat(XacmlPdp.of(List.of(permit)).decide(request("machine.read", NOON, false)))
                .isEqualTo(new Decision.Permit("mine/yes", List.of()));
    }

    @Test
    void attributes_of_subject_and_resource_are_seen() throws Exception {
        record Case(String category, String id, String value) {}
        for (Case one : List.of(
                new Case(RESOURCE, "urn:hansa:resource:type", "machine"),
                new Case(RESOURCE, "urn:oasis:names:tc:xacml:1.0:resource:resource-id", "m1"),
                new Case(RESOURCE, "urn:hansa:resource:owner", "bob"),
                new Case(RESOURCE, "urn:hansa:resource:vo", "vo"),
                new Case(RESOURCE, "urn:hansa:resource:attribute:cloud", "sim"),
                new Case(SUBJECT, "urn:oasis:names:tc:xacml:1.0:subject:subject-id", "alice"),
                new Case(SUBJECT, "urn:hansa:subject:issuer", "local"),
                new Case(SUBJECT, "urn:hansa:subject:proof", "token"),
                new Case(SUBJECT, "urn:hansa:subject:fqan", "/vo/Role=manager"),
                new Case(SUBJECT, "urn:hansa:subject:member-of", "vo"))) {
            XacmlPdp pdp = XacmlPdp.of(List.of(policy("<Rule RuleId='r' Effect='Permit'>"
                    + attributeIs(one.category(), one.id(), one.value()) + "</Rule>")));
            assertThat(pdp.decide(request("machine.read", NOON, false, "/vo/Role=manager")))
                    .as(one.id())
                    .isEqualTo(new Decision.Permit("mine/r", List.of()));
            XacmlPdp other = XacmlPdp.of(List.of(policy(
                    "<Rule RuleId='r' Effect='Permit'>" + attributeIs(one.category(), one.id(), "other") + "</Rule>")));
            assertThat(other.decide(request("machine.read", NOON, false, "/vo/Role=manager")))
                    .as(one.id())
                    .isInstanceOf(Decision.NotApplicable.class);
        }
    }

    @Test
    void obligations_are_told() throws Exception {
        XacmlPdp pdp = XacmlPdp.of(List.of(policy("""
                <Rule RuleId='r' Effect='Permit'><ObligationExpressions>
                <ObligationExpression ObligationId="tell" FulfillOn="Permit"/></ObligationExpressions></Rule>""")));
        assertThat(pdp.decide(request("machine.read", NOON, false)))
                .isEqualTo(new Decision.Permit("mine/r", List.of("tell")));
    }

    @Test
    void what_cannot_be_evaluated_is_indeterminate() throws Exception {
        XacmlPdp pdp = XacmlPdp.of(List.of(policy("<Rule RuleId='r' Effect='Permit'>"
                + attributeIs(RESOURCE, "urn:unknown", "x").replace("\"false\"", "\"true\"") + "</Rule>")));
        assertThat(pdp.decide(request("machine.read", NOON, false))).isInstanceOf(Decision.Indeterminate.class);
    }

    private static BadPolicy refused(PolicyDocument document) {
        return catchThrowableOfType(BadPolicy.class, () -> XacmlPdp.of(List.of(document)));
    }

    @Test
    void what_is_no_xml_is_refused_with_its_line() {
        BadPolicy bad = refused(new PolicyDocument("a.xml", "<Policy>\n<Target>\n</Policy>"));
        assertThat(bad.text()).startsWith("a.xml line ");
    }

    @Test
    void what_the_schema_does_not_know_is_refused_with_its_line() {
        BadPolicy bad = refused(policy("<Rule RuleId='r' Effect='Permit'/>\n<Rule RuleId='s' Effect='Maybe'/>"));
        assertThat(bad.line()).isEqualTo(5);
        assertThat(bad.text()).startsWith("mine.xml line 5: ").contains("Maybe");
    }

    @Test
    void an_unknown_function_is_refused_when_it_is_loaded_with_the_line_of_its_rule() {
        BadPolicy bad =
                refused(policy("<Rule RuleId='fine' Effect='Permit'/>\n<Rule RuleId='wrong-function' Effect='Deny'>"
                        + "<Condition><Apply FunctionId='urn:none'/></Condition></Rule>"));
        assertThat(bad.text()).contains("urn:none");
        assertThat(bad.line()).isEqualTo(5);
    }

    @Test
    void an_unknown_algorithm_is_refused_when_it_is_loaded() {
        assertThat(refused(policy("no-such-algorithm", "")).text()).contains("no-such-algorithm");
    }

    @Test
    void document_types_are_refused() {
        PolicyDocument bomb = new PolicyDocument(
                "bomb.xml",
                "<!DOCTYPE x [<!ENTITY a \"aaaa\">]>\n"
                        + policy("").text().replace("<Target/>", "<Description>&a;</Description><Target/>"));
        assertThat(refused(bomb).text()).startsWith("bomb.xml line 1: ").contains("DOCTYPE");
    }

    @Test
    void what_is_nested_too_deeply_is_refused() {
        String function = "urn:oasis:names:tc:xacml:1.0:function:not";
        String deep = ("<Apply FunctionId='" + function + "'>").repeat(200) + "</Apply>".repeat(200);
        assertThat(refused(policy("<Rule RuleId='r' Effect='Deny'><Condition>" + deep + "</Condition></Rule>"))
                        .text())
                .contains("nested deeper");
    }

    @Test
    void xpath_is_refused() {
        assertThat(refused(policy("""
                <Rule RuleId='r' Effect='Permit'><Condition>
                <Apply FunctionId="urn:oasis:names:tc:xacml:1.0:function:boolean-one-and-only">
                <AttributeSelector Category="%s" Path="//x" DataType="http://www.w3.org/2001/XMLSchema#boolean"
                 MustBePresent="false"/></Apply></Condition></Rule>""".formatted(RESOURCE)))).isNotNull();
    }

    @Test
    void a_reference_that_leads_nowhere_is_refused() {
        assertThat(refused(new PolicyDocument("set.xml", """
                <PolicySet xmlns="urn:oasis:names:tc:xacml:3.0:core:schema:wd-17" PolicySetId="s" Version="1.0"
                 PolicyCombiningAlgId="urn:oasis:names:tc:xacml:3.0:policy-combining-algorithm:deny-overrides">
                <Target/><PolicyIdReference>elsewhere</PolicyIdReference></PolicySet>""")).text()).contains("elsewhere");
    }

    @Test
    void two_policies_of_one_id_are_refused() {
        PolicyDocument one = policy("<Rule RuleId='yes' Effect='Permit'/>");
        assertThatThrownBy(() -> XacmlPdp.of(List.of(one, new PolicyDocument("copy.xml", one.text()))))
                .isInstanceOf(BadPolicy.class)
                .hasMessageContaining("copy.xml");
    }

    @Test
    void a_request_is_no_policy() {
        assertThat(refused(new PolicyDocument("r.xml", """
                <Request xmlns="urn:oasis:names:tc:xacml:3.0:core:schema:wd-17" ReturnPolicyIdList="false" CombinedDecision="false">
                <Attributes Category="urn:oasis:names:tc:xacml:3.0:attribute-category:resource"/></Request>""")).text()).contains("neither a Policy nor a PolicySet");
    }
}

package hansa.federation.accounts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import hansa.cloud.CloudName;
import hansa.federation.accounts.Scheme.Fixed;
import hansa.kernel.base.Failure;
import hansa.protocols.voms.Fqan;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class RulesThereTest {

    private static AccountRule rule(String fqan) {
        return new AccountRule(
                "biomed",
                new CloudName("lab"),
                Fqan.parse(fqan),
                new Fixed("one"),
                false,
                PushState.OFF,
                "",
                Optional.empty(),
                Instant.EPOCH,
                1);
    }

    private static Optional<String> decided(List<String> rules, String... fqans) {
        return new RulesThere(rules.stream().map(RulesThereTest::rule).toList())
                .deciding("biomed", Stream.of(fqans).map(Fqan::parse).toList())
                .map(rule -> rule.fqan().toString());
    }

    @Test
    void the_narrowest_rule_decides_whatever_the_order() {
        List<String> rules = List.of("/biomed", "/biomed/g", "/biomed/g/Role=r", "/biomed/Role=r");
        assertThat(decided(rules, "/biomed")).hasValue("/biomed");
        assertThat(decided(rules, "/biomed", "/biomed/g")).hasValue("/biomed/g");
        assertThat(decided(rules, "/biomed/g", "/biomed/g/Role=r")).hasValue("/biomed/g/Role=r");
        assertThat(decided(rules, "/biomed/h/Role=r", "/biomed")).hasValue("/biomed/Role=r");
        assertThat(decided(rules, "/biomed/g/sub/Role=other")).hasValue("/biomed/g");
    }

    @Test
    void of_rules_that_both_fit_that_of_the_primary_group_or_role_decides() {
        List<String> rules = List.of("/biomed/a", "/biomed/b/sub", "/biomed/Role=r");
        assertThat(decided(rules, "/biomed/a", "/biomed/b/sub")).hasValue("/biomed/a");
        assertThat(decided(rules, "/biomed/b/sub", "/biomed/a")).hasValue("/biomed/b/sub");
        assertThat(decided(rules, "/biomed/Role=r", "/biomed/a")).hasValue("/biomed/Role=r");
        assertThat(decided(rules, "/biomed/a/Role=r")).hasValue("/biomed/a");
    }

    @Test
    void who_satisfies_none_has_none_and_who_shows_nothing_is_a_plain_member() {
        assertThat(decided(List.of("/biomed/a"), "/biomed", "/biomed/ab")).isEmpty();
        assertThat(decided(List.of("/biomed/a", "/biomed"))).hasValue("/biomed");
        assertThat(decided(List.of())).isEmpty();
    }

    @Test
    void a_rule_is_for_a_group_or_role_of_its_own_organisation() {
        assertThatThrownBy(() -> rule("/atlas/g"))
                .isInstanceOf(Failure.class)
                .hasMessageContaining("'/atlas/g' is no group or role of 'biomed'");
    }
}

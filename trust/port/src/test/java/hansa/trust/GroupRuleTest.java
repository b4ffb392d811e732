package hansa.trust;

import static org.assertj.core.api.Assertions.assertThat;

import hansa.protocols.voms.Fqan;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class GroupRuleTest {

    private static final Set<String> ANY = Set.of("*");

    @Test
    void turnsEntitlementsIntoFqansInTheirOrder() {
        GroupRule rule = new GroupRule(Set.of("vo"), ANY, ANY);
        assertThat(rule.read(List.of(
                                "urn:mace:egi.eu:group:vo:sub:role=vm_operator#aai.egi.eu",
                                "urn:mace:egi.eu:group:vo:role=member#aai.egi.eu",
                                "urn:mace:egi.eu:group:vo:role=member#aai.egi.eu"))
                        .fqans())
                .containsExactly(Fqan.parse("/vo/sub/Role=vm_operator"), Fqan.parse("/vo"));
    }

    @Test
    void leavesOutWhatTheIssuerMayNotSay() {
        GroupRule rule = new GroupRule(Set.of("vo"), Set.of("urn:mace:egi.eu"), Set.of("aai.egi.eu"));
        List<String> forbidden = List.of(
                "urn:mace:egi.eu:group:other:role=member#aai.egi.eu",
                "urn:geant:example.org:group:vo:role=manager#aai.egi.eu",
                "urn:mace:egi.eu:group:vo:role=manager#login.example.org",
                "urn:mace:egi.eu:group:vo:role=manager",
                "urn:mace:egi.eu:res:vo#aai.egi.eu",
                "urn:mace:egi.eu:group:vo%2Fsub#aai.egi.eu",
                "/vo/Role=manager",
                "admin");
        GroupRule.Groups groups = rule.read(forbidden);
        assertThat(groups.fqans()).isEmpty();
        assertThat(groups.leftOut()).isEqualTo(forbidden);
    }

    @Test
    void anIssuerThatMaySpeakForNobodyIsNotHeard() {
        GroupRule rule = new GroupRule(Set.of(), ANY, ANY);
        assertThat(rule.read(List.of("urn:mace:egi.eu:group:vo")).fqans()).isEmpty();
        assertThat(rule.speaksFor("vo")).isFalse();
    }

    @Test
    void takesNoEndlessList() {
        GroupRule rule = new GroupRule(ANY, ANY, ANY);
        List<String> many = IntStream.range(0, 1000)
                .mapToObj(i -> "urn:mace:egi.eu:group:vo:g" + i)
                .toList();
        assertThat(rule.read(many).fqans()).hasSize(256).startsWith(Fqan.parse("/vo/g0"));
    }
}

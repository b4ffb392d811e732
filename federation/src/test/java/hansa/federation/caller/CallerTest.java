package hansa.federation.caller;

import static org.assertj.core.api.Assertions.assertThat;

import hansa.protocols.voms.Fqan;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class CallerTest {

    private static Caller of(String issuer, String subject, String... fqans) {
        return new Caller(
                subject,
                issuer,
                subject,
                List.of(fqans).stream().map(Fqan::parse).toList(),
                Optional.empty(),
                Proof.OIDC,
                false,
                Scope.ALL);
    }

    @Test
    void nobody_takes_anothers_name_by_choosing_a_subject() {
        String authority = "/DC=org/CN=Authority";
        String person = "/DC=org/CN=Person";
        assertThat(of(authority, person).id()).isEqualTo(person);
        assertThat(of("https://issuer.example", person).id()).isEqualTo("https://issuer.example#" + person);
        assertThat(of("https://issuer.example", "alice").id())
                .isNotEqualTo(Caller.local("alice", Proof.BASIC, false).id());
        assertThat(of("https://a.example", "x").id())
                .isNotEqualTo(of("https://b.example", "x").id());
    }

    @Test
    void a_role_in_a_group_is_no_role_in_the_organisation() {
        Caller caller = of("https://issuer.example", "x", "/vo", "/vo/group/Role=manager");
        assertThat(caller.isMember("vo")).isTrue();
        assertThat(caller.isMember("group")).isFalse();
        assertThat(caller.hasRole("vo", "manager")).isFalse();
        assertThat(of("https://issuer.example", "x", "/vo/Role=manager").hasRole("vo", "manager"))
                .isTrue();
    }
}

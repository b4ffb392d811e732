package hansa.federation.policy;

import static org.assertj.core.api.Assertions.assertThat;

import hansa.policy.AccessRequest;
import hansa.policy.AccessRequest.Resource;
import hansa.policy.AccessRequest.Subject;
import hansa.policy.Decision;
import hansa.protocols.voms.Fqan;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

final class BuiltInRulesTest {

    private static final Instant NOW = Instant.parse("2026-11-25T10:00:00Z");
    private static final Subject ALICE = subject("alice", false);
    private static final Subject ROOT = subject("root", true);

    private final BuiltInRules rules = new BuiltInRules();

    private static Subject subject(String id, boolean operator, String... fqans) {
        List<Fqan> groups = Arrays.stream(fqans).map(Fqan::parse).toList();
        return new Subject(id, "local", groups, groups.stream().map(Fqan::vo).findFirst(), "token", operator);
    }

    private static Resource of(String type, String owner, String vo) {
        return new Resource(type, "x", text(owner), text(vo), Map.of());
    }

    private static Optional<String> text(String text) {
        return Optional.of(text).filter(value -> !value.isEmpty());
    }

    private Decision decide(Subject subject, String action, Resource resource) {
        return rules.decide(new AccessRequest(subject, action, resource, NOW));
    }

    private String rule(Subject subject, String action, Resource resource) {
        return switch (decide(subject, action, resource)) {
            case Decision.Permit(String rule, var _) -> "+" + rule;
            case Decision.Deny(String rule, String why) -> {
                assertThat(why).isNotBlank();
                yield "-" + rule;
            }
            case Decision.NotApplicable _, Decision.Indeterminate _ -> throw new AssertionError("always decides");
        };
    }

    @ParameterizedTest
    @EnumSource(Action.class)
    void operators_may_everything(Action action) {
        assertThat(rule(ROOT, action.dotted(), of(action.type(), "alice", "vo")))
                .isEqualTo("+operator");
    }

    @ParameterizedTest
    @CsvSource({
        "machine.list",
        "volume.list",
        "network.list",
        "tag.list",
        "image.list",
        "site.list",
        "site.read",
        "token.list",
        "vo.list",
        "vo.join",
        "assertion.create"
    })
    void everybody_looks_around(String action) {
        assertThat(rule(ALICE, action, Resource.any(action.substring(0, action.indexOf('.')))))
                .isEqualTo("+everybody");
    }

    @ParameterizedTest
    @CsvSource({"machine", "volume", "network", "tag", "image", "token"})
    void everybody_makes_things_of_their_own(String type) {
        assertThat(rule(ALICE, type + ".create", Resource.any(type))).isEqualTo("+caller-creates");
    }

    @ParameterizedTest
    @CsvSource({
        "site.update",
        "user.list",
        "user.create",
        "user.delete",
        "vo.create",
        "vo.delete",
        "vo.update",
        "vo.read",
        "member.list",
        "member.update",
        "mapping.read",
        "mapping.update",
        "account.read",
        "account.update",
        "policy.read",
        "policy.update",
        "policy.evaluate",
        "audit.read"
    })
    void nobody_else_does_what_operators_do(String action) {
        String type = action.substring(0, action.indexOf('.'));
        boolean named = Set.of("site", "user", "policy", "audit").contains(type);
        assertThat(rule(ALICE, action, Resource.any(type))).isEqualTo(named ? "-operators" : "-default");
    }

    @ParameterizedTest
    @CsvSource({"machine", "volume", "network", "tag", "image", "token"})
    void owners_do_what_they_like_with_their_own(String type) {
        assertThat(rule(ALICE, type + ".delete", of(type, "alice", ""))).isEqualTo("+owner");
        assertThat(rule(ALICE, type + ".update", of(type, "alice", "vo"))).isEqualTo("+owner");
        assertThat(rule(ALICE, type + ".read", of(type, "alice", ""))).isEqualTo("+owner");
        assertThat(rule(ALICE, type + ".delete", of(type, "bob", ""))).isEqualTo("-default");
    }

    @Test
    void what_is_nobodys_is_looked_at_and_not_touched() {
        assertThat(rule(ALICE, "image.read", of("image", "", ""))).isEqualTo("+shared");
        assertThat(rule(ALICE, "image.delete", of("image", "", ""))).isEqualTo("-shared");
        assertThat(rule(ALICE, "image.update", of("image", "", ""))).isEqualTo("-shared");
    }

    @Test
    void members_use_what_is_their_organisations_alone_and_others_do_not() {
        Subject member = subject("m", false, "/vo/group");
        assertThat(rule(member, "image.read", of("image", "", "vo"))).isEqualTo("+vo-member");
        assertThat(rule(ALICE, "image.read", of("image", "", "vo"))).isEqualTo("-default");
        assertThat(rule(member, "image.delete", of("image", "", "vo"))).isEqualTo("-default");
    }

    @Test
    void only_members_create_in_the_name_of_an_organisation() {
        assertThat(rule(subject("m", false, "/vo/group"), "machine.create", of("machine", "", "vo")))
                .isEqualTo("+member-creates");
        assertThat(rule(subject("m", false, "/other"), "machine.create", of("machine", "", "vo")))
                .isEqualTo("-member-creates");
    }

    @Test
    void what_runs_for_an_organisation_goes_on_while_its_owner_is_a_member() {
        assertThat(rule(subject("m", false, "/vo"), "machine.run", of("machine", "m", "vo")))
                .isEqualTo("+member-runs");
        assertThat(rule(subject("m", false), "machine.run", of("machine", "m", "vo")))
                .isEqualTo("-member-runs");
        assertThat(rule(subject("m", false), "machine.run", of("machine", "m", "")))
                .isEqualTo("+member-runs");
    }

    @ParameterizedTest
    @CsvSource({
        "machine.delete",
        "volume.update",
        "network.act",
        "image.delete",
        "member.update",
        "mapping.update",
        "vo.read",
        "vo.update"
    })
    void managers_look_after_what_belongs_to_their_organisation(String action) {
        Resource resource = of(action.substring(0, action.indexOf('.')), "bob", "vo");
        assertThat(rule(subject("m", false, "/vo/Role=manager"), action, resource))
                .isEqualTo("+vo-manager");
        assertThat(rule(subject("m", false, "/vo/group/Role=manager"), action, resource))
                .as("a group's manager is not the organisation's")
                .isIn("-default", "+vo-member");
        assertThat(rule(subject("m", false, "/other/Role=manager"), action, resource))
                .isEqualTo("-default");
    }

    @ParameterizedTest
    @CsvSource({"vo.delete", "vo.create", "account.update", "policy.update", "user.create", "token.delete", "tag.delete"
    })
    void managers_do_not_what_is_not_their_organisations(String action) {
        Resource resource = of(action.substring(0, action.indexOf('.')), "bob", "vo");
        assertThat(rule(subject("m", false, "/vo/Role=manager"), action, resource))
                .isEqualTo("-default");
    }

    @Test
    void auditors_look_and_do_not_touch() {
        Subject auditor = subject("a", false, "/vo/Role=auditor");
        assertThat(rule(auditor, "machine.read", of("machine", "bob", "vo"))).isEqualTo("+vo-auditor");
        assertThat(rule(auditor, "member.list", of("member", "", "vo"))).isEqualTo("+vo-auditor");
        assertThat(rule(auditor, "machine.update", of("machine", "bob", "vo"))).isEqualTo("-default");
        assertThat(rule(auditor, "machine.console", of("machine", "bob", "vo"))).isEqualTo("-default");
        assertThat(rule(auditor, "machine.read", of("machine", "bob", "other"))).isEqualTo("-default");
    }

    @Test
    void nobody_but_operators_ever_changes_what_is_foreign_outside_an_organisation_that_they_manage() {
        long seed = System.nanoTime();
        System.out.println("seed " + seed);
        Random random = new Random(seed);
        List<String> vos = List.of("", "a", "b", "c");
        List<String> roles = List.of("", "/Role=manager", "/Role=auditor", "/Role=other", "/sub", "/sub/Role=manager");
        int permitted = 0;
        for (int i = 0; i < 200_000; i++) {
            List<String> fqans = new ArrayList<>();
            for (int f = random.nextInt(4); f > 0; f--) {
                fqans.add("/" + vos.get(1 + random.nextInt(3)) + roles.get(random.nextInt(roles.size())));
            }
            Subject subject = subject("u" + random.nextInt(3), false, fqans.toArray(String[]::new));
            Action action = Action.values()[random.nextInt(Action.values().length)];
            String owner = random.nextInt(4) == 0 ? "" : "u" + random.nextInt(3);
            String vo = vos.get(random.nextInt(vos.size()));
            Resource resource = of(action.type(), owner, vo);
            boolean changes =
                    action.dotted().endsWith(".update") || action.dotted().endsWith(".delete");
            boolean manages = fqans.contains("/" + vo + "/Role=manager");
            boolean foreign = !owner.equals(subject.id());
            if (decide(subject, action.dotted(), resource) instanceof Decision.Permit) {
                permitted++;
                assertThat(changes && foreign && !manages)
                        .as("%s of %s by %s", action, resource, subject)
                        .isFalse();
            }
        }
        assertThat(permitted).isPositive();
    }
}

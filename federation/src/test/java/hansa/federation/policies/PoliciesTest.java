package hansa.federation.policies;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import hansa.federation.Databases;
import hansa.federation.Federation;
import hansa.federation.audit.AuditLog;
import hansa.federation.audit.AuditSettings;
import hansa.federation.caller.Caller;
import hansa.federation.caller.Proof;
import hansa.federation.caller.Scope;
import hansa.federation.policies.PolicyEntry.Origin;
import hansa.federation.policy.Action;
import hansa.federation.policy.Policy;
import hansa.kernel.base.ErrorCode;
import hansa.kernel.base.Failure;
import hansa.kernel.store.Store;
import hansa.kernel.store.StoreUrl;
import hansa.kernel.store.Stores;
import hansa.policy.AccessRequest.Resource;
import hansa.policy.BadPolicy;
import hansa.policy.Decision;
import hansa.policy.Pdp;
import hansa.policy.PolicyDocument;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With a language of lines such as {@code deny machine.read}. */
final class PoliciesTest {

    private static final Caller ROOT = Caller.local("root", Proof.TOKEN, true);
    private static final Caller ALICE = Caller.local("alice", Proof.TOKEN, false);
    private static final OptionalLong ANY = OptionalLong.empty();

    @TempDir
    Path folder;

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final List<AutoCloseable> closing = new ArrayList<>();
    private Store store;
    private AuditLog audit;
    private Policy policy;

    @BeforeEach
    void open() {
        store = Stores.open(StoreUrl.parse("sqlite:" + folder.resolve("hansa.db")), Federation.migrations());
        audit = AuditLog.open(AuditSettings.in(folder.resolve("audit")), meters);
        policy = new Policy(Clock.systemUTC(), audit);
    }

    @AfterEach
    void close() throws Exception {
        for (AutoCloseable one : closing) {
            one.close();
        }
        audit.close();
        store.close();
    }

    private static Pdp compile(List<PolicyDocument> documents) throws BadPolicy {
        for (PolicyDocument document : documents) {
            if (!document.text().matches("(permit|deny) [a-z]+\\.[a-z]+\\s*")) {
                throw new BadPolicy(document.name(), 1, "not understood", null);
            }
        }
        return request -> {
            Decision decision = new Decision.NotApplicable();
            for (PolicyDocument document : documents) {
                if (document.text().strip().equals("deny " + request.action())) {
                    return new Decision.Deny(document.name(), "Denied here.");
                }
                if (document.text().strip().equals("permit " + request.action())) {
                    decision = new Decision.Permit(document.name(), List.of());
                }
            }
            return decision;
        };
    }

    private Policies start(Policy target, Optional<Path> files, Optional<Path> site) {
        Policies policies = new Policies(
                store,
                target,
                audit.reader(),
                PoliciesTest::compile,
                new PolicySettings(files, site, Duration.ofMillis(100)),
                Clock.systemUTC(),
                meters);
        closing.add(policies);
        policies.start();
        return policies;
    }

    private boolean may(Policy asked, Action action) {
        return asked.permits(
                ALICE, action, new Resource(action.type(), "x", Optional.of("bob"), Optional.empty(), Map.of()));
    }

    @Test
    void files_hold_from_the_start_and_the_sites_own_have_the_last_word() throws IOException {
        Path files = Files.createDirectory(folder.resolve("policies"));
        Path site = Files.createDirectory(folder.resolve("site"));
        Files.writeString(files.resolve("a.xml"), "permit machine.read");
        Files.writeString(files.resolve("b.xml"), "permit volume.read");
        Files.writeString(files.resolve("readme.txt"), "no policy");
        Files.writeString(site.resolve("own.xml"), "deny volume.read");
        Policies policies = start(policy, Optional.of(files), Optional.of(site));

        assertThat(may(policy, Action.MACHINE_READ)).isTrue();
        assertThat(may(policy, Action.VOLUME_READ)).isFalse();
        assertThat(may(policy, Action.NETWORK_READ)).isFalse();
        assertThat(policies.list(ROOT)).extracting(PolicyEntry::name).containsExactly("a.xml", "b.xml", "own.xml");
        assertThat(policies.get(ROOT, "own.xml").origin()).isEqualTo(Origin.SITE);
        assertThat(policies.history(ROOT, "a.xml").getFirst().document()).isEqualTo("permit machine.read");
    }

    @Test
    void a_permit_of_the_sites_own_opens_nothing() throws IOException {
        Path site = Files.createDirectory(folder.resolve("site"));
        Files.writeString(site.resolve("own.xml"), "permit machine.read");
        start(policy, Optional.empty(), Optional.of(site));
        assertThat(may(policy, Action.MACHINE_READ)).isFalse();
    }

    @Test
    void changed_files_hold_without_a_restart_and_a_bad_one_changes_nothing() throws IOException {
        Path files = Files.createDirectory(folder.resolve("policies"));
        start(policy, Optional.of(files), Optional.empty());
        assertThat(may(policy, Action.MACHINE_READ)).isFalse();

        Files.writeString(files.resolve("a.xml"), "permit machine.read");
        await().untilAsserted(() -> assertThat(may(policy, Action.MACHINE_READ)).isTrue());

        Files.writeString(files.resolve("b.xml"), "nonsense");
        await().untilAsserted(() ->
                assertThat(meters.get("hansa.policies.stale").gauge().value()).isEqualTo(1));
        assertThat(may(policy, Action.MACHINE_READ)).isTrue();

        Files.delete(files.resolve("b.xml"));
        await().untilAsserted(() ->
                assertThat(meters.get("hansa.policies.stale").gauge().value()).isZero());
    }

    @Test
    void a_node_does_not_start_with_a_bad_policy() throws IOException {
        Path files = Files.createDirectory(folder.resolve("policies"));
        Files.writeString(files.resolve("bad.xml"), "nonsense");
        assertThatThrownBy(() -> start(policy, Optional.of(files), Optional.empty()))
                .isInstanceOf(Failure.class)
                .hasMessageContaining("bad.xml line 1: not understood");
    }

    @Test
    void another_node_follows() {
        Policies here = start(policy, Optional.empty(), Optional.empty());
        Policy there = new Policy(Clock.systemUTC(), audit);
        start(there, Optional.empty(), Optional.empty());

        here.put(ROOT, "open", "permit machine.read", "", ANY);
        here.activate(ROOT, "open", ANY, ANY);
        assertThat(may(policy, Action.MACHINE_READ)).isTrue();
        await().untilAsserted(() -> assertThat(may(there, Action.MACHINE_READ)).isTrue());
        here.delete(ROOT, "open", ANY);
        await().untilAsserted(() -> assertThat(may(there, Action.MACHINE_READ)).isFalse());
    }

    @Test
    void what_was_activated_holds_after_a_restart() {
        Policies before = start(policy, Optional.empty(), Optional.empty());
        before.put(ROOT, "open", "permit machine.read", "", ANY);
        before.activate(ROOT, "open", ANY, ANY);
        Policy after = new Policy(Clock.systemUTC(), audit);
        start(after, Optional.empty(), Optional.empty());
        assertThat(may(after, Action.MACHINE_READ)).isTrue();
    }

    @Test
    void keeps_the_last_hundred_versions_and_the_one_that_holds() {
        Policies policies = start(policy, Optional.empty(), Optional.empty());
        policies.put(ROOT, "p", "permit machine.read", "", ANY);
        policies.activate(ROOT, "p", ANY, ANY);
        for (int i = 0; i < 110; i++) {
            policies.put(ROOT, "p", "permit machine.read", "n" + i, ANY);
        }
        List<PolicyVersion> versions = policies.history(ROOT, "p");
        assertThat(versions).hasSize(101);
        assertThat(versions.getFirst().version()).isEqualTo(111);
        assertThat(versions.getLast().version()).isEqualTo(1);
    }

    @Test
    void a_dry_run_leaves_decisions_of_scopes_as_they_were() {
        Policies policies = start(policy, Optional.empty(), Optional.empty());
        may(policy, Action.MACHINE_READ);
        policy.permits(ALICE.within(Scope.parse("volume.*")), Action.MACHINE_READ, Resource.any("machine"));
        DryRunResult result = policies.dryRun(
                ROOT,
                new DryRunWish(
                        Map.of("open", "permit machine.read"),
                        List.of(),
                        Optional.empty(),
                        Optional.empty(),
                        OptionalLong.empty(),
                        100));
        assertThat(result.nowPermitted()).isEqualTo(1);
        assertThat(result.differences().getFirst().was().entry().rule()).isEqualTo("default");
        assertThat(may(policy, Action.MACHINE_READ)).isFalse();
    }

    @Test
    void runs_on_postgresql_alike() {
        try (Store other = Stores.open(Databases.postgres(), Federation.migrations())) {
            Policy there = new Policy(Clock.systemUTC(), audit);
            try (Policies policies = new Policies(
                    other,
                    there,
                    audit.reader(),
                    PoliciesTest::compile,
                    PolicySettings.NO_FILES,
                    Clock.systemUTC(),
                    meters)) {
                policies.start();
                policies.put(ROOT, "open", "permit machine.read", "", OptionalLong.of(0));
                policies.activate(ROOT, "open", OptionalLong.of(1), OptionalLong.of(1));
                assertThat(may(there, Action.MACHINE_READ)).isTrue();
                assertThatThrownBy(() -> policies.put(ROOT, "open", "deny machine.read", "", OptionalLong.of(1)))
                        .isInstanceOfSatisfying(
                                Failure.class,
                                failure -> assertThat(failure.code()).isEqualTo(ErrorCode.RESOURCE_CHANGED));
                assertThat(policies.history(ROOT, "open")).hasSize(1);
                policies.delete(ROOT, "open", OptionalLong.of(2));
                assertThat(may(there, Action.MACHINE_READ)).isFalse();
            }
        }
    }
}

package hansa.federation.policies;

import hansa.federation.audit.AuditReader;
import hansa.federation.caller.Caller;
import hansa.federation.policies.PolicyEntry.Origin;
import hansa.federation.policy.Action;
import hansa.federation.policy.Policy;
import hansa.federation.policy.Rules;
import hansa.kernel.base.ErrorCode;
import hansa.kernel.base.Failure;
import hansa.kernel.store.Store;
import hansa.policy.AccessRequest;
import hansa.policy.AccessRequest.Resource;
import hansa.policy.PolicyDocument;
import hansa.policy.PolicyLanguage;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The policies that people write. Thread-safe. */
public final class Policies implements AutoCloseable {

    /** Where the migrations of this capability are on the class path. */
    public static final String MIGRATIONS = "db/migration/federation/policies";

    private static final String NAME = "[a-z0-9][a-z0-9._-]{0,62}";
    private static final int MOST = 500;
    private static final int MOST_VERSIONS = 100;
    private static final int LARGEST = 1024 * 1024;
    private static final int LONGEST_NOTE = 255;

    private final Store store;
    private final Policy policy;
    private final Clock clock;
    private final PolicyLoading loading;
    private final DryRun dryRun;

    public Policies(
            Store store,
            Policy policy,
            AuditReader audit,
            PolicyLanguage language,
            PolicySettings settings,
            Clock clock,
            MeterRegistry meters) {
        this.store = store;
        this.policy = policy;
        this.clock = clock;
        this.loading = new PolicyLoading(store, policy, language, settings, meters);
        this.dryRun = new DryRun(audit);
    }

    /**
     * Brings what was written into force and begins to look for changes.
     *
     * @throws Failure if one of the policies is not valid
     */
    public void start() {
        loading.start();
    }

    /** Stored ones and files, by name. */
    public List<PolicyEntry> list(Caller caller) {
        requireRead(caller);
        return Stream.concat(store.read(PolicyTable::entries).stream(), loading.files().stream())
                .sorted(Comparator.comparing(PolicyEntry::name))
                .toList();
    }

    /** @throws Failure {@code resource.not-found} */
    public PolicyEntry get(Caller caller, String name) {
        return list(caller).stream()
                .filter(entry -> entry.name().equals(name))
                .findFirst()
                .orElseThrow(() -> missing(name));
    }

    /** Newest first; the 100 last ones. For files there is the one that holds, as version 0. */
    public List<PolicyVersion> history(Caller caller, String name) {
        PolicyEntry entry = get(caller, name);
        return loading.file(entry.origin(), name)
                .map(file -> List.of(new PolicyVersion(name, 0, file.text(), "", "", entry.changed())))
                .orElseGet(() -> store.read(sql -> PolicyTable.versions(sql, name)));
    }

    /**
     * Writes a new version, which does not hold before it is activated.
     *
     * @param generation the one that is to be changed; empty for any
     * @throws Failure {@code attribute.invalid} naming line and reason, {@code resource.changed}, {@code quota.exceeded}
     */
    public PolicyEntry put(Caller caller, String name, String document, String note, OptionalLong generation) {
        requireUpdate(caller, name);
        check(name, document, note);
        loading.with(others(name, Optional.of(document)));
        Instant now = clock.instant();
        return store.write(tx -> {
            Optional<PolicyEntry> before = PolicyTable.entry(tx.sql(), name);
            requireGeneration(name, before.map(PolicyEntry::generation).orElse(0L), generation);
            if (before.isEmpty() && PolicyTable.count(tx.sql()) >= MOST) {
                throw new Failure(ErrorCode.QUOTA_EXCEEDED, "There are " + MOST + " policies, which is the limit.");
            }
            PolicyEntry after = new PolicyEntry(
                    name,
                    Origin.API,
                    before.map(PolicyEntry::latest).orElse(0L) + 1,
                    before.map(PolicyEntry::active).orElse(OptionalLong.empty()),
                    before.map(PolicyEntry::generation).orElse(0L) + 1,
                    caller.id(),
                    now);
            PolicyTable.put(tx.sql(), after);
            PolicyTable.insert(tx.sql(), new PolicyVersion(name, after.latest(), document, note, caller.id(), now));
            PolicyTable.forget(
                    tx.sql(),
                    name,
                    after.latest() - MOST_VERSIONS,
                    after.active().orElse(0));
            return after;
        });
    }

    private static void check(String name, String document, String note) {
        if (!name.matches(NAME) || name.endsWith(".xml") || name.equals("dry-run")) {
            throw invalid("A policy's name has 1 to 63 of a-z, 0-9, '.', '_' and '-', and does not end in .xml.");
        }
        if (document.length() > LARGEST) {
            throw invalid("A policy has at most 1 MiB.");
        }
        if (note.length() > LONGEST_NOTE || note.chars().anyMatch(Character::isISOControl)) {
            throw invalid("A note has at most " + LONGEST_NOTE + " printable characters.");
        }
    }

    /**
     * From now on this version holds, on this node at once and on others within seconds. An older version is gone back
     * to in the same way.
     *
     * @param version the latest where it is empty
     * @throws Failure {@code resource.not-found}, {@code resource.changed}, {@code attribute.invalid} if it does not hold
     *     together with the others, or if the caller could not change policies any more
     */
    public PolicyEntry activate(Caller caller, String name, OptionalLong version, OptionalLong generation) {
        requireUpdate(caller, name);
        long seen = store.read(PolicyTable::changes);
        PolicyVersion wanted = store.read(sql -> PolicyTable.entry(sql, name)
                        .flatMap(entry -> PolicyTable.version(sql, name, version.orElse(entry.latest()))))
                .orElseThrow(() -> missing(name));
        Rules candidate = loading.with(others(name, Optional.of(wanted.document())));
        requireStillMayChange(caller, name, candidate);
        PolicyEntry after = store.write(tx -> {
            if (PolicyTable.changes(tx.sql()) != seen) {
                throw changed("The policies changed in the meantime; look at them and try again.");
            }
            PolicyEntry before = PolicyTable.entry(tx.sql(), name).orElseThrow(() -> missing(name));
            requireGeneration(name, before.generation(), generation);
            PolicyEntry fresh = new PolicyEntry(
                    name,
                    Origin.API,
                    before.latest(),
                    OptionalLong.of(wanted.version()),
                    before.generation() + 1,
                    caller.id(),
                    clock.instant());
            PolicyTable.put(tx.sql(), fresh);
            PolicyTable.countChange(tx.sql());
            return fresh;
        });
        loading.refresh();
        return after;
    }

    /** Who locks everybody out cannot let anybody in again. */
    private static void requireStillMayChange(Caller caller, String name, Rules candidate) {
        AccessRequest asked =
                new AccessRequest(Policy.subject(caller), Action.POLICY_UPDATE.dotted(), resource(name), Instant.EPOCH);
        if (!candidate.decide(asked).permitted()) {
            throw invalid("With it you could not change policies any more (rule '"
                    + candidate.decide(asked).rule() + "'); leave policy.update to yourself.");
        }
    }

    /**
     * Deletes it with all versions; it does not hold any more.
     *
     * @throws Failure {@code resource.not-found}, {@code resource.changed}
     */
    public void delete(Caller caller, String name, OptionalLong generation) {
        requireUpdate(caller, name);
        requireStillMayChange(caller, name, loading.with(others(name, Optional.empty())));
        store.run(tx -> {
            PolicyEntry before = PolicyTable.entry(tx.sql(), name).orElseThrow(() -> missing(name));
            requireGeneration(name, before.generation(), generation);
            PolicyTable.delete(tx.sql(), name);
            PolicyTable.countChange(tx.sql());
        });
        loading.refresh();
    }

    /**
     * What other policies would have decided. Nothing changes.
     *
     * @throws Failure {@code attribute.invalid} if one of them is not valid
     */
    public DryRunResult dryRun(Caller caller, DryRunWish wish) {
        requireRead(caller);
        policy.require(caller, Action.AUDIT_READ, Resource.any("audit"));
        wish.put().keySet().forEach(Policies::requireName);
        Map<String, String> candidate = new TreeMap<>();
        store.read(PolicyTable::active).forEach(document -> candidate.put(document.name(), document.text()));
        wish.remove().forEach(candidate::remove);
        candidate.putAll(wish.put());
        List<PolicyDocument> documents = new ArrayList<>();
        candidate.forEach((name, text) -> documents.add(new PolicyDocument(name, text)));
        return dryRun.over(wish, loading.with(documents));
    }

    private static void requireName(String name) {
        check(name, "", "");
    }

    private List<PolicyDocument> others(String name, Optional<String> instead) {
        List<PolicyDocument> documents = new ArrayList<>(store.read(PolicyTable::active).stream()
                .filter(document -> !document.name().equals(name))
                .toList());
        instead.ifPresent(text -> documents.add(new PolicyDocument(name, text)));
        return documents;
    }

    private void requireRead(Caller caller) {
        policy.require(caller, Action.POLICY_READ, Resource.any("policy"));
    }

    private void requireUpdate(Caller caller, String name) {
        policy.require(caller, Action.POLICY_UPDATE, resource(name));
    }

    private static Resource resource(String name) {
        return new Resource("policy", name, Optional.empty(), Optional.empty(), Map.of());
    }

    private static void requireGeneration(String name, long there, OptionalLong demanded) {
        if (demanded.isPresent() && demanded.getAsLong() != there) {
            throw changed("The policy '" + name + "' changed in the meantime: it is of generation " + there + ", not "
                    + demanded.getAsLong() + "; read it again.");
        }
    }

    private static Failure changed(String text) {
        return new Failure(ErrorCode.RESOURCE_CHANGED, text);
    }

    private static Failure missing(String name) {
        return new Failure(
                ErrorCode.RESOURCE_NOT_FOUND,
                "There is no policy '" + name + "' of that version; list the policies for those that there are.");
    }

    private static Failure invalid(String text) {
        return new Failure(ErrorCode.ATTRIBUTE_INVALID, text);
    }

    @Override
    public void close() {
        loading.close();
    }
}

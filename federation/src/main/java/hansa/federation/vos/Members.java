package hansa.federation.vos;

import hansa.federation.caller.Caller;
import hansa.federation.listing.Page;
import hansa.federation.policy.Action;
import hansa.federation.policy.Policy;
import hansa.kernel.base.ErrorCode;
import hansa.kernel.base.Failure;
import hansa.kernel.jobs.Jobs;
import hansa.kernel.store.Store;
import hansa.kernel.store.Tx;
import hansa.policy.AccessRequest.Resource;
import hansa.protocols.voms.Fqan;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeSet;
import java.util.function.UnaryOperator;

/** Who belongs to virtual organisations, and to which groups of theirs with which roles. Thread-safe. */
public final class Members {

    static final int MOST = 100_000;
    private static final int RIGHTS = 64;

    private final Store store;
    private final Jobs jobs;
    private final Policy policy;
    private final Journal journal;
    private final Clock clock;

    Members(Store store, Jobs jobs, Policy policy, Journal journal, Clock clock) {
        this.store = store;
        this.jobs = jobs;
        this.policy = policy;
        this.journal = journal;
        this.clock = clock;
    }

    /** What the policy is asked about: a member, as far as a group goes. */
    static Resource about(String vo, String caller, String group) {
        return new Resource(
                "member",
                caller,
                Optional.of(caller).filter(id -> !id.isEmpty()),
                Optional.of(vo),
                Map.of("group", group));
    }

    /**
     * The members by their callers' ids.
     *
     * @param group only those in it or below it; empty = all
     * @throws Failure {@code resource.not-found}, {@code policy.denied}
     */
    public List<Member> list(Caller caller, String vo, Optional<String> group, Page page) {
        String within = group.orElse("/" + vo);
        if (!Wording.fqan(within).vo().equals(vo)) {
            throw Wording.invalid("The group '" + within + "' is none of '" + vo + "'.");
        }
        return store.read(sql -> {
            OrganisationTable.get(sql, vo);
            policy.require(caller, Action.MEMBER_LIST, about(vo, "", within));
            return MemberTable.page(sql, vo, group.filter(path -> !path.equals("/" + vo)), page);
        });
    }

    /** Oneself, or who is looked after. @throws Failure {@code resource.not-found} */
    public Member get(Caller caller, String vo, String id) {
        return store.read(sql -> {
            OrganisationTable.get(sql, vo);
            policy.require(caller, Action.MEMBER_LIST, about(vo, id, "/" + vo));
            return MemberTable.find(sql, vo, id).orElseThrow(() -> missing(vo, id));
        });
    }

    static Failure missing(String vo, String id) {
        return new Failure(ErrorCode.RESOURCE_NOT_FOUND, "'" + id + "' is no member of '" + vo + "'; add them first.");
    }

    /**
     * Takes somebody in.
     *
     * @param id see {@code Caller.id}; they need not have been here yet
     * @throws Failure {@code resource.exists}, {@code quota.exceeded}
     */
    public Member add(Caller caller, String vo, String id, String name, Optional<Instant> expires) {
        Wording.caller(id);
        Wording.line("name", name);
        expires.ifPresent(this::requireFuture);
        return store.write(tx -> {
            Organisation organisation = OrganisationTable.get(tx.sql(), vo);
            policy.require(caller, Action.MEMBER_UPDATE, about(vo, id, organisation.root()));
            if (MemberTable.find(tx.sql(), vo, id).isPresent()) {
                throw new Failure(ErrorCode.RESOURCE_EXISTS, "'" + id + "' is a member of '" + vo + "' already.");
            }
            return insert(tx, organisation, id, name, expires);
        });
    }

    private Member insert(Tx tx, Organisation organisation, String id, String name, Optional<Instant> expires) {
        String vo = organisation.name();
        tx.lock("vo " + vo);
        if (MemberTable.count(tx.sql(), vo) >= MOST) {
            throw new Failure(ErrorCode.QUOTA_EXCEEDED, "'" + vo + "' has " + MOST + " members, which is the limit.");
        }
        Instant now = now();
        Member member = new Member(
                vo,
                id,
                name.isBlank() ? id : name,
                List.of(),
                Optional.empty(),
                expires.or(() -> end(organisation, now)),
                now,
                now,
                1);
        MemberTable.insert(tx.sql(), member);
        told(tx, "member.added", member);
        return member;
    }

    private static Optional<Instant> end(Organisation organisation, Instant now) {
        return organisation.memberDays().map(days -> now.plus(Duration.ofDays(days)));
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }

    private void requireFuture(Instant expires) {
        if (!expires.isAfter(clock.instant())) {
            throw Wording.invalid("A membership ends in the future; to end one now, remove the member.");
        }
    }

    private void told(Tx tx, String what, Member member) {
        String rights =
                String.join(" ", member.rights().stream().map(Fqan::toString).toList());
        String state = member.suspended().isPresent() ? "suspended" : "active";
        journal.tell(tx, what, new Journal.News(member.vo(), member.caller(), rights, state, member.generation()));
        member.expires().ifPresent(end -> jobs.schedule(tx, Lapsing.JOB, member.vo(), end));
    }

    /**
     * Changes a member: suspends them, or lets them stay for longer.
     *
     * @throws Failure {@code resource.not-found}, {@code resource.changed}
     */
    public Member update(Caller caller, String vo, String id, MemberChange change, OptionalLong ifGeneration) {
        change.name().ifPresent(text -> Wording.line("name", text));
        change.suspended().ifPresent(text -> Wording.line("reason", text));
        change.expires().ifPresent(this::requireFuture);
        return changed(
                caller,
                vo,
                id,
                "/" + vo,
                ifGeneration,
                old -> new Member(
                        vo,
                        id,
                        change.name().orElse(old.name()),
                        old.rights(),
                        change.suspended().or(old::suspended).filter(text -> !text.isEmpty()),
                        change.forGood()
                                ? Optional.empty()
                                : change.expires()
                                        .map(end -> end.truncatedTo(ChronoUnit.MICROS))
                                        .or(old::expires),
                        old.joined(),
                        now(),
                        old.generation() + 1));
    }

    /** Puts a member into a group, or gives them a role in it. @throws Failure {@code resource.not-found} */
    public Member grant(Caller caller, String id, Fqan right) {
        return changed(caller, right.vo(), id, right.group(), OptionalLong.empty(), old -> granted(old, right));
    }

    private Member granted(Member old, Fqan right) {
        TreeSet<Fqan> rights = new TreeSet<>(old.rights());
        if (!right.equals(Fqan.member("/" + right.vo()))) {
            rights.add(right);
        }
        if (rights.size() > RIGHTS) {
            throw new Failure(
                    ErrorCode.QUOTA_EXCEEDED, "'" + old.caller() + "' has " + RIGHTS + " groups and roles, the limit.");
        }
        return with(old, List.copyOf(rights));
    }

    private Member with(Member old, List<Fqan> rights) {
        return new Member(
                old.vo(),
                old.caller(),
                old.name(),
                rights,
                old.suspended(),
                old.expires(),
                old.joined(),
                now(),
                old.generation() + 1);
    }

    /** Takes a group with all roles in it and below it, or one role, from a member. */
    public Member revoke(Caller caller, String id, Fqan right) {
        if (right.equals(Fqan.member("/" + right.vo()))) {
            throw Wording.invalid("To take the membership itself away, remove the member.");
        }
        return changed(
                caller,
                right.vo(),
                id,
                right.group(),
                OptionalLong.empty(),
                old -> with(
                        old,
                        old.rights().stream()
                                .filter(had ->
                                        right.role().isPresent() ? !had.equals(right) : !had.isWithin(right.group()))
                                .toList()));
    }

    private Member changed(
            Caller caller,
            String vo,
            String id,
            String group,
            OptionalLong ifGeneration,
            UnaryOperator<Member> change) {
        return store.write(tx -> {
            Organisations.requireGroup(tx.sql(), group);
            policy.require(caller, Action.MEMBER_UPDATE, about(vo, id, group));
            Member old = MemberTable.find(tx.sql(), vo, id).orElseThrow(() -> missing(vo, id));
            Organisations.requireGeneration(id, ifGeneration, old.generation());
            Member fresh = change.apply(old);
            write(tx, fresh);
            return fresh;
        });
    }

    private void write(Tx tx, Member fresh) {
        if (!MemberTable.update(tx.sql(), fresh)) {
            throw Organisations.changed("member", fresh.caller());
        }
        told(tx, "member.changed", fresh);
    }

    /** Ends a membership with all groups and roles. */
    public void remove(Caller caller, String vo, String id) {
        store.run(tx -> {
            OrganisationTable.get(tx.sql(), vo);
            policy.require(caller, Action.MEMBER_UPDATE, about(vo, id, "/" + vo));
            removed(tx, vo, id);
        });
    }

    /** Ends one's own membership. */
    public void leave(Caller caller, String vo) {
        policy.require(caller, Action.ORGANISATION_JOIN, Organisations.about(vo));
        store.run(tx -> removed(tx, vo, caller.id()));
    }

    private void removed(Tx tx, String vo, String id) {
        Member old = MemberTable.find(tx.sql(), vo, id).orElseThrow(() -> missing(vo, id));
        MemberTable.delete(tx.sql(), vo, id);
        told(tx, "member.removed", with(old, List.of()));
    }

    /**
     * Carries an approved request out: takes the applicant in or lets them stay, and gives what they asked for.
     *
     * @param approver has to look after the whole organisation where the applicant is no member yet
     */
    void admit(Tx tx, Caller approver, JoinRequest request) {
        Organisation organisation = OrganisationTable.get(tx.sql(), request.vo());
        Organisations.requireGroup(tx.sql(), request.wanted().group());
        Optional<Member> there = MemberTable.find(tx.sql(), request.vo(), request.caller());
        if (there.isEmpty()) {
            policy.require(approver, Action.MEMBER_UPDATE, about(request.vo(), request.caller(), organisation.root()));
        }
        Member member =
                there.orElseGet(() -> insert(tx, organisation, request.caller(), request.name(), Optional.empty()));
        Member granted = granted(member, request.wanted());
        boolean whole = request.wanted().equals(Fqan.member(organisation.root()));
        Member stays = whole && there.isPresent() ? renewed(granted, end(organisation, now())) : granted;
        write(tx, stays);
    }

    private static Member renewed(Member member, Optional<Instant> end) {
        return new Member(
                member.vo(),
                member.caller(),
                member.name(),
                member.rights(),
                member.suspended(),
                end,
                member.joined(),
                member.changed(),
                member.generation());
    }
}

package hansa.federation.vos;

import hansa.federation.caller.Caller;
import hansa.federation.listing.Page;
import hansa.federation.policy.Action;
import hansa.federation.policy.Policy;
import hansa.federation.vos.JoinRequest.State;
import hansa.kernel.base.ErrorCode;
import hansa.kernel.base.Failure;
import hansa.kernel.store.Store;
import hansa.kernel.store.Tx;
import hansa.policy.AccessRequest.Resource;
import hansa.protocols.voms.Fqan;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Requests to join, and what became of them. Thread-safe; answers from the store. */
public final class JoinRequests {

    private static final int PENDING = 10;
    private static final int KEPT = 1_000;

    private final Store store;
    private final Policy policy;
    private final Members members;
    private final Journal journal;
    private final Clock clock;

    JoinRequests(Store store, Policy policy, Members members, Journal journal, Clock clock) {
        this.store = store;
        this.policy = policy;
        this.members = members;
        this.journal = journal;
        this.clock = clock;
    }

    /**
     * Asks for something. Who is a member already asks for {@code /vo} to stay one for longer.
     *
     * @throws Failure {@code resource.not-found}, {@code resource.exists} while the same was asked already or is there,
     *     {@code quota.exceeded} beyond ten at a time
     */
    public JoinRequest apply(Caller caller, Fqan wanted, String words) {
        Wording.text("text", words);
        policy.require(caller, Action.ORGANISATION_JOIN, Organisations.about(wanted.vo()));
        Instant now = now();
        JoinRequest request = new JoinRequest(
                next(now),
                wanted,
                caller.id(),
                caller.name(),
                words,
                State.PENDING,
                Optional.empty(),
                Optional.empty(),
                now,
                now,
                1);
        store.run(tx -> {
            tx.lock("vo applicant " + caller.id());
            Organisations.requireGroup(tx.sql(), wanted.group());
            requireNew(tx, request);
            RequestTable.insert(tx.sql(), request);
            tell(tx, "request.created", request);
        });
        return request;
    }

    /** Later ones sort behind earlier ones (RFC 9562 §5.7). */
    private static String next(Instant now) {
        UUID random = UUID.randomUUID();
        long high = now.toEpochMilli() << 16 | 0x7000 | random.getMostSignificantBits() & 0xFFF;
        return new UUID(high, random.getLeastSignificantBits()).toString();
    }

    private static void requireNew(Tx tx, JoinRequest request) {
        List<JoinRequest> pending = RequestTable.pendingOf(tx.sql(), request.caller());
        if (pending.stream().anyMatch(other -> other.wanted().equals(request.wanted()))) {
            throw new Failure(
                    ErrorCode.RESOURCE_EXISTS,
                    "You asked for " + request.wanted() + " already; wait for the decision.");
        }
        if (pending.size() >= PENDING) {
            throw new Failure(
                    ErrorCode.QUOTA_EXCEEDED,
                    "You wait for " + PENDING + " decisions already; wait for some, or withdraw them.");
        }
        Optional<Member> member = MemberTable.find(tx.sql(), request.vo(), request.caller());
        boolean there = member.isPresent()
                && (request.wanted().equals(Fqan.member("/" + request.vo()))
                        ? member.get().expires().isEmpty()
                        : member.get().rights().contains(request.wanted()));
        if (there) {
            throw new Failure(ErrorCode.RESOURCE_EXISTS, "You have " + request.wanted() + " already.");
        }
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }

    private void tell(Tx tx, String what, JoinRequest request) {
        journal.tell(
                tx,
                what,
                new Journal.News(
                        request.vo(),
                        request.caller(),
                        request.wanted().toString(),
                        request.state().name(),
                        request.generation()));
    }

    /** What the caller may decide of one virtual organisation, and their own; in the order in which they came. */
    public List<JoinRequest> list(Caller caller, String vo, Page page) {
        policy.require(caller, Action.ORGANISATION_LIST, Resource.any("vo"));
        return store.read(sql -> {
            OrganisationTable.get(sql, vo);
            return RequestTable.ofOrganisation(sql, vo, page).stream()
                    .filter(request -> request.caller().equals(caller.id()) || decides(caller, request))
                    .toList();
        });
    }

    /** What the caller waits for, in all virtual organisations. */
    public List<JoinRequest> own(Caller caller) {
        policy.require(caller, Action.ORGANISATION_JOIN, Resource.any("vo"));
        return store.read(sql -> RequestTable.pendingOf(sql, caller.id()));
    }

    private boolean decides(Caller caller, JoinRequest request) {
        return policy.permits(
                caller,
                Action.MEMBER_UPDATE,
                Members.about(request.vo(), request.caller(), request.wanted().group()));
    }

    /** @throws Failure {@code resource.not-found} also for what is none of the caller's business */
    public JoinRequest get(Caller caller, String id) {
        policy.require(caller, Action.ORGANISATION_LIST, Resource.any("vo"));
        return store.read(sql -> RequestTable.find(sql, id))
                .filter(request -> request.caller().equals(caller.id()) || decides(caller, request))
                .orElseThrow(() -> missing(id));
    }

    private static Failure missing(String id) {
        return new Failure(
                ErrorCode.RESOURCE_NOT_FOUND, "There is no request '" + id + "', or it is not yours to decide.");
    }

    /**
     * Grants it.
     *
     * @throws Failure {@code policy.denied}, {@code action.wrong-state} when it was decided before
     */
    public JoinRequest approve(Caller caller, String id, String reason) {
        return decide(caller, id, State.APPROVED, reason);
    }

    /** Refuses it, with a reason that the applicant reads. */
    public JoinRequest refuse(Caller caller, String id, String reason) {
        if (reason.isBlank()) {
            throw Wording.invalid("A refusal needs a reason that the applicant understands.");
        }
        return decide(caller, id, State.REFUSED, reason);
    }

    private JoinRequest decide(Caller caller, String id, State state, String reason) {
        Wording.text("reason", reason);
        return store.write(tx -> {
            JoinRequest request = pending(tx, caller, id);
            policy.require(
                    caller,
                    Action.MEMBER_UPDATE,
                    Members.about(
                            request.vo(), request.caller(), request.wanted().group()));
            if (state == State.APPROVED) {
                members.admit(tx, caller, request);
            }
            return decided(tx, request, state, Optional.of(reason).filter(text -> !text.isBlank()), caller);
        });
    }

    /** Takes one's own request back. @throws Failure {@code policy.denied} */
    public JoinRequest withdraw(Caller caller, String id) {
        return store.write(tx -> {
            JoinRequest request = pending(tx, caller, id);
            policy.require(caller, Action.ORGANISATION_JOIN, Organisations.about(request.vo()));
            if (!request.caller().equals(caller.id())) {
                throw new Failure(
                        ErrorCode.POLICY_DENIED,
                        "Only who made the request '" + id + "' withdraws it (" + Action.ORGANISATION_JOIN.dotted()
                                + ", rule 'applicant'); refuse it.");
            }
            return decided(tx, request, State.WITHDRAWN, Optional.empty(), caller);
        });
    }

    private JoinRequest pending(Tx tx, Caller caller, String id) {
        JoinRequest request = RequestTable.find(tx.sql(), id)
                .filter(found -> found.caller().equals(caller.id()) || decides(caller, found))
                .orElseThrow(() -> missing(id));
        if (request.state() != State.PENDING) {
            throw new Failure(ErrorCode.ACTION_WRONG_STATE, "The request '" + id + "' was decided already.");
        }
        return request;
    }

    private JoinRequest decided(Tx tx, JoinRequest old, State state, Optional<String> reason, Caller by) {
        JoinRequest decided = new JoinRequest(
                old.id(),
                old.wanted(),
                old.caller(),
                old.name(),
                old.words(),
                state,
                reason,
                Optional.of(by.id()),
                old.created(),
                now(),
                old.generation() + 1);
        if (!RequestTable.update(tx.sql(), decided)) {
            throw Organisations.changed("request", old.id());
        }
        RequestTable.prune(tx.sql(), old.vo(), KEPT);
        tell(tx, "request.decided", decided);
        return decided;
    }
}

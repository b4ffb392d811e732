package hansa.federation.identity;

import hansa.federation.caller.Caller;
import hansa.federation.caller.Proof;
import hansa.federation.caller.Scope;
import hansa.federation.policy.Policy;
import hansa.kernel.base.ErrorCode;
import hansa.kernel.base.Failure;
import hansa.kernel.store.Store;
import hansa.protocols.voms.Fqan;
import hansa.trust.Evidence;
import hansa.trust.Rejected;
import hansa.trust.TokenVerifier;
import io.micrometer.core.instrument.MeterRegistry;
import java.nio.ByteBuffer;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Knows the callers, whatever they bring: a password, a token, a certificate, an assertion. Thread-safe. */
public final class Identity {

    /** Where the migrations of this capability are on the class path. */
    public static final String MIGRATIONS = "db/migration/federation/identity";

    private static final Logger LOG = LoggerFactory.getLogger(Identity.class);
    private static final Duration LONGEST_EXCHANGED = Duration.ofHours(1);

    private final IdentitySettings settings;
    private final Verifiers verifiers;
    private final Memberships memberships;
    private final Clock clock;
    private final MeterRegistry meters;
    private final Remembered remembered;
    private final Guessing guessing;
    private final Said said;
    private final LocalUsers users;
    private final ApiTokens tokens;
    private final SiteAssertions assertions;

    public Identity(
            Store store,
            IdentitySettings settings,
            Policy policy,
            Verifiers verifiers,
            Memberships memberships,
            Clock clock,
            MeterRegistry meters) {
        this.settings = settings;
        this.verifiers = verifiers;
        this.memberships = memberships;
        this.clock = clock;
        this.meters = meters;
        this.remembered = new Remembered(settings.remember(), clock);
        this.guessing = new Guessing(settings.guesses(), clock, meters);
        this.users = new LocalUsers(store, policy, settings.iterations(), clock, remembered, guessing);
        this.tokens = new ApiTokens(store, policy, memberships, clock, remembered, guessing);
        this.said = new Said(store, clock);
        this.assertions = new SiteAssertions(policy, verifiers.signer());
    }

    /** Whether everybody is the local operator, whatever they bring. */
    public boolean isOpen() {
        return settings.open();
    }

    /**
     * Somebody who is not here now, as they are known now: with the groups and roles that the federation gives, and those
     * that their credentials said last.
     *
     * @param since what credentials said before is too old to count
     * @return empty if nothing is known of them at all
     */
    public Optional<Caller> lastKnown(String callerId, Instant since) {
        return users.lastKnown(callerId)
                .or(() -> said.last(callerId, since))
                .map(this::withMemberships)
                .or(() -> Optional.of(withMemberships(Caller.local(callerId, Proof.INTERNAL, false)))
                        .filter(caller -> !caller.fqans().isEmpty()));
    }

    public LocalUsers users() {
        return users;
    }

    public ApiTokens tokens() {
        return tokens;
    }

    /** What this installation vouches for at other sites. */
    public SiteAssertions assertions() {
        return assertions;
    }

    /** Where people get tokens that are taken here. */
    public List<LoginIssuer> logins() {
        return verifiers.logins();
    }

    /**
     * Who sent it, with all groups and roles, in the name of the virtual organisation that they chose.
     *
     * @throws Failure {@code identity.required} without credentials, {@code identity.invalid} with wrong ones,
     *     {@code rate.limited} after too many wrong ones, {@code identity.unchecked} where somebody who has to be asked
     *     about them does not answer, {@code policy.denied} in the name of a virtual organisation
     *     that the caller is no member of
     */
    public Caller authenticate(Presented presented) {
        Caller proven = identify(presented);
        return settings.open() ? proven.inNameOf(presented.vo()) : chosen(proven, presented.vo());
    }

    /**
     * Who sent it, with all groups and roles, before anybody chose in whose name they act: there is a virtual organisation
     * only where the credential was issued for it alone.
     *
     * @throws Failure as {@link #authenticate}
     */
    public Caller identify(Presented presented) {
        if (settings.open()) {
            return Caller.local(LocalUsers.OPERATOR, Proof.OPEN, true);
        }
        Caller proven = switch (presented.credentials()) {
            case Credentials.None _ -> chain(presented);
            case Credentials.Bearer(String token) -> bearer(token, presented);
            case Credentials.Basic(String user, String password) -> users.signIn(user, password, presented.from());
        };
        return withMemberships(proven);
    }

    /**
     * Who a SAML assertion is about.
     *
     * @throws Failure {@code identity.invalid}
     */
    public Caller assertion(byte[] document, Presented presented) {
        return chosen(withMemberships(caller(saml(document, presented))), presented.vo());
    }

    /**
     * A session for whom a SAML assertion is about: good for an hour, or until their session at its issuer ends if that is
     * sooner. It is not among their tokens.
     *
     * @param scope what it is to be good for
     * @throws Failure {@code identity.invalid}
     */
    public SignedIn exchange(byte[] document, Scope scope, Presented presented) {
        Evidence evidence = saml(document, presented);
        Duration left = Duration.between(clock.instant(), evidence.expires());
        if (!left.isPositive()) {
            throw refused(new Rejected(Rejected.Reason.EXPIRED, "the session of the assertion has ended"), presented);
        }
        Duration lifetime = left.compareTo(LONGEST_EXCHANGED) < 0 ? left : LONGEST_EXCHANGED;
        IssuedToken token = tokens.session(
                withMemberships(caller(evidence)),
                new NewSession(Optional.empty(), Optional.of(scope), lifetime, Optional.empty()));
        return new SignedIn(token.secret(), lifetime);
    }

    private Evidence saml(byte[] document, Presented presented) {
        if (verifiers.saml().isEmpty()) {
            throw refused();
        }
        guessing.require(presented.from(), "saml");
        try {
            return verifiers.saml().get().verify(document, presented.chain());
        } catch (Rejected e) {
            throw refused(e, presented);
        }
    }

    private Caller chain(Presented presented) {
        if (presented.chain().isEmpty() || verifiers.chains().isEmpty()) {
            throw new Failure(
                    ErrorCode.IDENTITY_REQUIRED,
                    "Credentials are required; send a token as 'Authorization: Bearer TOKEN', or user and password.");
        }
        ByteBuffer mark = mark(presented.chain());
        Optional<Caller> known = remembered.find(mark);
        if (known.isPresent()) {
            return known.get();
        }
        String name = digest(mark);
        guessing.require(presented.from(), name);
        try {
            Evidence evidence = verifiers.chains().get().verify(presented.chain());
            Caller caller = caller(evidence);
            remembered.put(mark, caller, "chain", evidence.expires());
            guessing.right(presented.from(), name);
            return caller;
        } catch (Rejected e) {
            throw refused(e, presented);
        }
    }

    /** What was right before is known again, though it names nobody before it is verified. */
    private static String digest(ByteBuffer mark) {
        byte[] bytes = new byte[mark.remaining()];
        mark.duplicate().get(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    private ByteBuffer mark(List<X509Certificate> chain) {
        try {
            byte[][] parts = new byte[chain.size()][];
            for (int i = 0; i < parts.length; i++) {
                parts[i] = chain.get(i).getEncoded();
            }
            return remembered.mark("chain", parts);
        } catch (CertificateEncodingException e) {
            throw new IllegalStateException("a certificate that TLS brought has no encoding", e);
        }
    }

    private Caller bearer(String token, Presented presented) {
        Optional<Caller> own = tokens.verify(token, presented.from());
        if (own.isPresent()) {
            return own.get();
        }
        ByteBuffer mark = remembered.mark("bearer", token, "");
        Optional<Caller> known = remembered.find(mark);
        if (known.isPresent()) {
            return known.get();
        }
        String name = digest(mark);
        guessing.require(presented.from(), name);
        try {
            for (TokenVerifier verifier : verifiers.tokens()) {
                Optional<Evidence> evidence = verifier.verify(token);
                if (evidence.isPresent()) {
                    Caller caller = caller(evidence.get());
                    guessing.right(presented.from(), name);
                    // An assertion is good for one use: to remember it would be to take it again.
                    if (caller.proof() != Proof.ASSERTION) {
                        remembered.put(mark, caller, "bearer", evidence.get().expires());
                    }
                    return caller;
                }
            }
        } catch (Rejected e) {
            throw refused(e, presented);
        }
        guessing.wrong(presented.from());
        throw new Failure(
                ErrorCode.IDENTITY_INVALID, "The token is wrong, has expired or was revoked; ask for a new one.");
    }

    private Caller caller(Evidence evidence) {
        Proof proof = switch (evidence.kind()) {
            case CERTIFICATE -> Proof.CERTIFICATE;
            case PROXY -> Proof.PROXY;
            case OIDC -> Proof.OIDC;
            case SAML -> Proof.SAML;
            case ASSERTION -> Proof.ASSERTION;
        };
        Caller caller = new Caller(
                evidence.subject(),
                evidence.issuer(),
                evidence.name().isBlank() ? evidence.subject() : evidence.name(),
                evidence.fqans(),
                evidence.vo(),
                proof,
                false,
                Scope.ALL,
                Optional.of(evidence.expires()),
                evidence.vo().isPresent());
        said.keep(caller);
        return caller;
    }

    private Caller withMemberships(Caller caller) {
        List<Fqan> ours = memberships.of(caller.id());
        if (ours.isEmpty()) {
            return caller;
        }
        Set<Fqan> all = new LinkedHashSet<>(caller.fqans());
        all.addAll(ours);
        return caller.withFqans(List.copyOf(all));
    }

    /** A credential that was issued for one virtual organisation is not used for another. */
    private static Caller chosen(Caller caller, Optional<String> wanted) {
        if (wanted.isEmpty()) {
            return caller.vo().isPresent()
                    ? caller
                    : caller.inNameOf(caller.fqans().stream().map(Fqan::vo).findFirst());
        }
        String vo = wanted.get();
        if (caller.vo().isPresent() && !caller.vo().get().equals(vo)) {
            throw new Failure(
                    ErrorCode.POLICY_DENIED,
                    "The credential was issued for " + caller.vo().get() + " and is not good for " + vo
                            + " (rule 'bound').");
        }
        if (!caller.operator() && !caller.isMember(vo)) {
            throw new Failure(
                    ErrorCode.POLICY_DENIED,
                    "You are no member of " + vo + " (rule 'member'); ask its managers, or choose one of your own with "
                            + Presented.VO_HEADER + ".");
        }
        return caller.inNameOf(wanted);
    }

    private Failure refused(Rejected why, Presented presented) {
        if (isGuess(why.reason())) {
            guessing.wrong(presented.from());
        }
        String reason = why.reason().name().toLowerCase(Locale.ROOT).replace('_', '-');
        meters.counter("hansa.identity.refused", "reason", reason).increment();
        LOG.warn(
                "A credential from {} was refused ({}): {}",
                presented.from().getHostAddress(),
                reason,
                why.getMessage());
        return why.reason() == Rejected.Reason.UNCHECKED ? unchecked() : refused();
    }

    private static Failure unchecked() {
        return new Failure(
                ErrorCode.IDENTITY_UNCHECKED,
                "The credentials cannot be checked now, since who vouches for them does not answer; try again soon.");
    }

    /** What was once right, or may be right somewhere, is nobody's guess. */
    private static boolean isGuess(Rejected.Reason reason) {
        return switch (reason) {
            case EXPIRED, NOT_YET_VALID, REVOKED, UNTRUSTED, NAMESPACE, PATH_TOO_LONG, LIMITED, AUDIENCE, UNCHECKED ->
                false;
            case MALFORMED, FORM, SIGNATURE, ALGORITHM, HOLDER, REPLAYED, FORGED -> true;
        };
    }

    private static Failure refused() {
        return new Failure(
                ErrorCode.IDENTITY_INVALID,
                "The credentials were not accepted; get fresh ones, or ask an operator for the reason in the log.");
    }
}

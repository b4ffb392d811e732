package hansa.drivers.occi;

import hansa.cloud.CloudException;
import hansa.protocols.occi.HeaderField;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Says who we are. A request that is refused with 401 is repeated once with fresh credentials, where there can be some: a
 * new token of the Keystone that the answer names, or what stands in the token's file by now.
 */
final class SignIn {

    private static final Duration PAUSE = Duration.ofMinutes(1);
    private static final Pattern CHALLENGE =
            Pattern.compile("(?:Keystone|snf-auth) uri=[\"']([^\"']{1,512})[\"']", Pattern.CASE_INSENSITIVE);

    private final Transport transport;
    private final Credentials credentials;
    private final Keystone keystone;
    private final ReentrantLock renewing = new ReentrantLock();
    private volatile Optional<HeaderField> session = Optional.empty();
    private volatile Optional<Refused> refused = Optional.empty();

    SignIn(Transport transport, OcciSettings settings) {
        this.transport = transport;
        this.credentials = settings.credentials();
        this.keystone = new Keystone(transport, settings);
    }

    /**
     * @throws CloudException.Unauthorised when we are not believed; what was not believed once is not shown again for a while,
     *     since services lock accounts for which wrong passwords come
     */
    Answer exchange(Ask ask) {
        Optional<HeaderField> proof = proof();
        refused.filter(one -> one.isOf(proof)).ifPresent(one -> {
            throw new CloudException.Unauthorised(one.text());
        });
        Answer answer = transport.exchange(proven(ask, proof));
        if (answer.status() != 401) {
            return answer;
        }
        try {
            return renewed(proof, answer)
                    .map(fresh -> believed(ask.with(fresh)))
                    .orElseThrow(() -> Refusals.of(ask, answer));
        } catch (CloudException.Unauthorised refusal) {
            proof().ifPresent(shown ->
                    refused = Optional.of(new Refused(shown, refusal.text(), System.nanoTime() + PAUSE.toNanos())));
            throw refusal;
        }
    }

    private Answer believed(Ask ask) {
        Answer answer = transport.exchange(ask);
        if (answer.status() == 401) {
            throw Refusals.of(ask, answer);
        }
        return answer;
    }

    /** What was not believed, and until when it is not shown again. */
    private record Refused(HeaderField proof, String text, long until) {
        boolean isOf(Optional<HeaderField> shown) {
            return shown.equals(Optional.of(proof)) && System.nanoTime() - until < 0;
        }

        /** Without the proof. */
        @Override
        public String toString() {
            return "Refused[" + text + "]";
        }
    }

    private static Ask proven(Ask ask, Optional<HeaderField> proof) {
        return proof.map(ask::with).orElse(ask);
    }

    private Optional<HeaderField> proof() {
        return session.or(credentials::header);
    }

    private Optional<HeaderField> renewed(Optional<HeaderField> used, Answer refusal) {
        renewing.lock();
        try {
            Optional<HeaderField> now = proof();
            if (now.isPresent() && !now.equals(used)) {
                // Somebody else was refused as well and has signed in meanwhile, or the token's file is new.
                return now;
            }
            Optional<URI> announced = challenge(refusal);
            if (announced.isEmpty() || isForItself(refusal) || !keystone.canSignIn(credentials)) {
                return Optional.empty();
            }
            session = Optional.of(new HeaderField("X-Auth-Token", keystone.signIn(announced.get(), credentials)));
            return session;
        } finally {
            renewing.unlock();
        }
    }

    /** Whether the password that it refused was for the service itself; Keystone would have no other opinion of it. */
    private boolean isForItself(Answer refusal) {
        return credentials instanceof Credentials.Password
                && refusal.headers().allValues("WWW-Authenticate").stream()
                        .anyMatch(line -> line.regionMatches(true, 0, "Basic ", 0, 6));
    }

    private static Optional<URI> challenge(Answer refusal) {
        for (String line : refusal.headers().allValues("WWW-Authenticate")) {
            Matcher found = CHALLENGE.matcher(line);
            if (found.find()) {
                try {
                    return Optional.of(URI.create(found.group(1)));
                } catch (IllegalArgumentException e) {
                    throw new CloudException.Unauthorised(
                            "the Keystone that the service names is no URL: " + Refusals.oneLine(found.group(1)));
                }
            }
        }
        return Optional.empty();
    }
}

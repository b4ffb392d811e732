package hansa.drivers.occi;

import hansa.cloud.CloudException;
import hansa.protocols.occi.HeaderField;
import java.net.URI;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Says who we are. A request that is refused with 401 is repeated once with fresh credentials, where there can be some: a
 * new token of the Keystone that the answer names, or what stands in the token's file by now.
 */
final class SignIn {

    private static final Pattern CHALLENGE =
            Pattern.compile("(?:Keystone|snf-auth) uri=[\"']([^\"']{1,512})[\"']", Pattern.CASE_INSENSITIVE);

    private final Transport transport;
    private final Credentials credentials;
    private final Keystone keystone;
    private final ReentrantLock renewing = new ReentrantLock();
    private volatile Optional<HeaderField> session = Optional.empty();

    SignIn(Transport transport, OcciSettings settings) {
        this.transport = transport;
        this.credentials = settings.credentials();
        this.keystone = new Keystone(transport, settings);
    }

    Answer exchange(Ask ask) {
        Optional<HeaderField> proof = proof();
        Answer answer = transport.exchange(proven(ask, proof));
        if (answer.status() != 401) {
            return answer;
        }
        return renewed(proof, answer)
                .map(fresh -> transport.exchange(ask.with(fresh)))
                .orElse(answer);
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
            if (announced.isEmpty() || !keystone.canSignIn(credentials)) {
                return Optional.empty();
            }
            session = Optional.of(new HeaderField("X-Auth-Token", keystone.signIn(announced.get(), credentials)));
            return session;
        } finally {
            renewing.unlock();
        }
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

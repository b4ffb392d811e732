package hansa.cli.client;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Logs in by a device authorization grant (RFC 8628): the person approves in a browser anywhere while the command asks
 * whether they have. With a proof key (RFC 7636) where the provider says that it knows them.
 */
public final class DeviceFlow {

    private static final Duration USUAL = Duration.ofSeconds(5);
    private static final Duration LONGEST = Duration.ofMinutes(30);
    private static final String GRANT = "urn:ietf:params:oauth:grant-type:device_code";

    private final Provider provider;
    private final Clock clock;
    private final Pause pause;

    /** Waits. */
    @FunctionalInterface
    public interface Pause {
        void take(Duration time) throws InterruptedException;
    }

    /**
     * What to ask for.
     *
     * @param scope with spaces between the parts
     */
    public record Wish(String clientId, String scope, Optional<String> resource) {}

    /**
     * What the person has to do.
     *
     * @param complete an address that has the code in it already
     */
    public record Prompt(String address, String code, Optional<String> complete) {}

    public DeviceFlow(Provider provider, Clock clock, Pause pause) {
        this.provider = provider;
        this.clock = clock;
        this.pause = pause;
    }

    /**
     * @param metadata of the provider
     * @return what the token endpoint gave
     * @throws Refusal if the person declines or does nothing
     */
    public Json.Members run(Json.Members metadata, Wish wish, Consumer<Prompt> show) {
        String endpoint = metadata.text("device_authorization_endpoint");
        if (endpoint.isEmpty()) {
            throw new Refusal(
                    Exit.REFUSED, "the provider does not let programs log in by a code; use a token with --token");
        }
        Map<String, String> form = new LinkedHashMap<>();
        form.put("client_id", wish.clientId());
        form.put("scope", wish.scope());
        wish.resource().ifPresent(resource -> form.put("resource", resource));
        Optional<String> proof =
                metadata.items("code_challenge_methods_supported").contains(Json.of("S256"))
                        ? Optional.of(random())
                        : Optional.empty();
        proof.ifPresent(verifier -> {
            form.put("code_challenge", challenge(verifier));
            form.put("code_challenge_method", "S256");
        });
        Provider.Answer begun = provider.post(Provider.uri(endpoint), form);
        String device = begun.members().text("device_code");
        if (!begun.isSuccess() || device.isEmpty()) {
            throw new Refusal(Exit.REFUSED, "the provider refuses to begin: " + said(begun));
        }
        show.accept(new Prompt(
                begun.members().text("verification_uri"),
                begun.members().text("user_code"),
                Optional.of(begun.members().text("verification_uri_complete")).filter(text -> !text.isEmpty())));
        Map<String, String> poll = new LinkedHashMap<>();
        poll.put("grant_type", GRANT);
        poll.put("device_code", device);
        poll.put("client_id", wish.clientId());
        wish.resource().ifPresent(resource -> poll.put("resource", resource));
        proof.ifPresent(verifier -> poll.put("code_verifier", verifier));
        return polled(metadata, begun.members(), poll);
    }

    private Json.Members polled(Json.Members metadata, Json.Members begun, Map<String, String> form) {
        Duration interval = begun.number("interval") > 0
                ? Duration.ofSeconds(Math.min(begun.number("interval"), LONGEST.toSeconds()))
                : USUAL;
        Duration patience = begun.number("expires_in") > 0
                ? Duration.ofSeconds(Math.min(begun.number("expires_in"), LONGEST.toSeconds()))
                : LONGEST;
        Instant end = clock.instant().plus(patience);
        while (clock.instant().isBefore(end)) {
            rest(interval);
            Optional<Provider.Answer> asked = asked(metadata, form);
            if (asked.isEmpty()) {
                // RFC 8628 §3.5: who gets no answer asks less often.
                interval = interval.multipliedBy(2);
                continue;
            }
            Provider.Answer answer = asked.get();
            if (answer.isSuccess()) {
                return answer.members();
            }
            switch (answer.error()) {
                case "authorization_pending" -> {}
                case "slow_down" -> interval = interval.plusSeconds(5);
                case "access_denied" -> throw new Refusal(Exit.REFUSED, "the login was declined");
                case "expired_token" -> throw tooLate();
                default -> throw new Refusal(Exit.REFUSED, "the provider refuses the login: " + said(answer));
            }
        }
        throw tooLate();
    }

    private Optional<Provider.Answer> asked(Json.Members metadata, Map<String, String> form) {
        try {
            Provider.Answer answer = provider.post(Provider.uri(metadata.text("token_endpoint")), form);
            return answer.status() >= 500 ? Optional.empty() : Optional.of(answer);
        } catch (Refusal refusal) {
            if (refusal.exit() == Exit.UNAVAILABLE) {
                return Optional.empty();
            }
            throw refusal;
        }
    }

    private void rest(Duration time) {
        try {
            pause.take(time);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Refusal(Exit.FAILED, "stopped before the login was approved", e);
        }
    }

    private static Refusal tooLate() {
        return new Refusal(Exit.REFUSED, "the code was not approved in time; log in again");
    }

    private static String said(Provider.Answer answer) {
        String text = answer.error() + " " + answer.members().text("error_description");
        return text.isBlank() ? "status " + answer.status() : text.strip();
    }

    private static String random() {
        byte[] bytes = new byte[32];
        new SecureRandom().nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private static String challenge(String verifier) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(verifier.getBytes(StandardCharsets.US_ASCII));
            return Base64.getUrlEncoder().withoutPadding().encodeToString(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}

package hansa.faces.rest;

import hansa.federation.accounts.AccountMapping;
import hansa.federation.accounts.AccountRule;
import hansa.federation.accounts.Scheme;
import hansa.federation.accounts.Scheme.Fixed;
import hansa.federation.accounts.Scheme.OnTheFly;
import hansa.federation.accounts.Scheme.Pool;
import hansa.kernel.base.ErrorCode;
import hansa.kernel.base.Failure;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Local accounts at clouds as they look on the wire; the OpenAPI document explains the members. */
final class VoAccountWire {

    private static final long YEAR = Duration.ofDays(366).toSeconds();

    private VoAccountWire() {}

    record VoAccountRule(
            String vo,
            String cloud,
            String fqan,
            Optional<String> account,
            Optional<String> template,
            Optional<List<String>> accounts,
            Optional<Long> idleSeconds,
            boolean push,
            String state,
            String reason,
            Optional<Instant> looked,
            Instant changed,
            long generation) {

        static VoAccountRule of(AccountRule rule) {
            Scheme scheme = rule.scheme();
            return new VoAccountRule(
                    rule.vo(),
                    rule.cloud().value(),
                    rule.fqan().toString(),
                    scheme instanceof Fixed(String account) ? Optional.of(account) : Optional.empty(),
                    scheme instanceof OnTheFly(String template) ? Optional.of(template) : Optional.empty(),
                    scheme instanceof Pool pool ? Optional.of(pool.accounts()) : Optional.empty(),
                    scheme instanceof Pool pool ? Optional.of(pool.idle().toSeconds()) : Optional.empty(),
                    rule.push(),
                    Texts.of(rule.state()),
                    rule.reason(),
                    rule.looked(),
                    rule.changed(),
                    rule.generation());
        }

        /** Different for each rule of an organisation; no cloud's name has a slash. */
        String key() {
            return cloud + fqan;
        }
    }

    record NewVoAccountRule(
            Optional<String> fqan,
            Optional<String> account,
            Optional<String> template,
            Optional<List<String>> accounts,
            Optional<Long> idleSeconds,
            Optional<Boolean> push) {

        Scheme scheme() {
            long schemes = Stream.of(account, template, accounts)
                    .filter(Optional::isPresent)
                    .count();
            if (schemes > 1) {
                throw new Failure(
                        ErrorCode.ATTRIBUTE_INVALID,
                        "A rule has 'account', 'template' or 'accounts', only one of them.");
            }
            if (idleSeconds.isPresent() && accounts.isEmpty()) {
                throw new Failure(
                        ErrorCode.ATTRIBUTE_INVALID,
                        "'idleSeconds' goes with 'accounts' only: other accounts are not lent.");
            }
            if (account.isPresent()) {
                return new Fixed(account.get());
            }
            return accounts.<Scheme>map(pool -> new Pool(
                            pool,
                            idleSeconds
                                    .map(seconds -> Duration.ofSeconds(Math.min(seconds, YEAR + 1)))
                                    .orElse(Pool.USUAL_IDLE)))
                    .orElseGet(() -> new OnTheFly(template.orElse(OnTheFly.USUAL)));
        }
    }

    record VoAccount(
            String id,
            String vo,
            String caller,
            String cloud,
            String account,
            String fqan,
            boolean shared,
            String state,
            Instant from,
            Instant used,
            Optional<Instant> until) {

        static VoAccount of(AccountMapping mapping) {
            String now = mapping.suspended() ? "suspended" : "active";
            return new VoAccount(
                    mapping.id(),
                    mapping.vo(),
                    mapping.caller(),
                    mapping.cloud().value(),
                    mapping.account(),
                    mapping.fqan().toString(),
                    mapping.shared(),
                    mapping.until().isPresent() ? "ended" : now,
                    mapping.from(),
                    mapping.used(),
                    mapping.until());
        }
    }
}

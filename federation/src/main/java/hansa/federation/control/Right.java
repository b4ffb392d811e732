package hansa.federation.control;

import hansa.federation.compute.MachineId;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * The right of a machine to run.
 *
 * @param vo empty = none
 * @param rule which rule permitted or denied it last; empty before anything was decided
 * @param why for a person; empty unless denied
 * @param since of the state
 * @param due when a revoked one is carried out
 * @param carriedOut whether the machine was suspended or stopped for it
 */
record Right(
        MachineId machine,
        String owner,
        String vo,
        RightState state,
        String rule,
        String why,
        Instant since,
        Optional<Instant> due,
        boolean carriedOut) {

    static Right tried(MachineId machine, String owner, String vo, Instant now) {
        return new Right(machine, owner, vo, RightState.TRIED, "", "", now, Optional.empty(), false);
    }

    /** @param active whether the machine runs already */
    Right permitted(boolean active, String byRule, Instant now) {
        RightState next = active || state == RightState.STARTED ? RightState.STARTED : RightState.TRIED;
        return next == state ? this : new Right(machine, owner, vo, next, byRule, "", now, Optional.empty(), false);
    }

    /** Once revoked, the notice and its time stay as they were given. */
    Right denied(String byRule, String reason, Instant now, Duration grace) {
        return state == RightState.REVOKED
                ? this
                : new Right(
                        machine,
                        owner,
                        vo,
                        RightState.REVOKED,
                        byRule,
                        reason,
                        now,
                        Optional.of(now.plus(grace)),
                        false);
    }

    /** Whether it was ever decided. */
    boolean decided() {
        return !rule.isEmpty();
    }

    Right carried() {
        return new Right(machine, owner, vo, state, rule, why, since, due, true);
    }

    Right ended(Instant now) {
        return state == RightState.ENDED
                ? this
                : new Right(machine, owner, vo, RightState.ENDED, rule, why, now, Optional.empty(), false);
    }
}

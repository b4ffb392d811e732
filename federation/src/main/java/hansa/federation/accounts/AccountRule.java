package hansa.federation.accounts;

import hansa.cloud.CloudName;
import hansa.kernel.base.ErrorCode;
import hansa.kernel.base.Failure;
import hansa.protocols.voms.Fqan;
import java.time.Instant;
import java.util.Optional;

/**
 * Under which accounts the members of a virtual organisation work at a cloud.
 *
 * @param fqan a group, for all in it and below it; or a role, for those who have it there or below
 * @param push whether the cloud is told the members in advance
 * @param state how far the cloud knows them
 * @param reason why it does not, or what is left to do; empty when all is well
 * @param looked when the cloud was last brought in line, or tried to be
 * @param generation rises with every change of the rule, not with its state
 */
public record AccountRule(
        String vo,
        CloudName cloud,
        Fqan fqan,
        Scheme scheme,
        boolean push,
        PushState state,
        String reason,
        Optional<Instant> looked,
        Instant changed,
        long generation) {

    public AccountRule {
        if (!fqan.vo().equals(vo)) {
            throw new Failure(ErrorCode.ATTRIBUTE_INVALID, "'" + fqan + "' is no group or role of '" + vo + "'.");
        }
    }
}

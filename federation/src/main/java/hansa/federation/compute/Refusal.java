package hansa.federation.compute;

import hansa.federation.images.ImageId;
import hansa.federation.placement.Decision;
import hansa.federation.placement.Excluded;
import hansa.federation.placement.Exclusion;
import hansa.kernel.base.ErrorCode;
import hansa.kernel.base.Failure;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Says why machines find no place.
 *
 * @param plugged volumes that bind them to their clouds
 */
record Refusal(NewMachine wanted, ImageId image, List<Volume> plugged, int count) {

    private static final int MOST_REASONS = 20;

    /** What passes by itself: the same wish may be granted later. */
    private static final Set<Exclusion> PASSING =
            EnumSet.of(Exclusion.STATE, Exclusion.ROOM, Exclusion.QUOTA, Exclusion.CAP);

    /**
     * @param networks what was wrong with the networks, where something was
     * @param denied throws where a policy denied it
     */
    Failure of(Decision decision, Optional<Failure> networks, Runnable denied) {
        boolean passing = decision.reasons().keySet().stream().anyMatch(PASSING::contains);
        if (decision.fitting() == 0 && !passing) {
            if (networks.isPresent()) {
                return networks.get();
            }
            try {
                denied.run();
            } catch (Failure e) {
                return e;
            }
        }
        if (decision.fitting() > 0) {
            return new Failure(
                    decision.reasons().isEmpty() || passing
                            ? ErrorCode.CAPACITY_EXHAUSTED
                            : ErrorCode.ATTRIBUTE_INVALID,
                    "Nothing was made: of " + count + " machines only " + decision.most() + " would find a place"
                            + (decision.excluded().isEmpty() ? "." : ": " + reasons(decision) + "."));
        }
        return passing
                ? new Failure(
                        ErrorCode.CAPACITY_EXHAUSTED,
                        "No cloud has a place for it at the moment: " + reasons(decision) + ".")
                : Input.invalid("No cloud has all that the machine needs: " + reasons(decision) + ".");
    }

    private String reasons(Decision decision) {
        List<String> reasons = new ArrayList<>();
        boolean named = wanted.cloud().isPresent() || wanted.placement().site().isPresent();
        int hidden = 0;
        for (Excluded one : decision.excluded()) {
            if (named && one.reason() == Exclusion.NOT_NAMED) {
                hidden++;
            } else if (reasons.size() < MOST_REASONS) {
                reasons.add(reason(one));
            }
        }
        int all =
                decision.reasons().values().stream().mapToInt(Integer::intValue).sum();
        int more = all - hidden - reasons.size();
        if (more > 0) {
            reasons.add(more + " more do not either");
        }
        return reasons.isEmpty() ? "none is there" : String.join("; ", reasons);
    }

    private String reason(Excluded one) {
        return switch (one.reason()) {
            case IMAGE -> "'" + one.cloud() + "' does not have the image '" + image + "'";
            case FLAVOUR ->
                "'" + one.cloud() + "' "
                        + wanted.flavour()
                                .map(flavour -> "does not have the flavour '" + flavour + "'")
                                .orElse("has no flavour that is large enough");
            case VOLUMES ->
                plugged.stream()
                        .filter(volume -> !volume.cloud().value().equals(one.cloud()))
                        .findFirst()
                        .map(volume -> "the volume '" + volume.id() + "' is at '" + volume.cloud() + "' and not at '"
                                + one.cloud() + "'")
                        .orElse("the volumes are not at '" + one.cloud() + "'");
            case NOT_NAMED,
                    STATE,
                    POLICY,
                    NETWORKS,
                    COUNTRY,
                    AFFINITY,
                    ANTI_AFFINITY,
                    HOST_AFFINITY,
                    SPREAD,
                    ROOM,
                    QUOTA,
                    CAP,
                    PRICE,
                    BUDGET,
                    REQUIREMENTS -> "'" + one.cloud() + "' " + one.reason().phrase();
        };
    }
}

package hansa.faces.rest;

import hansa.federation.brokering.KeptPlan;
import hansa.federation.brokering.Placement;
import hansa.federation.compute.Explanation;
import hansa.federation.placement.Affinity;
import hansa.federation.placement.Decision;
import hansa.federation.placement.Excluded;
import hansa.federation.placement.PlacementPolicy;
import hansa.federation.placement.Scope;
import hansa.federation.placement.Scored;
import hansa.federation.placement.Seat;
import hansa.federation.placement.Spread;
import hansa.federation.sites.Prices;
import hansa.federation.sites.SiteName;
import hansa.kernel.base.ErrorCode;
import hansa.kernel.base.Failure;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** What is said about where machines go, and how it was decided; the OpenAPI document explains the members. */
final class PlacementWire {

    private PlacementWire() {}

    record NewPlacement(
            Optional<String> site,
            Optional<String> requirements,
            Optional<String> rank,
            Optional<String> policy,
            Optional<List<String>> countries,
            Optional<String> budget,
            Optional<Instant> deadline,
            Optional<List<String>> dataSites,
            Optional<List<NewAffinity>> affinities,
            Optional<List<String>> groups,
            Optional<NewSpread> spread,
            Optional<Boolean> comeBack) {

        Placement wanted() {
            return new Placement(
                    site.map(PlacementWire::site),
                    requirements.orElse(""),
                    rank.orElse(""),
                    policy.map(text -> policy(text)),
                    new HashSet<>(countries.orElse(List.of())),
                    budget.map(PlacementWire::amount).map(OptionalLong::of).orElse(OptionalLong.empty()),
                    deadline,
                    new HashSet<>(dataSites.orElse(List.of())),
                    affinities.orElse(List.of()).stream()
                            .map(NewAffinity::wanted)
                            .toList(),
                    new HashSet<>(groups.orElse(List.of())),
                    spread.map(NewSpread::wanted),
                    comeBack.orElse(false));
        }

        private static PlacementPolicy policy(String text) {
            return Texts.choice("policy", text.replace('-', '_'), PlacementPolicy.class);
        }
    }

    record NewAffinity(String group, Optional<String> relation, Optional<String> scope) {

        Affinity wanted() {
            return new Affinity(
                    Texts.choice("relation", relation, Affinity.Relation.class, Affinity.Relation.TOGETHER),
                    Texts.choice("scope", scope, Scope.class, Scope.CLOUD),
                    group);
        }
    }

    record NewSpread(Optional<String> scope, Integer atMost) {

        Spread wanted() {
            if (atMost < 1) {
                throw new Failure(ErrorCode.ATTRIBUTE_INVALID, "'atMost' is 1 or more, not " + atMost + ".");
            }
            Scope over = Texts.choice("scope", scope, Scope.class, Scope.CLOUD);
            if (over == Scope.HOST) {
                throw new Failure(
                        ErrorCode.ATTRIBUTE_INVALID,
                        "Machines are spread over clouds or sites; to have them on different hosts make them members of a"
                                + " group and say that they are apart from it by host.");
            }
            return new Spread(over, atMost);
        }
    }

    /** Several equal machines, or how they would be placed. */
    record NewVmSet(Optional<Integer> count, VmWire.NewVm vm) {}

    record VmSeat(String site, String cloud, String flavour) {

        static VmSeat of(Seat seat) {
            return new VmSeat(seat.site(), seat.cloud(), seat.flavour());
        }
    }

    record VmCandidate(
            String site,
            String cloud,
            String flavour,
            int priority,
            double rank,
            Optional<Double> policy,
            Optional<String> pricePerHour,
            Optional<Instant> told) {

        static VmCandidate of(Scored scored, Optional<Instant> told) {
            return new VmCandidate(
                    scored.site(),
                    scored.cloud(),
                    scored.flavour(),
                    scored.priority(),
                    scored.rank(),
                    Optional.of(scored.policy()).filter(Double::isFinite),
                    scored.price().isPresent()
                            ? Optional.of(Prices.text(scored.price().getAsLong()))
                            : Optional.empty(),
                    told);
        }
    }

    record VmExclusion(String site, String cloud, String reason, String text, Optional<Instant> told) {

        static VmExclusion of(Excluded one, Optional<Instant> told) {
            return new VmExclusion(
                    one.site(),
                    one.cloud(),
                    Texts.of(one.reason()),
                    one.reason().phrase(),
                    told);
        }
    }

    record VmReason(String reason, String text, int clouds) {}

    record VmMove(String cloud, String why, Instant when) {}

    record VmPlan(
            Instant made,
            boolean placed,
            int count,
            int most,
            Optional<String> cloud,
            String policy,
            String requirements,
            String rank,
            List<VmSeat> seats,
            List<VmCandidate> candidates,
            int fitting,
            List<VmExclusion> excluded,
            List<VmReason> reasons,
            List<VmMove> left,
            List<String> warnings,
            String digest,
            String text) {

        static VmPlan of(Explanation explanation) {
            return of(
                    explanation.plan(),
                    Optional.of(explanation.cloud().value()),
                    explanation.left().stream()
                            .map(left -> new VmMove(left.cloud().value(), left.why(), left.when()))
                            .toList());
        }

        static VmPlan of(KeptPlan plan) {
            return of(plan, Optional.empty(), List.of());
        }

        private static VmPlan of(KeptPlan plan, Optional<String> cloud, List<VmMove> left) {
            Decision decision = plan.decision();
            return new VmPlan(
                    plan.made(),
                    decision.placed(),
                    decision.asked(),
                    decision.most(),
                    cloud,
                    Texts.of(plan.request().wishes().policy()),
                    plan.request().wishes().requirements(),
                    plan.request().wishes().rank(),
                    decision.seats().stream().map(VmSeat::of).toList(),
                    decision.candidates().stream()
                            .map(one -> VmCandidate.of(one, told(plan, one.cloud())))
                            .toList(),
                    decision.fitting(),
                    decision.excluded().stream()
                            .map(one -> VmExclusion.of(one, told(plan, one.cloud())))
                            .toList(),
                    decision.reasons().entrySet().stream()
                            .map(reason -> new VmReason(
                                    Texts.of(reason.getKey()), reason.getKey().phrase(), reason.getValue()))
                            .toList(),
                    left,
                    plan.warnings(),
                    plan.digest(),
                    decision.text());
        }

        private static Optional<Instant> told(KeptPlan plan, String cloud) {
            return Optional.ofNullable(plan.told().get(cloud));
        }
    }

    private static SiteName site(String text) {
        try {
            return new SiteName(text);
        } catch (IllegalArgumentException e) {
            throw new Failure(ErrorCode.ATTRIBUTE_INVALID, "There is no site '" + Wire.printable(text) + "'.", e);
        }
    }

    private static Long amount(String text) {
        try {
            return Prices.millionths(new BigDecimal(text.length() > 32 ? "" : text));
        } catch (IllegalArgumentException e) {
            throw new Failure(
                    ErrorCode.ATTRIBUTE_INVALID,
                    "'budget' is an amount for an hour such as \"0.50\", not '" + Wire.printable(text) + "'.",
                    e);
        }
    }
}

package hansa.faces.occi;

import static hansa.protocols.occi.AttributeDefinition.attribute;
import static hansa.protocols.occi.AttributeType.STRING;

import hansa.cloud.CloudName;
import hansa.federation.brokering.Placement;
import hansa.federation.placement.PlacementPolicy;
import hansa.federation.sites.Prices;
import hansa.federation.sites.SiteName;
import hansa.kernel.base.ErrorCode;
import hansa.kernel.base.Failure;
import hansa.protocols.occi.AttributeDefinition;
import hansa.protocols.occi.CategoryId;
import hansa.protocols.occi.Extension;
import hansa.protocols.occi.Mixin;
import hansa.protocols.occi.extension.Infrastructure;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/** OCCI has no word for where a machine goes; this mixin has those of the broker. They count when a machine is made. */
final class PlacementMixin {

    static final String SITE = "hansa.placement.site";
    static final String CLOUD = "hansa.placement.cloud";
    static final String REQUIREMENTS = "hansa.placement.requirements";
    static final String RANK = "hansa.placement.rank";
    static final String POLICY = "hansa.placement.policy";
    static final String COUNTRIES = "hansa.placement.countries";
    static final String BUDGET = "hansa.placement.budget";
    static final String GROUP = "hansa.placement.group";

    private PlacementMixin() {}

    static CategoryId id(String schemeBase) {
        return new CategoryId(schemeBase + "/placement#", "placement");
    }

    /** @param schemeBase what the schemes of this installation begin with */
    static Extension extension(String schemeBase) {
        return new Extension(
                "placement",
                List.of(),
                List.of(new Mixin(
                        id(schemeBase),
                        "Where a machine goes",
                        List.of(),
                        List.of(Infrastructure.COMPUTE),
                        List.of(
                                said(SITE, "The site that it must be at"),
                                said(CLOUD, "The cloud that it must be at"),
                                said(REQUIREMENTS, "What clouds must be, as OpenNebula's requirements say it"),
                                said(RANK, "How good clouds are, more being better"),
                                said(POLICY, "What is better where the rank does not say")
                                        .oneOf(policies()),
                                said(COUNTRIES, "Countries that the data must not leave, such as SE,FI"),
                                said(BUDGET, "Most that an hour may cost"),
                                said(GROUP, "A group that it becomes a member of")),
                        List.of(),
                        Optional.of("/mixin/hansa/placement/"))),
                Map.of());
    }

    private static AttributeDefinition said(String name, String meaning) {
        return attribute(name, STRING, meaning).fixedAtCreation();
    }

    private static String[] policies() {
        return Arrays.stream(PlacementPolicy.values()).map(PlacementMixin::word).toArray(String[]::new);
    }

    private static String word(PlacementPolicy policy) {
        return policy.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    static Optional<CloudName> cloud(Wish wish) {
        return wish.text(CLOUD).map(text -> {
            try {
                return new CloudName(text);
            } catch (IllegalArgumentException e) {
                throw invalid(CLOUD, text, e);
            }
        });
    }

    static Placement placement(Wish wish) {
        return new Placement(
                wish.text(SITE).map(PlacementMixin::site),
                wish.text(REQUIREMENTS).orElse(""),
                wish.text(RANK).orElse(""),
                wish.text(POLICY).map(PlacementMixin::policy),
                wish.text(COUNTRIES)
                        .map(text -> Set.copyOf(List.of(text.split(" *, *"))))
                        .orElse(Set.of()),
                wish.text(BUDGET).map(PlacementMixin::amount).orElse(OptionalLong.empty()),
                Optional.empty(),
                Set.of(),
                List.of(),
                wish.text(GROUP).map(Set::of).orElse(Set.of()),
                Optional.empty(),
                false);
    }

    private static SiteName site(String text) {
        try {
            return new SiteName(text);
        } catch (IllegalArgumentException e) {
            throw invalid(SITE, text, e);
        }
    }

    private static PlacementPolicy policy(String text) {
        return Arrays.stream(PlacementPolicy.values())
                .filter(policy -> word(policy).equals(text))
                .findFirst()
                .orElseThrow(() -> new Failure(
                        ErrorCode.ATTRIBUTE_INVALID,
                        "The attribute " + POLICY + " is one of " + String.join(", ", policies()) + ", not "
                                + Words.shown(text) + "."));
    }

    private static OptionalLong amount(String text) {
        try {
            return OptionalLong.of(Prices.millionths(new BigDecimal(text.length() > 32 ? "" : text)));
        } catch (IllegalArgumentException e) {
            throw invalid(BUDGET, text, e);
        }
    }

    private static Failure invalid(String name, String text, IllegalArgumentException cause) {
        return new Failure(
                ErrorCode.ATTRIBUTE_INVALID,
                "The attribute " + name + " cannot be " + Words.shown(text) + "; correct it or leave it out.",
                cause);
    }
}

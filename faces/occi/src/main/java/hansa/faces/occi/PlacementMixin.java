package hansa.faces.occi;

import static hansa.protocols.occi.AttributeDefinition.attribute;
import static hansa.protocols.occi.AttributeType.BOOLEAN;
import static hansa.protocols.occi.AttributeType.STRING;

import hansa.cloud.CloudName;
import hansa.federation.brokering.Placement;
import hansa.federation.placement.Affinity;
import hansa.federation.placement.PlacementPolicy;
import hansa.federation.placement.Scope;
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
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Stream;

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
    static final String AFFINITY = "hansa.placement.affinity";
    static final String ANTI_AFFINITY = "hansa.placement.antiaffinity";
    static final String DEADLINE = "hansa.placement.deadline";
    static final String NEAR = "hansa.placement.near";
    static final String COME_BACK = "hansa.placement.comeback";

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
                                said(GROUP, "Groups that it becomes a member of, such as web,frontends"),
                                said(AFFINITY, "Groups to be where they are, such as db,web:host,backup:site"),
                                said(ANTI_AFFINITY, "Groups to be where they are not, such as web:host"),
                                said(DEADLINE, "Until when it waits for room, such as 2026-12-01T10:00:00Z"),
                                said(NEAR, "Sites with its data, for the policy nearest-to-data"),
                                attribute(
                                                COME_BACK,
                                                BOOLEAN,
                                                "When started after a stop, be made anew at a cloud that goes first")
                                        .fixedAtCreation()),
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

    private static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
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
                Set.copyOf(words(wish, COUNTRIES)),
                wish.text(BUDGET).map(PlacementMixin::amount).orElse(OptionalLong.empty()),
                wish.text(DEADLINE).map(PlacementMixin::instant),
                Set.copyOf(words(wish, NEAR)),
                Stream.concat(
                                words(wish, AFFINITY).stream()
                                        .map(word -> affinity(AFFINITY, Affinity.Relation.TOGETHER, word)),
                                words(wish, ANTI_AFFINITY).stream()
                                        .map(word -> affinity(ANTI_AFFINITY, Affinity.Relation.APART, word)))
                        .toList(),
                Set.copyOf(words(wish, GROUP)),
                Optional.empty(),
                wish.text(COME_BACK).map(Boolean::parseBoolean).orElse(false));
    }

    /** What stands between commas, each word once. */
    private static List<String> words(Wish wish, String name) {
        return wish.text(name).stream()
                .flatMap(text -> Stream.of(text.split(",", -1)))
                .map(String::strip)
                .distinct()
                .toList();
    }

    /** A group, or a group and how far, with a colon between them. */
    private static Affinity affinity(String name, Affinity.Relation relation, String word) {
        int colon = word.indexOf(':');
        if (colon < 0) {
            return new Affinity(relation, Scope.CLOUD, word);
        }
        String far = word.substring(colon + 1);
        return Arrays.stream(Scope.values())
                .filter(scope -> word(scope).equals(far))
                .findFirst()
                .map(scope -> new Affinity(relation, scope, word.substring(0, colon)))
                .orElseThrow(() -> new Failure(
                        ErrorCode.ATTRIBUTE_INVALID,
                        "The attribute " + name + " takes groups such as web, web:site or web:host, not "
                                + Words.shown(word) + "."));
    }

    private static Instant instant(String text) {
        try {
            return Instant.parse(text);
        } catch (DateTimeParseException e) {
            throw new Failure(
                    ErrorCode.ATTRIBUTE_INVALID,
                    "The attribute " + DEADLINE + " is an instant such as 2026-12-01T10:00:00Z, not "
                            + Words.shown(text) + ".",
                    e);
        }
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

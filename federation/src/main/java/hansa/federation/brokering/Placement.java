package hansa.federation.brokering;

import hansa.federation.placement.Affinity;
import hansa.federation.placement.PlacementPolicy;
import hansa.federation.placement.Scope;
import hansa.federation.placement.Spread;
import hansa.federation.sites.SiteName;
import hansa.kernel.base.ErrorCode;
import hansa.kernel.base.Failure;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What a caller says about where machines go.
 *
 * @param requirements see {@link hansa.federation.placement.Requirement#compile}; empty = none
 * @param rank see {@link hansa.federation.placement.Rank#compile}; empty = none
 * @param policy empty = the first cloud that does
 * @param countries that the data must not leave, two letters of ISO 3166 each; empty = no bound
 * @param budget most that all machines may cost in an hour, in millionths of the federation's currency
 * @param deadline until when there has to be a place; as long the machine waits for room. Empty = there must be one now
 * @param dataSites where the data is, for the policy that goes near it
 * @param affinities near to the machines of groups, or far from them, at most 16; by host at most one, with a group that is among
 *     {@code groups}
 * @param groups that the machines become members of, at most 16
 * @param comeBack whether a stopped machine may be made anew, without anything that is on its disk, at a cloud of higher priority that has
 *     room when it is started again
 */
public record Placement(
        Optional<SiteName> site,
        String requirements,
        String rank,
        Optional<PlacementPolicy> policy,
        Set<String> countries,
        OptionalLong budget,
        Optional<Instant> deadline,
        Set<String> dataSites,
        List<Affinity> affinities,
        Set<String> groups,
        Optional<Spread> spread,
        boolean comeBack) {

    /** Of somebody who does not care. */
    public static final Placement ANYWHERE = new Placement(
            Optional.empty(),
            "",
            "",
            Optional.empty(),
            Set.of(),
            OptionalLong.empty(),
            Optional.empty(),
            Set.of(),
            List.of(),
            Set.of(),
            Optional.empty(),
            false);

    private static final int MOST_GROUPS = 16;
    private static final int MOST_NAMES = 256;
    private static final String GROUP = "[A-Za-z0-9][A-Za-z0-9._-]{0,62}";

    public Placement {
        countries = Set.copyOf(countries);
        dataSites = Set.copyOf(dataSites);
        affinities = List.copyOf(affinities);
        groups = Set.copyOf(groups);
        if (countries.stream().anyMatch(country -> !country.matches("[A-Z]{2}"))) {
            throw invalid("Countries are written with two capital letters, such as SE.");
        }
        if (countries.size() > MOST_NAMES || dataSites.size() > MOST_NAMES) {
            throw invalid("At most " + MOST_NAMES + " countries and sites can be named.");
        }
        if (groups.size() > MOST_GROUPS || affinities.size() > MOST_GROUPS) {
            throw invalid("At most " + MOST_GROUPS + " groups and affinities can be named.");
        }
        Stream.concat(groups.stream(), affinities.stream().map(Affinity::group))
                .filter(name -> !name.matches(GROUP))
                .findFirst()
                .ifPresent(_ -> {
                    throw invalid(
                            "A group's name has 1 to 63 letters, digits, dots, _ and -, and starts with a letter or"
                                    + " digit.");
                });
        requireOwnHosts(affinities, groups);
    }

    /** A cloud keeps the machines of a group apart or together; it knows nothing of machines that are only looked at by others. */
    private static void requireOwnHosts(List<Affinity> affinities, Set<String> groups) {
        List<Affinity> byHost =
                affinities.stream().filter(one -> one.scope() == Scope.HOST).toList();
        if (byHost.size() > 1) {
            throw invalid("A machine can be near to or far from the machines of one group by host, not of "
                    + byHost.size() + "; name one group, or say 'cloud' or 'site' for the others.");
        }
        byHost.stream().filter(one -> !groups.contains(one.group())).findFirst().ifPresent(one -> {
            throw invalid("By host machines are near to or far from those of their own group only; make the machine a"
                    + " member of '" + one.group() + "' too.");
        });
    }

    private static Failure invalid(String text) {
        return new Failure(ErrorCode.ATTRIBUTE_INVALID, text);
    }
}

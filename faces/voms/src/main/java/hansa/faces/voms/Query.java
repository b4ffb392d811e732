package hansa.faces.voms;

import hansa.kernel.base.ErrorCode;
import hansa.kernel.base.Failure;
import hansa.protocols.voms.AttributeCertificate;
import hansa.protocols.voms.Fqan;
import hansa.trust.voms.Wish;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What {@code /generate-ac} is asked for: {@code fqans}, {@code order} and {@code targets} in lists parted by commas,
 * {@code lifetime} in seconds.
 *
 * @param vo the one virtual organisation that all groups and roles are of; empty if none is named
 * @param strange whether there are parameters that mean nothing
 */
record Query(Optional<String> vo, Wish wish, boolean strange) {

    private static final Set<String> KNOWN = Set.of("fqans", "lifetime", "targets", "order");

    /** Clients ask for everything with this word, without a name of the virtual organisation. */
    private static final String ALL = "all";

    private static final int LONGEST_TARGET = 255;

    /** Nobody is given as much; it keeps the sum of time and lifetime within what times can be. */
    private static final long MOST_SECONDS = 1_000_000_000;

    /** @throws Failure {@code request.malformed} */
    static Query read(Map<String, List<String>> parameters) {
        List<Fqan> fqans = fqans(parameters, "fqans");
        List<Fqan> order = fqans(parameters, "order");
        List<String> vos = Stream.concat(fqans.stream(), order.stream())
                .map(Fqan::vo)
                .distinct()
                .toList();
        if (vos.size() > 1) {
            throw malformed("One request is for one virtual organisation, not for " + vos.getFirst() + " and "
                    + vos.get(1) + "; send one for each.");
        }
        Wish wish = new Wish(fqans, order, lifetime(parameters), targets(parameters));
        return new Query(vos.stream().findFirst(), wish, !KNOWN.containsAll(parameters.keySet()));
    }

    private static Stream<String> list(Map<String, List<String>> parameters, String name) {
        return parameters.getOrDefault(name, List.of()).stream()
                .flatMap(value -> Stream.of(value.split(",", -1)))
                .map(String::strip)
                .filter(item -> !item.isEmpty());
    }

    private static List<Fqan> fqans(Map<String, List<String>> parameters, String name) {
        List<Fqan> fqans = new ArrayList<>();
        for (String text : list(parameters, name).toList()) {
            if (fqans.size() == AttributeCertificate.MOST_FQANS) {
                throw malformed("'" + name + "' has more than " + AttributeCertificate.MOST_FQANS + " entries.");
            }
            if (!text.equals(ALL)) {
                fqans.add(fqan(name, text));
            }
        }
        return fqans;
    }

    private static Fqan fqan(String name, String text) {
        try {
            return Fqan.parse(text);
        } catch (IllegalArgumentException e) {
            throw malformed("'" + name + "' is like /vo/group/Role=role, several with commas between them.", e);
        }
    }

    private static Optional<Duration> lifetime(Map<String, List<String>> parameters) {
        Optional<String> text = list(parameters, "lifetime").findFirst();
        if (text.isEmpty()) {
            return Optional.empty();
        }
        try {
            // None, or less than one, is how clients leave it to the server.
            return Optional.of(Long.parseLong(text.get()))
                    .filter(seconds -> seconds > 0)
                    .map(seconds -> Duration.ofSeconds(Math.min(seconds, MOST_SECONDS)));
        } catch (NumberFormatException e) {
            throw malformed("'lifetime' is a number of seconds.", e);
        }
    }

    private static List<String> targets(Map<String, List<String>> parameters) {
        List<String> targets = list(parameters, "targets").distinct().toList();
        if (targets.size() > AttributeCertificate.MOST_TARGETS) {
            throw malformed("'targets' has more than " + AttributeCertificate.MOST_TARGETS + " entries.");
        }
        if (targets.stream().anyMatch(target -> !isTarget(target))) {
            throw malformed("A target is a URI or a host name of at most " + LONGEST_TARGET + " ASCII characters.");
        }
        return targets;
    }

    private static boolean isTarget(String text) {
        return text.length() <= LONGEST_TARGET && text.chars().allMatch(c -> c > ' ' && c < 0x7f);
    }

    private static Failure malformed(String text) {
        return new Failure(ErrorCode.REQUEST_MALFORMED, text);
    }

    private static Failure malformed(String text, Exception cause) {
        return new Failure(ErrorCode.REQUEST_MALFORMED, text, cause);
    }
}

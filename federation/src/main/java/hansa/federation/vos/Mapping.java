package hansa.federation.vos;

import hansa.cloud.CloudName;
import hansa.federation.caller.Scope;
import hansa.protocols.voms.Fqan;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * A rule of a virtual organisation: who may do what at which clouds in its name.
 *
 * @param name unique in the organisation; refusals name it
 * @param who a group, for all in it and below it; or a role, for those who have it there or below
 * @param actions what they may do
 * @param clouds where; empty = everywhere
 * @param flavours of which machines may be made, {@code *} stands for any characters; empty = of all and of free sizes
 * @param generation rises with every change of this record
 */
public record Mapping(
        String vo,
        String name,
        Fqan who,
        Scope actions,
        Set<CloudName> clouds,
        Set<String> flavours,
        Instant changed,
        long generation) {

    private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9-]{0,62}");
    private static final Pattern FLAVOUR = Pattern.compile("[A-Za-z0-9_.*-]{1,64}");
    private static final int MOST = 64;

    public Mapping {
        if (!NAME.matcher(name).matches()) {
            throw Wording.invalid("A rule has a name of a-z, 0-9 and hyphens, at most 63 characters.");
        }
        if (!who.vo().equals(vo)) {
            throw Wording.invalid("'" + who + "' is no group or role of '" + vo + "'.");
        }
        if (clouds.size() > MOST || flavours.size() > MOST) {
            throw Wording.invalid("A rule names at most " + MOST + " clouds and " + MOST + " flavours.");
        }
        for (String flavour : flavours) {
            if (!FLAVOUR.matcher(flavour).matches()) {
                throw Wording.invalid("A flavour is letters, digits, '_', '.', '-' and '*' for any of them.");
            }
        }
        clouds = Set.copyOf(clouds);
        flavours = Set.copyOf(flavours);
    }

    /** Whether it speaks for somebody. */
    boolean isFor(List<Fqan> fqans) {
        return fqans.stream().anyMatch(fqan -> fqan.satisfies(who));
    }

    /** Whether it speaks of anything that is done to a type of resource. */
    boolean isAbout(String type) {
        return actions.patterns().stream()
                .anyMatch(pattern -> pattern.startsWith(type + ".") || pattern.startsWith("*"));
    }

    boolean isAt(String cloud) {
        return clouds.isEmpty() || clouds.stream().anyMatch(name -> name.value().equals(cloud));
    }

    boolean allowsFlavour(String flavour) {
        return flavours.isEmpty() || flavours.stream().anyMatch(glob -> matches(glob, flavour));
    }

    /** Without a regular expression, so that nobody can write one that takes for ever. */
    private static boolean matches(String glob, String text) {
        String[] parts = glob.split("\\*", -1);
        if (parts.length == 1) {
            return glob.equals(text);
        }
        int from = parts[0].length();
        int end = text.length() - parts[parts.length - 1].length();
        if (!text.startsWith(parts[0]) || !text.endsWith(parts[parts.length - 1]) || end < from) {
            return false;
        }
        for (int i = 1; i < parts.length - 1; i++) {
            int found = text.indexOf(parts[i], from);
            if (found < 0 || found + parts[i].length() > end) {
                return false;
            }
            from = found + parts[i].length();
        }
        return true;
    }

    static List<String> sorted(Collection<?> values) {
        return values.stream().map(Object::toString).sorted().toList();
    }
}

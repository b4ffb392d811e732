package hansa.protocols.voms;

import java.util.Optional;

/**
 * A fully qualified attribute name: a group of a virtual organisation, and a role in it, in normal form
 * {@code /vo/group/Role=role} (The VOMS Attribute Certificate Format, OGF GFD.182, §3.4.1).
 *
 * @param group {@code /vo} or {@code /vo/group/…}: 1 to 16 segments of letters, digits, {@code . _ -}
 * @param role letters, digits, {@code . _ -}; empty for a plain member
 */
public record Fqan(String group, Optional<String> role) implements Comparable<Fqan> {

    /** The longest text that is read. */
    public static final int MAX_LENGTH = 512;

    private static final int MAX_SEGMENTS = 16;
    private static final String ROLE = "/Role=";
    private static final String CAPABILITY = "/Capability=";
    private static final String NONE = "NULL";

    public Fqan {
        if (!isGroup(group)) {
            throw new IllegalArgumentException("A group is like /vo/group, not " + shown(group));
        }
        if (role.isPresent() && (!isSegment(role.get()) || role.get().equals(NONE))) {
            throw new IllegalArgumentException("A role has letters, digits, dots, _ and -, not " + shown(role.get()));
        }
    }

    /** A plain member of a group. */
    public static Fqan member(String group) {
        return new Fqan(group, Optional.empty());
    }

    /**
     * Reads the long form too: {@code Role=NULL} and any {@code Capability=…}, which is deprecated, are left out.
     *
     * @throws IllegalArgumentException if the text is no FQAN
     */
    public static Fqan parse(String text) {
        if (text.length() > MAX_LENGTH) {
            throw new IllegalArgumentException("An FQAN has at most " + MAX_LENGTH + " characters");
        }
        int capability = text.indexOf(CAPABILITY);
        String rest = capability < 0 ? text : text.substring(0, capability);
        int role = rest.indexOf(ROLE);
        if (role < 0) {
            return member(rest);
        }
        String name = rest.substring(role + ROLE.length());
        return new Fqan(rest.substring(0, role), name.equals(NONE) ? Optional.empty() : Optional.of(name));
    }

    /** The virtual organisation: the first segment, without the slash. */
    public String vo() {
        int end = group.indexOf('/', 1);
        return end < 0 ? group.substring(1) : group.substring(1, end);
    }

    public boolean hasRole(String name) {
        return role.isPresent() && role.get().equals(name);
    }

    /** Whether the group is the other one or lies below it; roles do not count. */
    public boolean isWithin(String otherGroup) {
        return group.equals(otherGroup) || group.startsWith(otherGroup + "/");
    }

    /** Whether who has this has the other one: in its group or below it, and with its role where it has one. */
    public boolean satisfies(Fqan wanted) {
        return isWithin(wanted.group) && (wanted.role.isEmpty() || wanted.role.equals(role));
    }

    @Override
    public int compareTo(Fqan other) {
        return toString().compareTo(other.toString());
    }

    /** The normal form. */
    @Override
    public String toString() {
        return role.map(name -> group + ROLE + name).orElse(group);
    }

    private static boolean isGroup(String text) {
        if (text.length() < 2 || text.length() > MAX_LENGTH || text.charAt(0) != '/') {
            return false;
        }
        String[] segments = text.substring(1).split("/", -1);
        if (segments.length > MAX_SEGMENTS) {
            return false;
        }
        for (String segment : segments) {
            if (!isSegment(segment)) {
                return false;
            }
        }
        return true;
    }

    private static boolean isSegment(String text) {
        return !text.isEmpty() && text.chars().allMatch(Fqan::isNameCharacter);
    }

    private static boolean isNameCharacter(int c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '.' || c == '_' || c == '-';
    }

    private static String shown(String text) {
        return text.length() > 80 ? text.substring(0, 80) + "…" : text;
    }
}

package hansa.protocols.aarc;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Membership in a group, and a role in it, as AARC-G069 writes it (the successor of AARC-G002, which reads alike):
 * {@code <namespace>:group:<group>[:<subgroup>…][:role=<role>][#<authority>]}.
 *
 * @param namespace who manages the groups: a URN without its percent-encoding, {@code urn} and the namespace identifier
 *     in lower case (RFC 8141 §3.1), for example {@code urn:mace:egi.eu}
 * @param groups the path from the top group down, decoded: 1 to 16 names of any printable characters
 * @param role decoded; empty where only membership is said
 * @param authority who vouches for the membership, decoded
 */
public record Entitlement(String namespace, List<String> groups, Optional<String> role, Optional<String> authority) {

    /** The longest text that is read. */
    public static final int MAX_LENGTH = 2048;

    private static final int MAX_GROUPS = 16;
    private static final String GROUP = "group";
    private static final String ROLE = "role=";
    private static final String SEPARATOR = ":";

    public Entitlement {
        groups = List.copyOf(groups);
        List<String> names = List.of(namespace.split(SEPARATOR, -1));
        if (names.size() < 3
                || !names.getFirst().equals("urn")
                || names.subList(3, names.size()).contains(GROUP)) {
            throw new IllegalArgumentException("A namespace is like urn:mace:egi.eu");
        }
        if (!names.get(1).matches("[a-z0-9][a-z0-9-]{0,31}")) {
            throw new IllegalArgumentException("A namespace has a registered identifier after urn:");
        }
        names.forEach(Entitlement::requireName);
        if (groups.isEmpty() || groups.size() > MAX_GROUPS) {
            throw new IllegalArgumentException("An entitlement names 1 to " + MAX_GROUPS + " groups");
        }
        for (String group : groups) {
            requireName(group);
            if (group.startsWith(ROLE)) {
                throw new IllegalArgumentException("A role stands at the end, behind all groups");
            }
        }
        role.ifPresent(Entitlement::requireName);
        authority.ifPresent(Entitlement::requireName);
    }

    /** @throws IllegalArgumentException if the text says no membership in this form */
    public static Entitlement parse(String text) {
        if (text.length() > MAX_LENGTH) {
            throw new IllegalArgumentException("An entitlement has at most " + MAX_LENGTH + " characters");
        }
        int hash = text.indexOf('#');
        Optional<String> authority =
                hash < 0 ? Optional.empty() : Optional.of(PercentText.decode(text.substring(hash + 1)));
        List<String> parts = List.of((hash < 0 ? text : text.substring(0, hash)).split(SEPARATOR, -1));
        // A namespace has at least three parts, so that a namespace identifier may be called "group".
        int group = parts.size() < 4 ? -1 : parts.subList(3, parts.size()).indexOf(GROUP);
        if (group < 0) {
            throw new IllegalArgumentException("An entitlement of a group has :group: behind its namespace");
        }
        List<String> path = parts.subList(3 + group + 1, parts.size());
        boolean withRole = !path.isEmpty() && path.getLast().startsWith(ROLE);
        List<String> groups = new ArrayList<>();
        for (String name : withRole ? path.subList(0, path.size() - 1) : path) {
            groups.add(PercentText.decode(name));
        }
        return new Entitlement(
                namespace(parts.subList(0, 3 + group)),
                groups,
                withRole ? Optional.of(PercentText.decode(path.getLast().substring(ROLE.length()))) : Optional.empty(),
                authority);
    }

    private static String namespace(List<String> parts) {
        List<String> names = new ArrayList<>();
        names.add(parts.get(0).toLowerCase(Locale.ROOT));
        names.add(parts.get(1).toLowerCase(Locale.ROOT));
        for (String part : parts.subList(2, parts.size())) {
            String name = PercentText.decode(part);
            if (name.contains(SEPARATOR)) {
                throw new IllegalArgumentException("A colon in a namespace separates its parts");
            }
            names.add(name);
        }
        return String.join(SEPARATOR, names);
    }

    private static void requireName(String name) {
        if (name.isEmpty() || name.codePoints().anyMatch(Entitlement::isUnprintable)) {
            throw new IllegalArgumentException("Every part of an entitlement has printable characters");
        }
    }

    private static boolean isUnprintable(int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.UNASSIGNED,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> true;
            default -> false;
        };
    }

    /** The form that {@link #parse} reads. */
    @Override
    public String toString() {
        String path = groups.stream().map(PercentText::encode).collect(Collectors.joining(SEPARATOR));
        String space = List.of(namespace.split(SEPARATOR, -1)).stream()
                .map(PercentText::encode)
                .collect(Collectors.joining(SEPARATOR));
        return space
                + SEPARATOR
                + GROUP
                + SEPARATOR
                + path
                + role.map(name -> SEPARATOR + ROLE + PercentText.encode(name)).orElse("")
                + authority.map(name -> "#" + PercentText.encode(name)).orElse("");
    }
}

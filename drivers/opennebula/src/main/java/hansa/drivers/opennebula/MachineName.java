package hansa.drivers.opennebula;

import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;

/** The name that a machine has at OpenNebula, which takes neither every character nor every length. */
final class MachineName {

    private static final String REFUSED = "&|:\\\";/'#{}$<>";
    private static final int LONGEST = 128;
    private static final String OF_NOTHING = "machine";

    private MachineName() {}

    /** As near to that name as it may be. */
    static String of(String name) {
        String taken = name.codePoints()
                .map(c -> Character.isISOControl(c) ? ' ' : REFUSED.indexOf(c) >= 0 ? '-' : c)
                .mapToObj(Character::toString)
                .collect(Collectors.joining());
        String cut = cut(taken.strip()).strip();
        return cut.isEmpty() ? OF_NOTHING : cut;
    }

    /** OpenNebula counts bytes. */
    private static String cut(String name) {
        int bytes = 0;
        int end = 0;
        while (end < name.length()) {
            String next = Character.toString(name.codePointAt(end));
            bytes += next.getBytes(StandardCharsets.UTF_8).length;
            if (bytes > LONGEST) {
                break;
            }
            end += next.length();
        }
        return name.substring(0, end);
    }
}

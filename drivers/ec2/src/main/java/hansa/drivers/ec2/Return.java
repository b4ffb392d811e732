package hansa.drivers.ec2;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * That a machine is to return to a snapshot. It stands in a tag of the machine until it has.
 *
 * @param snapshot what its root disk is to begin as
 * @param old the volume that is its root disk until then
 * @param device where that is plugged in
 * @param key tells this return from others to the same snapshot
 */
record Return(String snapshot, String old, String device, String key) {

    private static final Pattern TEXT =
            Pattern.compile("(snap-[0-9a-f]+) (vol-[0-9a-f]+) (/dev/[a-z0-9/]+) ([0-9a-f-]{36})");

    /** Empty for what is none of ours. */
    static Optional<Return> read(String text) {
        Matcher parts = TEXT.matcher(text);
        return parts.matches()
                ? Optional.of(new Return(parts.group(1), parts.group(2), parts.group(3), parts.group(4)))
                : Optional.empty();
    }

    String text() {
        return snapshot + " " + old + " " + device + " " + key;
    }
}

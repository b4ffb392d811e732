package hansa.drivers.openstack;

import java.util.Comparator;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A microversion of a service's interface. */
record Version(int major, int minor) implements Comparable<Version> {

    /** Of services that know no versions, or only the first. */
    static final Version NONE = new Version(0, 0);

    private static final Pattern FORM = Pattern.compile("(\\d{1,3})\\.(\\d{1,4})");

    static Optional<Version> parse(String text) {
        Matcher matcher = FORM.matcher(text);
        return matcher.matches()
                ? Optional.of(new Version(Integer.parseInt(matcher.group(1)), Integer.parseInt(matcher.group(2))))
                : Optional.empty();
    }

    boolean atLeast(int wantedMajor, int wantedMinor) {
        return compareTo(new Version(wantedMajor, wantedMinor)) >= 0;
    }

    @Override
    public int compareTo(Version other) {
        return Comparator.comparingInt(Version::major)
                .thenComparingInt(Version::minor)
                .compare(this, other);
    }

    @Override
    public String toString() {
        return major + "." + minor;
    }
}

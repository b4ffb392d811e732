package hansa.drivers.opennebula;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The version of an OpenNebula, and everything in which versions differ for us. */
record Release(int major, int minor) {

    private static final Pattern FORM = Pattern.compile("(\\d{1,4})\\.(\\d{1,4}).*");

    /** One that cannot be read counts as a new one. */
    static Release of(String version) {
        Matcher matcher = FORM.matcher(version.strip());
        return matcher.matches()
                ? new Release(Integer.parseInt(matcher.group(1)), Integer.parseInt(matcher.group(2)))
                : new Release(Integer.MAX_VALUE, 0);
    }

    private boolean atLeast(int wantedMajor, int wantedMinor) {
        return major > wantedMajor || major == wantedMajor && minor >= wantedMinor;
    }

    /** The method that lists machines with all that is known of them; 5.8 made the older one tell less. */
    String machines() {
        return atLeast(5, 8) ? "one.vmpool.infoextended" : "one.vmpool.info";
    }
}

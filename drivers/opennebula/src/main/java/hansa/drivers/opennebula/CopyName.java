package hansa.drivers.opennebula;

import hansa.cloud.RemoteVolumeCopy.Kind;
import hansa.cloud.Token;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The name that OpenNebula knows a copy by. It says everything that must not get lost between the two calls that make
 * a copy.
 *
 * @param volume number of the image that it was taken of
 */
record CopyName(Kind kind, int volume, Token token) {

    private static final Pattern FORM = Pattern.compile("hansa-(snapshot|backup)-(\\d{1,9})-([a-z0-9-]{1,64})");

    static Optional<CopyName> parse(String name) {
        Matcher matcher = FORM.matcher(name);
        return matcher.matches()
                ? Optional.of(new CopyName(
                        matcher.group(1).equals("snapshot") ? Kind.SNAPSHOT : Kind.BACKUP,
                        Integer.parseInt(matcher.group(2)),
                        new Token(matcher.group(3))))
                : Optional.empty();
    }

    @Override
    public String toString() {
        return "hansa-" + kind.name().toLowerCase(Locale.ROOT) + "-" + volume + "-" + token;
    }
}

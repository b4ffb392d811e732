package hansa.cloud;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A local account of a cloud.
 *
 * @param name a lower-case letter or {@code _}, then up to 31 of {@code a-z 0-9 _ -}
 * @param displayName for people; up to 255 characters without control characters, may be empty
 * @param vo the virtual organisation for whose members it was made; up to 255 characters
 * @param suspended whether nothing new may be made with it
 */
public record RemoteAccount(String name, String displayName, Optional<String> vo, boolean suspended) {

    private static final Pattern NAME = Pattern.compile("[a-z_][a-z0-9_-]{0,31}");

    private static final int LONGEST = 255;

    public RemoteAccount {
        if (!isLine(displayName) || !vo.map(RemoteAccount::isLine).orElse(true)) {
            throw new IllegalArgumentException("what is said of an account has at most " + LONGEST
                    + " characters, none of them control characters");
        }
        if (!isName(name)) {
            throw new IllegalArgumentException(
                    "an account is a lower-case letter or '_', then up to 31 of a-z, 0-9, '_' and '-'");
        }
    }

    public static boolean isName(String text) {
        return NAME.matcher(text).matches();
    }

    /** Whether it can be a display name or a virtual organisation. */
    public static boolean isLine(String text) {
        return text.length() <= LONGEST && text.chars().noneMatch(Character::isISOControl);
    }

    /** The same account, usable or not. */
    public RemoteAccount suspended(boolean now) {
        return new RemoteAccount(name, displayName, vo, now);
    }
}

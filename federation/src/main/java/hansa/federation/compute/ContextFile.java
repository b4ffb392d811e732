package hansa.federation.compute;

import hansa.cloud.Bytes;
import java.util.regex.Pattern;

/**
 * A file that a guest finds when it has booted, written by its cloud-init.
 *
 * @param path absolute, 2 to 1,024 characters without control characters, {@code .} and {@code ..}
 * @param permissions three or four octal digits
 * @param owner {@code user} or {@code user:group} as the guest knows them; empty = root
 */
public record ContextFile(String path, Bytes content, String permissions, String owner) {

    /** What everybody in the guest may read. */
    public static final String READABLE = "0644";

    private static final int LONGEST_PATH = 1_024;
    private static final Pattern PERMISSIONS = Pattern.compile("[0-7]{3,4}");
    private static final String NAME = "[a-z_][a-z0-9_.-]{0,31}";
    private static final Pattern OWNER = Pattern.compile("(" + NAME + "(:" + NAME + ")?)?");

    public ContextFile {
        boolean plain = path.startsWith("/")
                && path.length() > 1
                && path.length() <= LONGEST_PATH
                && !path.endsWith("/")
                && path.chars().noneMatch(Character::isISOControl)
                && !(path + "/").contains("/./")
                && !(path + "/").contains("/../");
        if (!plain) {
            throw Input.invalid("A file for a guest has an absolute path, such as /etc/motd, of at most " + LONGEST_PATH
                    + " characters.");
        }
        if (!PERMISSIONS.matcher(permissions).matches()) {
            throw Input.invalid("The permissions of a file are three or four octal digits, such as 0644.");
        }
        if (!OWNER.matcher(owner).matches()) {
            throw Input.invalid("The owner of a file is a user of the guest, or user:group.");
        }
    }
}

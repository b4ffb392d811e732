package hansa.federation.compute;

import hansa.kernel.base.ErrorCode;
import hansa.kernel.base.Failure;
import hansa.protocols.voms.Fqan;
import java.util.Collection;
import java.util.HashSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** What can be told of an input without looking at anything else. Every refusal is an {@code attribute.invalid}. */
final class Input {

    static final int TITLE = 255;
    static final int SUMMARY = 4096;
    static final int LINKS = 16;
    static final int KEYS = 16;
    static final int TAGS = 32;
    private static final int KEY_LENGTH = 16 * 1024;
    private static final Pattern HOST_LABEL = Pattern.compile("[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?");
    private static final Pattern MAC = Pattern.compile("[0-9a-fA-F]{2}(:[0-9a-fA-F]{2}){5}");
    private static final Pattern DEVICE = Pattern.compile("(/dev/)?[a-zA-Z0-9_-]{1,32}");
    private static final Pattern BASE64 = Pattern.compile("[A-Za-z0-9+/]{16,}={0,3}");
    private static final Set<String> KEY_TYPES = Set.of(
            "ssh-ed25519",
            "ssh-rsa",
            "ecdsa-sha2-nistp256",
            "ecdsa-sha2-nistp384",
            "ecdsa-sha2-nistp521",
            "sk-ssh-ed25519@openssh.com",
            "sk-ecdsa-sha2-nistp256@openssh.com");

    private Input() {}

    static Failure invalid(String text) {
        return new Failure(ErrorCode.ATTRIBUTE_INVALID, text);
    }

    /** The virtual organisation in whose name something is made. */
    static void organisation(Optional<String> name) {
        try {
            name.ifPresent(vo -> Fqan.member("/" + vo));
        } catch (IllegalArgumentException e) {
            throw new Failure(
                    ErrorCode.ATTRIBUTE_INVALID,
                    "A virtual organisation has a name of letters, digits, dots, _ and -.",
                    e);
        }
        name.filter(vo -> vo.indexOf('/') >= 0 || vo.length() > TITLE).ifPresent(_ -> {
            throw invalid("Things are made in the name of a whole virtual organisation, not of a group in it.");
        });
    }

    static void title(String title) {
        text("title", title, TITLE, false);
    }

    static void summary(String summary) {
        text("summary", summary, SUMMARY, true);
    }

    static void text(String what, String text, int longest, boolean lines) {
        if (text.length() > longest) {
            throw invalid("A " + what + " has at most " + longest + " characters, not " + text.length() + ".");
        }
        boolean control = text.chars()
                .anyMatch(c -> Character.isISOControl(c) && !(lines && (c == '\n' || c == '\r' || c == '\t')));
        if (control) {
            throw invalid("A " + what + " has no control characters.");
        }
    }

    /** RFC 1123 §2.1. */
    static void hostname(String name) {
        boolean fits = name.length() <= 253;
        for (String label : name.split("\\.", -1)) {
            fits = fits && HOST_LABEL.matcher(label).matches();
        }
        if (!fits) {
            throw invalid("A hostname has labels of 1 to 63 letters, digits and hyphens, joined by dots;"
                    + " no label starts or ends with a hyphen.");
        }
    }

    static void sshKeys(Collection<String> keys) {
        if (keys.size() > KEYS) {
            throw invalid("A machine takes at most " + KEYS + " SSH keys, not " + keys.size() + ".");
        }
        for (String key : keys) {
            String[] parts = key.split(" ", 3);
            boolean fits = key.length() <= KEY_LENGTH
                    && key.chars().noneMatch(Character::isISOControl)
                    && parts.length >= 2
                    && KEY_TYPES.contains(parts[0])
                    && BASE64.matcher(parts[1]).matches();
            if (!fits) {
                throw invalid("An SSH key is one line 'TYPE BASE64 COMMENT' with a type such as ssh-ed25519;"
                        + " give the content of the .pub file.");
            }
        }
    }

    static void links(String what, int number) {
        if (number > LINKS) {
            throw invalid("A machine has at most " + LINKS + " " + what + ", not " + number + ".");
        }
    }

    static void tags(int number) {
        if (number > TAGS) {
            throw invalid("A resource carries at most " + TAGS + " tags, not " + number + ".");
        }
    }

    static void nic(NewNic nic) {
        text("reference to a network", nic.network(), TITLE, false);
        nic.mac().filter(mac -> !MAC.matcher(mac).matches()).ifPresent(_ -> {
            throw invalid("A MAC address has the form 52:54:00:12:34:56.");
        });
        nic.address().filter(address -> !IpRange.isAddress(address)).ifPresent(_ -> {
            throw invalid("An address is IPv4 or IPv6 in its usual text form, such as 10.1.0.5.");
        });
    }

    static Optional<String> lowerCase(Optional<String> text) {
        return text.map(value -> value.toLowerCase(Locale.ROOT));
    }

    static void volumeLink(NewVolumeLink link) {
        link.device().ifPresent(Input::device);
        link.mountpoint().ifPresent(Input::mountpoint);
    }

    static void device(String device) {
        if (!DEVICE.matcher(device).matches()) {
            throw invalid("A device has the form /dev/vdb.");
        }
    }

    static void mountpoint(String mountpoint) {
        text("mountpoint", mountpoint, TITLE, false);
    }

    static void different(String what, Collection<?> ids) {
        if (new HashSet<>(ids).size() < ids.size()) {
            throw invalid("The same " + what + " was named twice; name each once.");
        }
    }
}

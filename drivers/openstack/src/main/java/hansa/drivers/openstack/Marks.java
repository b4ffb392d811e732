package hansa.drivers.openstack;

import hansa.cloud.CloudException;
import hansa.cloud.RemoteId;
import hansa.cloud.Token;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;

/** Where tokens stand at OpenStack: in metadata of machines, volumes and their copies, in properties of images, in descriptions at Neutron. */
final class Marks {

    /** Key in metadata. */
    static final String TOKEN = "hansa-token";

    /** Name of an image's property. */
    static final String IMAGE_TOKEN = "hansa_token";

    /** Keys of what a machine's interfaces were ordered as: {@code TOKEN NETWORK [ADDRESS]}. */
    static final String NIC = "hansa-nic-";

    /** Key in the metadata of machines that have ports or public addresses which do not go away with them. */
    static final String EXTRAS = "hansa-extras";

    /** Key in the metadata of machines whose first disk is a volume: its size in GiB. */
    static final String DISK = "hansa-disk";

    /** Key in the metadata of machines of a group: the name that the group has here. */
    static final String GROUP = "hansa-group";

    private static final String DESCRIPTION = "hansa:";
    private static final String OF = " of ";
    private static final int LONGEST_TAG = 60;
    private static final int DIGITS = 40;

    private Marks() {}

    static Optional<Token> token(String text) {
        try {
            return text.isEmpty() ? Optional.empty() : Optional.of(new Token(text));
        } catch (IllegalArgumentException e) {
            // Somebody else's idea of a token.
            return Optional.empty();
        }
    }

    /** A machine's tag, by which Nova finds it. The longest tokens are too long for one and are digested. */
    static String tag(Token token) {
        String plain = "hansa." + token.value();
        return plain.length() <= LONGEST_TAG
                ? plain
                : "hansa." + digest(token.value()).substring(0, DIGITS);
    }

    private static String digest(String text) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this Java has no SHA-256", e);
        }
    }

    static String description(Token token) {
        return DESCRIPTION + token;
    }

    /** Of what belongs to a machine; the interface that it gets without asking has no token of its own. */
    static String description(Optional<Token> token, Token machine) {
        return DESCRIPTION + token.map(Token::value).orElse("") + OF + machine;
    }

    static boolean belongsTo(String description, Token machine) {
        return description.startsWith(DESCRIPTION) && description.endsWith(OF + machine);
    }

    static Optional<Token> tokenOf(String description) {
        if (!description.startsWith(DESCRIPTION)) {
            return Optional.empty();
        }
        int end = description.indexOf(OF);
        return token(description.substring(DESCRIPTION.length(), end < 0 ? description.length() : end));
    }

    /**
     * An id as part of a path.
     *
     * @throws CloudException.NotFound for what can be no id of OpenStack's
     */
    static String segment(RemoteId id, String what) {
        if (!id.value().matches("[A-Za-z0-9_-]{1,64}")) {
            throw new CloudException.NotFound("OpenStack has no " + what + " '" + Refusals.oneLine(id.value()) + "'");
        }
        return id.value();
    }
}

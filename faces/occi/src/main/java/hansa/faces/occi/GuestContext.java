package hansa.faces.occi;

import hansa.cloud.Bytes;
import hansa.kernel.base.ErrorCode;
import hansa.kernel.base.Failure;
import hansa.protocols.occi.extension.Infrastructure;
import hansa.protocols.occi.extension.OpenStackExtension;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** User data and SSH keys of a wish, in whichever of the mixins in use they came. */
final class GuestContext {

    private GuestContext() {}

    static Optional<Bytes> userData(Wish wish) {
        return one(wish, Infrastructure.COMPUTE_USER_DATA).or(() -> one(wish, OpenStackExtension.COMPUTE_USER_DATA));
    }

    private static Optional<Bytes> one(Wish wish, String attribute) {
        return wish.text(attribute).filter(text -> !text.isBlank()).map(text -> decode(attribute, text));
    }

    static List<String> sshKeys(Wish wish) {
        return Stream.of(Infrastructure.SSH_PUBLIC_KEY, OpenStackExtension.PUBLIC_KEY_DATA)
                .flatMap(attribute -> wish.text(attribute).stream())
                .map(String::strip)
                .filter(key -> !key.isEmpty())
                .distinct()
                .toList();
    }

    /** Base64 of either alphabet, with line breaks and without padding, as clients' libraries make it. */
    private static Bytes decode(String attribute, String text) {
        StringBuilder compact = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case ' ', '\t', '\r', '\n', '=' -> {}
                case '-' -> compact.append('+');
                case '_' -> compact.append('/');
                default -> compact.append(c);
            }
        }
        try {
            return Bytes.of(Base64.getDecoder().decode(compact.toString()));
        } catch (IllegalArgumentException e) {
            throw new Failure(
                    ErrorCode.ATTRIBUTE_INVALID,
                    "The attribute " + attribute + " is not base64; encode the user data, for example with base64 -w0.",
                    e);
        }
    }
}

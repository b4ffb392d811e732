package hansa.federation.images;

import hansa.cloud.images.DiskFormat;
import hansa.federation.caller.Caller;
import hansa.kernel.base.ErrorCode;
import hansa.kernel.base.Failure;
import java.net.URI;
import java.util.Optional;

/** What can be told of an image's announcement without looking at the image. */
final class NewImageCheck {

    private static final int LONGEST_TITLE = 255;
    private static final int LONGEST_SOURCE = 2048;

    private NewImageCheck() {}

    static void check(Caller caller, NewImage wanted) {
        what(wanted.title(), wanted.format(), wanted.sizeBytes(), wanted.sha512());
        source(caller, wanted.source());
    }

    static void check(Caller caller, NewUpload wanted) {
        what(wanted.title(), wanted.format(), wanted.sizeBytes(), wanted.sha512());
        switch (wanted.sharing()) {
            case PRIVATE -> {}
            case ORGANISATION -> {
                if (caller.vo().isEmpty()) {
                    throw invalid("To share an image with a virtual organisation, act in the name of one.");
                }
            }
            case EVERYBODY -> {
                if (!caller.operator()) {
                    throw new Failure(
                            ErrorCode.POLICY_DENIED, "Only operators share images with everybody (rule 'operators').");
                }
            }
        }
    }

    private static void what(String title, String format, Optional<Long> sizeBytes, Optional<String> sha512) {
        format(format);
        if (title.length() > LONGEST_TITLE || title.chars().anyMatch(Character::isISOControl)) {
            throw invalid("An image's title has at most " + LONGEST_TITLE + " characters, and no control characters.");
        }
        sizeBytes.filter(size -> size < 1).ifPresent(size -> {
            throw invalid("An image has at least one byte, not " + size + ".");
        });
        sha512.filter(digest -> !digest.matches("[0-9a-fA-F]{128}")).ifPresent(_ -> {
            throw invalid("A SHA-512 has 128 hexadecimal digits.");
        });
    }

    static DiskFormat format(String word) {
        return DiskFormat.of(word)
                .orElseThrow(() -> invalid("An image's format is " + DiskFormat.words() + ", not '" + word + "'."));
    }

    private static void source(Caller caller, URI source) {
        if (source.toString().length() > LONGEST_SOURCE || source.getScheme() == null) {
            throw unusable("An image's source is a URL of http, https or file with at most 2048 characters.");
        }
        switch (source.getScheme()) {
            case "http", "https" -> {
                if (source.getHost() == null || source.getUserInfo() != null) {
                    throw unusable(
                            "An image's source names a host and no user: " + source.getScheme() + "://HOST/PATH.");
                }
            }
            case "file" -> {
                if (!caller.operator()) {
                    throw new Failure(
                            ErrorCode.POLICY_DENIED,
                            "Only operators register images from files of the server (rule 'operators').");
                }
                if (source.getPath() == null || source.getAuthority() != null) {
                    throw unusable("A file is named as file:///PATH.");
                }
            }
            default -> throw unusable("An image's source is http, https or file, not '" + source.getScheme() + "'.");
        }
    }

    private static Failure invalid(String text) {
        return new Failure(ErrorCode.ATTRIBUTE_INVALID, text);
    }

    private static Failure unusable(String text) {
        return new Failure(ErrorCode.IMAGE_SOURCE, text);
    }
}

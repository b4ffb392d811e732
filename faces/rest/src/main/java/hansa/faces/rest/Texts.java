package hansa.faces.rest;

import hansa.cloud.CloudName;
import hansa.cloud.Size;
import hansa.kernel.base.ErrorCode;
import hansa.kernel.base.Failure;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** Turns texts of the wire into values of the domain and back. */
final class Texts {

    private Texts() {}

    /** {@code POWEROFF} is {@code poweroff} on the wire. */
    static String of(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }

    /** @throws Failure {@code attribute.invalid} naming what there is to choose from */
    static <E extends Enum<E>> E choice(String member, String text, Class<E> type) {
        E[] constants = type.getEnumConstants();
        return Arrays.stream(constants)
                .filter(constant -> of(constant).equals(text))
                .findFirst()
                .orElseThrow(() -> new Failure(
                        ErrorCode.ATTRIBUTE_INVALID,
                        Names.unknown(
                                "value of " + member,
                                text,
                                Arrays.stream(constants).map(Texts::of).toList())));
    }

    static <E extends Enum<E>> E choice(String member, Optional<String> text, Class<E> type, E otherwise) {
        return text.map(value -> choice(member, value, type)).orElse(otherwise);
    }

    static CloudName cloud(String text) {
        try {
            return new CloudName(text);
        } catch (IllegalArgumentException wrong) {
            throw invalid("cloud", wrong);
        }
    }

    static Size size(int cores, long memoryMib, long diskGib) {
        try {
            return new Size(cores, memoryMib, diskGib);
        } catch (IllegalArgumentException wrong) {
            throw invalid("size", wrong);
        }
    }

    static URI uri(String member, String text) {
        try {
            return new URI(text);
        } catch (URISyntaxException wrong) {
            throw new Failure(
                    ErrorCode.ATTRIBUTE_INVALID,
                    "'" + member + "' is not an address: '" + Wire.printable(text)
                            + "'; write it like https://cloud.example.org/debian.qcow2.",
                    wrong);
        }
    }

    private static Failure invalid(String member, IllegalArgumentException wrong) {
        return new Failure(
                ErrorCode.ATTRIBUTE_INVALID,
                "'" + member + "' is not possible: " + Wire.printable(String.valueOf(wrong.getMessage())) + ".",
                wrong);
    }
}

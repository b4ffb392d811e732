package hansa.faces.rest;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A piece of a file (RFC 9110 §14.1.2).
 *
 * @param from of the first byte
 * @param length of the piece, at least 1
 */
record ByteRange(long from, long length) {

    private static final Pattern FORM = Pattern.compile("bytes\\s*=\\s*(\\d{0,18})\\s*-\\s*(\\d{0,18})");

    /** What a request asks for. */
    sealed interface Asked {

        /** All of it: nothing else was asked for, or something that may be passed over (several pieces, other units). */
        record Whole() implements Asked {}

        record Piece(ByteRange range) implements Asked {}

        /** Nothing of the file lies there. */
        record Outside() implements Asked {}
    }

    static Asked asked(Optional<String> header, long size) {
        Matcher form = FORM.matcher(header.orElse("").strip());
        if (!form.matches() || form.group(1).isEmpty() && form.group(2).isEmpty()) {
            return new Asked.Whole();
        }
        if (form.group(1).isEmpty()) {
            long last = Math.min(Long.parseLong(form.group(2)), size);
            return last == 0 ? new Asked.Outside() : new Asked.Piece(new ByteRange(size - last, last));
        }
        long from = Long.parseLong(form.group(1));
        long to = form.group(2).isEmpty() ? size - 1 : Math.min(Long.parseLong(form.group(2)), size - 1);
        if (!form.group(2).isEmpty() && Long.parseLong(form.group(2)) < from) {
            return new Asked.Whole();
        }
        return from >= size ? new Asked.Outside() : new Asked.Piece(new ByteRange(from, to - from + 1));
    }

    /** As {@code Content-Range} has it. */
    String of(long size) {
        return "bytes " + from + "-" + (from + length - 1) + "/" + size;
    }
}

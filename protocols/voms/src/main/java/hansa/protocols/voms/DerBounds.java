package hansa.protocols.voms;

/**
 * Walks once through DER (ITU-T X.690) before a library reads it, without recursion, so that neither depth nor number of
 * elements of hostile input costs more than its length.
 */
public final class DerBounds {

    private static final int MOST_NESTED = 24;
    private static final int MOST_ELEMENTS = 20_000;
    private static final int CONSTRUCTED = 0x20;
    private static final int LONG_TAG = 0x1f;

    private final byte[] der;
    private final int[] ends = new int[MOST_NESTED + 1];
    private int at;
    private int depth;

    private DerBounds(byte[] der) {
        this.der = der;
        this.ends[0] = der.length;
    }

    /** @throws VomsSyntaxException unless it is one whole element, definite in length, within the bounds */
    public static void check(byte[] der, int mostBytes) throws VomsSyntaxException {
        if (der.length == 0 || der.length > mostBytes) {
            throw new VomsSyntaxException("It has " + der.length + " bytes; 1 to " + mostBytes + " are read");
        }
        new DerBounds(der).walk();
    }

    private void walk() throws VomsSyntaxException {
        for (int elements = 0; elements < MOST_ELEMENTS; elements++) {
            element();
            while (depth > 0 && at == ends[depth]) {
                depth--;
            }
            if (depth == 0) {
                if (at != der.length) {
                    throw new VomsSyntaxException("Something follows the end at byte " + at);
                }
                return;
            }
        }
        throw new VomsSyntaxException("It has more than " + MOST_ELEMENTS + " elements");
    }

    private void element() throws VomsSyntaxException {
        int tag = next();
        if ((tag & LONG_TAG) == LONG_TAG) {
            throw new VomsSyntaxException("A tag in more than one byte, at byte " + (at - 1));
        }
        int length = length();
        if (length > ends[depth] - at) {
            throw new VomsSyntaxException("An element ends behind what holds it, at byte " + at);
        }
        if ((tag & CONSTRUCTED) == 0 || length == 0) {
            at += length;
        } else if (depth == MOST_NESTED) {
            throw new VomsSyntaxException("It is nested more than " + MOST_NESTED + " levels deep");
        } else {
            depth++;
            ends[depth] = at + length;
        }
    }

    private int length() throws VomsSyntaxException {
        int first = next();
        if (first < 0x80) {
            return first;
        }
        int bytes = first & 0x7f;
        if (bytes == 0 || bytes > 3) {
            throw new VomsSyntaxException("A length that is indefinite or too great, at byte " + (at - 1));
        }
        int length = 0;
        for (int i = 0; i < bytes; i++) {
            length = length << 8 | next();
        }
        return length;
    }

    private int next() throws VomsSyntaxException {
        if (at >= ends[depth]) {
            throw new VomsSyntaxException("It breaks off at byte " + at);
        }
        return der[at++] & 0xff;
    }
}

package hansa.protocols.opennebula;

/** Text as it stands in XML. */
final class XmlText {

    private XmlText() {}

    /**
     * Escaped as one run of text without CDATA sections, since OpenNebula takes an element's first node for its whole
     * value. Characters that XML 1.0 cannot hold become U+FFFD.
     */
    static void write(StringBuilder out, String text) {
        text.codePoints().forEach(c -> {
            switch (c) {
                case '&' -> out.append("&amp;");
                case '<' -> out.append("&lt;");
                case '>' -> out.append("&gt;");
                case '\r' -> out.append("&#13;");
                default -> out.appendCodePoint(isAllowed(c) ? c : 0xfffd);
            }
        });
    }

    private static boolean isAllowed(int c) {
        return c == '\t'
                || c == '\n'
                || c >= 0x20 && c <= 0xd7ff
                || c >= 0xe000 && c <= 0xfffd
                || c >= 0x10000 && c <= 0x10ffff;
    }
}

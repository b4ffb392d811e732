package hansa.protocols.occi.text;

import java.util.List;
import java.util.Optional;

/** The four fields that carry OCCI, as lines of a body or as HTTP headers. */
enum OcciField {
    CATEGORY("Category"),
    LINK("Link"),
    ATTRIBUTE("X-OCCI-Attribute"),
    LOCATION("X-OCCI-Location");

    private static final List<OcciField> FIELDS = List.of(values());

    private final String label;

    OcciField(String label) {
        this.label = label;
    }

    String label() {
        return label;
    }

    static Optional<OcciField> of(String text, int from, int to) {
        int length = to - from;
        for (OcciField field : FIELDS) {
            if (field.label.length() == length && text.regionMatches(true, from, field.label, 0, length)) {
                return Optional.of(field);
            }
        }
        return Optional.empty();
    }
}

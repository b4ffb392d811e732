package hansa.protocols.opennebula;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * An element of a document, without its XML attributes, which OpenNebula does not use.
 *
 * @param text what it holds outside of other elements, as written
 * @param children in the order of the document
 */
public record Element(String name, String text, List<Element> children) {

    public Element {
        children = List.copyOf(children);
    }

    /**
     * Reads a document from text, as the answers to calls hold it.
     *
     * @throws OpenNebulaSyntaxException where it is no XML, has a document type, or is nested too deeply
     */
    public static Element read(String document) throws OpenNebulaSyntaxException {
        return ElementReader.read(document);
    }

    /** The first child of that name. */
    public Optional<Element> child(String child) {
        for (Element one : children) {
            if (one.name.equals(child)) {
                return Optional.of(one);
            }
        }
        return Optional.empty();
    }

    /** All children of that name. */
    public List<Element> children(String child) {
        return children.stream().filter(one -> one.name.equals(child)).toList();
    }

    /** The text of the first child of that name, without blanks around it; empty where there is none or it is blank. */
    public Optional<String> text(String child) {
        return child(child).map(one -> one.text.strip()).filter(text -> !text.isEmpty());
    }

    /** A whole number that a child holds. */
    public OptionalLong number(String child) {
        Optional<String> text = text(child);
        if (text.isEmpty() || !text.get().matches("-?\\d{1,18}")) {
            return OptionalLong.empty();
        }
        return OptionalLong.of(Long.parseLong(text.get()));
    }

    /** A whole number of 32 bits that a child holds, such as an identifier. */
    public OptionalInt integer(String child) {
        OptionalLong number = number(child);
        return number.isPresent() && number.getAsLong() == (int) number.getAsLong()
                ? OptionalInt.of((int) number.getAsLong())
                : OptionalInt.empty();
    }

    /** Whether a child says {@code YES} or {@code 1}. */
    public boolean flag(String child) {
        return text(child)
                .filter(text -> text.equalsIgnoreCase("YES") || text.equals("1"))
                .isPresent();
    }

    int requiredInteger(String child) throws OpenNebulaSyntaxException {
        OptionalInt number = integer(child);
        if (number.isEmpty()) {
            throw new OpenNebulaSyntaxException("a " + name + " has no number " + child);
        }
        return number.getAsInt();
    }

    Element required(String child) throws OpenNebulaSyntaxException {
        return child(child).orElseThrow(() -> new OpenNebulaSyntaxException("a " + name + " has no " + child));
    }

    Element orNothing(String child) {
        return child(child).orElseGet(() -> new Element(child, "", List.of()));
    }
}

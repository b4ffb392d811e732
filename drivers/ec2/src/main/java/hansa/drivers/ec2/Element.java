package hansa.drivers.ec2;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * An element of an answer, without its XML attributes, which EC2 does not use.
 *
 * @param text what it holds outside of other elements, as written
 * @param children in the order of the document
 */
record Element(String name, String text, List<Element> children) {

    Element {
        children = List.copyOf(children);
    }

    /** The first child of that name, else an empty one: what is left out and what is empty mean the same in EC2's answers. */
    Element child(String child) {
        for (Element one : children) {
            if (one.name.equals(child)) {
                return one;
            }
        }
        return new Element(child, "", List.of());
    }

    /** The {@code item}s of a child. */
    List<Element> items(String set) {
        return child(set).children.stream()
                .filter(one -> one.name.equals("item"))
                .toList();
    }

    /** The text of the first child of that name without blanks around it; empty where there is none. */
    String text(String child) {
        return child(child).text.strip();
    }

    Optional<String> optional(String child) {
        return Optional.of(text(child)).filter(text -> !text.isEmpty());
    }

    OptionalLong number(String child) {
        String text = text(child);
        return text.matches("\\d{1,18}") ? OptionalLong.of(Long.parseLong(text)) : OptionalLong.empty();
    }

    boolean flag(String child) {
        return text(child).equals("true");
    }
}

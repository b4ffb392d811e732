package hansa.drivers.opennebula;

import hansa.protocols.opennebula.Element;
import hansa.protocols.opennebula.ErrorKind;
import hansa.protocols.opennebula.OpenNebulaSyntaxException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What oned makes of the templates that it is given. */
final class OnedTemplates {

    private static final String REFUSED_IN_NAMES = "&|:\\\";/'#{}$<>";
    private static final String SEPARATOR = "@^_^@";

    /** Some of those that the configuration that it comes with keeps for administrators. */
    private static final Map<String, List<String>> RESTRICTED = Map.of(
            "NIC", List.of("MAC", "VLAN_ID", "BRIDGE", "INBOUND_AVG_BW"),
            "DISK", List.of("TOTAL_BYTES_SEC", "ORIGINAL_SIZE"),
            "CONTEXT", List.of("FILES"));

    private OnedTemplates() {}

    /** Attributes with an empty value are no attributes. */
    static Element parse(String template) {
        try {
            Element read = Element.read(template);
            List<Element> attributes = read.children().stream()
                    .map(one -> new Element(
                            one.name(),
                            one.text(),
                            one.children().stream().filter(OnedTemplates::says).toList()))
                    .filter(one -> says(one) || !one.children().isEmpty())
                    .toList();
            return new Element(read.name(), read.text(), attributes);
        } catch (OpenNebulaSyntaxException e) {
            throw new OnedRefusal(ErrorKind.INTERNAL, "Parse error: XML Template malformed.");
        }
    }

    private static boolean says(Element attribute) {
        return !attribute.text().isEmpty();
    }

    /** Whatever the text before says, a document is only kept when it is one. */
    static void requireDocument(String xml) {
        try {
            Element.read(xml);
        } catch (OpenNebulaSyntaxException e) {
            throw new OnedRefusal(ErrorKind.ALLOCATE, "Error transforming the Virtual Machine to XML.");
        }
    }

    static void requireValidName(String name) {
        if (name.isEmpty()) {
            throw new OnedRefusal(ErrorKind.ALLOCATE, "Invalid NAME, it cannot be empty");
        }
        name.chars().filter(c -> REFUSED_IN_NAMES.indexOf(c) >= 0).findFirst().ifPresent(c -> {
            throw new OnedRefusal(ErrorKind.ALLOCATE, "Invalid NAME, char '" + (char) c + "' is not allowed");
        });
        if (name.getBytes(StandardCharsets.UTF_8).length > 128) {
            throw new OnedRefusal(ErrorKind.ALLOCATE, "Invalid NAME, max length is 128 chars");
        }
    }

    /** A template may give what is restricted, and whoever says a vector of that name has to repeat it. */
    static void requireUnrestricted(Element more, Element base) {
        RESTRICTED.forEach((vector, names) -> {
            boolean says = more.child(vector).isPresent();
            if (says && !restricted(more, vector, names).equals(restricted(base, vector, names))) {
                throw new OnedRefusal(
                        ErrorKind.AUTHORIZATION, "User Template includes a restricted attribute " + vector);
            }
        });
    }

    private static List<String> restricted(Element template, String vector, List<String> names) {
        return template.children(vector).stream()
                .flatMap(one -> names.stream()
                        .flatMap(name -> one.child(name).stream())
                        .map(value -> value.name() + value.text()))
                .sorted()
                .toList();
    }

    /** While it replaces variables in it, the section is one text. */
    static Map<String, String> context(Element section) {
        StringBuilder text = new StringBuilder();
        section.children()
                .forEach(one -> text.append(text.isEmpty() ? "" : SEPARATOR)
                        .append(one.name())
                        .append('=')
                        .append(one.text()));
        Map<String, String> values = new LinkedHashMap<>();
        for (String part : text.toString().split(java.util.regex.Pattern.quote(SEPARATOR))) {
            int equals = part.indexOf('=');
            if (equals >= 0) {
                values.putIfAbsent(part.substring(0, equals), part.substring(equals + 1));
            }
        }
        return values;
    }
}

package hansa.protocols.occi.text;

import hansa.protocols.occi.AttributeDefinition;
import hansa.protocols.occi.AttributeType;
import hansa.protocols.occi.AttributeValue;
import hansa.protocols.occi.CategoryClass;
import hansa.protocols.occi.CategoryId;
import hansa.protocols.occi.CategoryReference;
import hansa.protocols.occi.Limits;
import hansa.protocols.occi.LinkReference;
import hansa.protocols.occi.OcciMessage;
import hansa.protocols.occi.OcciSyntaxException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads the values of the four OCCI fields in one pass, never going back: each character is looked at a bounded number of
 * times. Takes what peers send: separators left out or doubled, unquoted words, quotes around numbers' neighbours.
 */
final class FieldScanner {
    private final Limits limits;
    private final Names names = Names.STANDARD;
    private final List<CategoryReference> categories = new ArrayList<>(4);
    private final Map<String, AttributeValue> attributes = new LinkedHashMap<>();
    private final List<LinkReference> links = new ArrayList<>(2);
    private final List<String> locations = new ArrayList<>(0);
    private final Cursor cursor;
    private int entries;

    FieldScanner(Limits limits) {
        this.limits = limits;
        this.cursor = new Cursor(limits);
    }

    /** Characters looked at so far, for the tests that hold the scanner to linear work. */
    long steps() {
        return cursor.steps();
    }

    OcciMessage message() {
        return new OcciMessage(categories, attributes, links, locations, List.of());
    }

    /** Reads one field whose value is a stretch of a text. */
    void field(OcciField field, String text, int from, int to) throws OcciSyntaxException {
        cursor.point(text, from, to);
        while (cursor.skipListSeparators()) {
            count();
            switch (field) {
                case CATEGORY -> category();
                case LINK -> link();
                case ATTRIBUTE -> attribute();
                case LOCATION -> location();
            }
        }
    }

    private void count() throws OcciSyntaxException {
        if (++entries > limits.entries()) {
            throw cursor.fault("More than " + limits.entries() + " entries; send fewer");
        }
    }

    private void category() throws OcciSyntaxException {
        String term = cursor.word(names);
        if (term.isEmpty()) {
            throw cursor.fault("A category begins with its term, like: compute; scheme=\"…#\"; class=\"kind\"");
        }
        String scheme = "";
        Optional<CategoryClass> categoryClass = Optional.empty();
        Optional<String> title = Optional.empty();
        Optional<String> rel = Optional.empty();
        Optional<String> location = Optional.empty();
        List<AttributeDefinition> declared = List.of();
        List<CategoryId> actions = List.of();
        while (cursor.skipParameterSeparators()) {
            String name = cursor.parameterName(names);
            switch (name) {
                case "scheme" -> scheme = cursor.parameterWord(names);
                case "class" -> categoryClass = categoryClass(cursor.parameterWord(names));
                case "title" -> title = Optional.of(cursor.parameterWord(names));
                case "rel" -> rel = Optional.of(cursor.parameterWord(names));
                case "location" -> location = Optional.of(cursor.parameterWord(names));
                case "attributes" -> declared = declarations(cursor.parameterWord(names));
                case "actions" -> actions = identifiers("actions", cursor.parameterWord(names));
                default -> cursor.parameterWord(names);
            }
            count();
        }
        if (scheme.isEmpty()) {
            throw cursor.fault("The category \"" + term + "\" has no scheme; add scheme=\"…#\"");
        }
        CategoryId id = identifier(scheme, term);
        categories.add(
                title.isEmpty() && rel.isEmpty() && location.isEmpty() && declared.isEmpty() && actions.isEmpty()
                        ? CategoryReference.of(id, categoryClass)
                        : new CategoryReference(
                                id, categoryClass, title, rel, location, declared, actions, List.of(), List.of()));
    }

    private Optional<CategoryClass> categoryClass(String word) throws OcciSyntaxException {
        Optional<CategoryClass> known = CategoryClass.of(word);
        if (known.isEmpty()) {
            throw cursor.fault("The class of a category must be kind, mixin or action");
        }
        return known;
    }

    private CategoryId identifier(String scheme, String term) throws OcciSyntaxException {
        try {
            return new CategoryId(scheme.endsWith("#") ? scheme : scheme + "#", term);
        } catch (IllegalArgumentException e) {
            throw cursor.fault(String.valueOf(e.getMessage()));
        }
    }

    private void link() throws OcciSyntaxException {
        String target = cursor.angled();
        List<CategoryId> rel = List.of();
        Optional<String> self = Optional.empty();
        List<CategoryId> types = List.of();
        Map<String, AttributeValue> values = Map.of();
        while (cursor.skipParameterSeparators()) {
            String name = cursor.parameterName(names);
            switch (name) {
                case "rel" -> rel = identifiers("rel", cursor.parameterWord(names));
                case "self" -> self = Optional.of(cursor.parameterWord(names));
                case "category" -> types = identifiers("category", cursor.parameterWord(names));
                default -> {
                    if (values.isEmpty()) {
                        values = new LinkedHashMap<>();
                    }
                    values.put(cursor.attributeName(name), cursor.parameterValue());
                }
            }
            count();
        }
        links.add(new LinkReference(target, rel, self, types, values));
    }

    private void attribute() throws OcciSyntaxException {
        String name = cursor.attributeName(cursor.parameterName(names));
        attributes.put(name, cursor.attributeValue());
    }

    private void location() throws OcciSyntaxException {
        locations.add(cursor.reference());
    }

    private List<CategoryId> identifiers(String parameter, String text) throws OcciSyntaxException {
        List<CategoryId> found = new ArrayList<>(1);
        int length = text.length();
        int at = 0;
        while (at < length) {
            if (text.charAt(at) <= ' ') {
                at++;
                continue;
            }
            int from = at;
            int hash = from;
            while (at < length && text.charAt(at) > ' ') {
                hash = text.charAt(at) == '#' ? at : hash;
                at++;
            }
            if (hash == from) {
                throw cursor.fault("The parameter " + parameter + " must hold type identifiers, like "
                        + "http://schemas.ogf.org/occi/infrastructure#network");
            }
            found.add(identifier(names.of(text, from, hash + 1), names.of(text, hash + 1, at)));
            count();
        }
        return found;
    }

    private List<AttributeDefinition> declarations(String text) throws OcciSyntaxException {
        List<AttributeDefinition> found = new ArrayList<>();
        int length = text.length();
        int at = 0;
        while (at < length) {
            if (text.charAt(at) <= ' ') {
                at++;
                continue;
            }
            int from = at;
            while (at < length && text.charAt(at) > ' ' && text.charAt(at) != '{') {
                at++;
            }
            String name = cursor.attributeName(names.of(text, from, at));
            AttributeDefinition declared = AttributeDefinition.attribute(name, AttributeType.STRING, "");
            if (at < length && text.charAt(at) == '{') {
                int close = text.indexOf('}', at);
                if (close < 0) {
                    throw cursor.fault("The properties of the attribute " + name + " must end in '}'");
                }
                String properties = text.substring(at + 1, close);
                declared = properties.contains("immutable") ? declared.readOnly() : declared;
                declared = properties.contains("required") ? declared.asRequired() : declared;
                at = close + 1;
            }
            found.add(declared);
            count();
        }
        return found;
    }
}

package hansa.drivers.ec2;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The parameters of one request. Built by one thread, read by any number. */
final class Form {

    private final String action;
    private final List<Map.Entry<String, String>> parameters = new ArrayList<>();
    private int filters;
    private int tagged;

    private Form(String action) {
        this.action = action;
    }

    static Form of(String action) {
        return new Form(action);
    }

    String action() {
        return action;
    }

    Form with(String name, String value) {
        parameters.add(Map.entry(name, value));
        return this;
    }

    Form with(String name, long value) {
        return with(name, Long.toString(value));
    }

    /** {@code name.1}, {@code name.2} … */
    Form list(String name, List<String> values) {
        for (int i = 0; i < values.size(); i++) {
            with(name + "." + (i + 1), values.get(i));
        }
        return this;
    }

    /** Only what has one of the values. */
    Form filter(String name, String... values) {
        filters++;
        with("Filter." + filters + ".Name", name);
        return list("Filter." + filters + ".Value", List.of(values));
    }

    /** Tags of what is made. */
    Form tagging(String resourceType, Map<String, String> tags) {
        tagged++;
        with("TagSpecification." + tagged + ".ResourceType", resourceType);
        return tags("TagSpecification." + tagged + ".Tag", tags);
    }

    Form tags(String name, Map<String, String> tags) {
        int number = 0;
        for (Map.Entry<String, String> tag : tags.entrySet()) {
            number++;
            with(name + "." + number + ".Key", tag.getKey());
            with(name + "." + number + ".Value", tag.getValue());
        }
        return this;
    }

    /** Another one with the same parameters and more. */
    Form copy() {
        Form copy = new Form(action);
        copy.parameters.addAll(parameters);
        copy.filters = filters;
        copy.tagged = tagged;
        return copy;
    }

    byte[] body(String version) {
        String rest = parameters.stream()
                .map(one -> "&" + encoded(one.getKey()) + "=" + encoded(one.getValue()))
                .collect(Collectors.joining());
        return ("Action=" + encoded(action) + "&Version=" + encoded(version) + rest)
                .getBytes(StandardCharsets.US_ASCII);
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    /** The action alone: parameters may hold secrets. */
    @Override
    public String toString() {
        return action;
    }
}

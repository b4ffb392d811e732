package hansa.drivers.ec2;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/** A request, read as strictly as the API reference allows: what it does not know is refused. */
final class StubRequest {

    /** By action, what the reference of EC2 lists, with N for numbers of lists. */
    private static final Map<String, Set<String>> KNOWN = known();

    private final Map<String, String> parameters = new TreeMap<>();

    private static Map<String, Set<String>> known() {
        try (InputStream file =
                Objects.requireNonNull(StubRequest.class.getResourceAsStream("actions-2016-11-15.tsv"))) {
            return new String(file.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.startsWith("#"))
                    .map(line -> line.split("\t"))
                    .collect(Collectors.toMap(line -> line[0], line -> Set.of(line[1].split(" "))));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    StubRequest(String body) {
        for (String pair : body.split("&")) {
            String[] parts = pair.split("=", 2);
            if (parameters.put(decoded(parts[0]), decoded(parts[1])) != null) {
                throw new StubRefusal("InvalidParameterCombination", parts[0] + " is there twice");
            }
        }
        if (!text("Version").equals("2016-11-15")) {
            throw new StubRefusal("NoSuchVersion", "The requested version is not known");
        }
        Set<String> known = Optional.ofNullable(KNOWN.get(action()))
                .orElseThrow(() -> new StubRefusal("InvalidAction", "The action " + action() + " is not valid"));
        for (String name : parameters.keySet()) {
            String pattern = name.replaceAll("\\.\\d+(?=\\.|$)", ".N");
            if (!pattern.equals("Action") && !pattern.equals("Version") && !known.contains(pattern)) {
                throw new StubRefusal("UnknownParameter", "The parameter " + name + " is not recognized");
            }
        }
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }

    String action() {
        return text("Action");
    }

    String text(String name) {
        return optional(name)
                .orElseThrow(
                        () -> new StubRefusal("MissingParameter", "The request must contain the parameter " + name));
    }

    Optional<String> optional(String name) {
        return Optional.ofNullable(parameters.get(name));
    }

    int number(String name) {
        return Integer.parseInt(text(name));
    }

    boolean has(String start) {
        return parameters.keySet().stream().anyMatch(name -> name.startsWith(start));
    }

    List<String> list(String name) {
        return each(name + ".", this::text);
    }

    /** What is read of {@code start1}, {@code start2} … */
    <T> List<T> each(String start, Function<String, T> read) {
        List<T> all = new ArrayList<>();
        for (int i = 1; hasOne(start + i); i++) {
            all.add(read.apply(start + i));
        }
        return all;
    }

    private boolean hasOne(String name) {
        return parameters.containsKey(name) || has(name + ".");
    }

    Map<String, List<String>> filters() {
        Map<String, List<String>> filters = new LinkedHashMap<>();
        each("Filter.", start -> filters.put(text(start + ".Name"), list(start + ".Value")));
        return filters;
    }

    Map<String, String> tags(String name) {
        Map<String, String> tags = new LinkedHashMap<>();
        each(
                name + ".",
                start -> tags.put(
                        text(start + ".Key"), optional(start + ".Value").orElse("")));
        tags.values().forEach(value -> {
            if (value.length() > 256) {
                throw new StubRefusal(
                        "InvalidParameterValue", "Tag value exceeds the maximum length of 256 characters");
            }
        });
        return tags;
    }

    /** The tags of what is made, where they are for that type. */
    Map<String, String> tagging(String type) {
        Map<String, String> tags = new LinkedHashMap<>();
        each("TagSpecification.", start -> {
            if (!text(start + ".ResourceType").equals(type)) {
                throw new StubRefusal(
                        "InvalidParameterValue", "'" + text(start + ".ResourceType") + "' is not valid here");
            }
            tags.putAll(tags(start + ".Tag"));
            return start;
        });
        return tags;
    }

    /** All that was asked, for comparing repeated requests. */
    Map<String, String> all() {
        return Map.copyOf(parameters);
    }
}

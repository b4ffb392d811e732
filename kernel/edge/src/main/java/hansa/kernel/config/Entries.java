package hansa.kernel.config;

import hansa.kernel.base.Nearest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** What was written, and its reading by the types of the keys. Every message names the place and the key. */
final class Entries {

    private final Map<String, Entry> byKey;
    private final SecretText secrets;

    Entries(Map<String, Entry> byKey, SecretText secrets) {
        this.byKey = byKey;
        this.secrets = secrets;
    }

    void refuseUnknownKeys(List<Key<?>> keys, List<Section> sections) throws ConfigurationException {
        List<String> known = keys.stream().map(Key::name).toList();
        for (Map.Entry<String, Entry> entry : byKey.entrySet()) {
            String name = entry.getKey();
            if (!known.contains(name) && sections.stream().noneMatch(section -> section.knows(name))) {
                throw new ConfigurationException(entry.getValue().place() + ": there is no key \"" + shortened(name)
                        + "\"; " + hint(shortened(name), known, sections));
            }
        }
    }

    private static String hint(String name, List<String> known, List<Section> sections) {
        Optional<Section> meant =
                sections.stream().filter(section -> section.isMeant(name)).findFirst();
        if (meant.isPresent() && !meant.get().holds(name)) {
            return meant.get().hint();
        }
        return meant.map(section -> section.nearest(name))
                .orElseGet(() -> Nearest.to(name, known))
                .map(nearest -> "did you mean \"" + nearest + "\"?")
                .orElse("docs/configuration.md lists all keys");
    }

    <T> T value(Key<T> key) throws ConfigurationException {
        Optional<T> set = find(key);
        return set.isPresent()
                ? set.get()
                : key.type().parse().apply(key.fallback().orElseThrow());
    }

    <T> Optional<T> find(Key<T> key) throws ConfigurationException {
        Entry entry = byKey.get(key.name());
        if (entry == null) {
            return Optional.empty();
        }
        if (entry.text().isEmpty() && key.fallback().filter(String::isEmpty).isEmpty()) {
            throw new ConfigurationException(entry.place() + ": \"" + key.name() + "\" has no value; it must be "
                    + key.type().expected());
        }
        String text = key.type().masked() ? resolved(key, entry) : entry.text();
        try {
            return Optional.of(key.type().parse().apply(text));
        } catch (IllegalArgumentException | ArithmeticException e) {
            String shown = key.type().masked() ? "***" : shortened(entry.text());
            throw new ConfigurationException(
                    entry.place() + ": \"" + key.name() + "\" is \"" + shown + "\"; it must be "
                            + key.type().expected(),
                    e);
        }
    }

    private String resolved(Key<?> key, Entry entry) throws ConfigurationException {
        try {
            return secrets.resolve(entry.text());
        } catch (IllegalArgumentException e) {
            throw new ConfigurationException(entry.place() + ": \"" + key.name() + "\": " + e.getMessage(), e);
        }
    }

    private static String shortened(String text) {
        return text.length() > 100 ? text.substring(0, 100) + "…" : text;
    }

    String place(Key<?> key) {
        Entry entry = byKey.get(key.name());
        return entry == null ? "default" : entry.place();
    }

    /** The things that a section describes, in the order of their names. */
    List<Named> named(Section section) throws ConfigurationException {
        Map<String, Map<String, Entry>> byName = new TreeMap<>();
        for (Map.Entry<String, Entry> entry : byKey.entrySet()) {
            if (section.holds(entry.getKey())) {
                String name = section.nameIn(entry.getKey());
                if (!Section.isName(name)) {
                    throw new ConfigurationException(entry.getValue().place() + ": \"" + shortened(name)
                            + "\" is no name for " + section.one()
                            + "; it must be 1 to 63 of a-z, 0-9 and -, starting with a letter");
                }
                byName.computeIfAbsent(name, _ -> new TreeMap<>()).put(section.keyIn(entry.getKey()), entry.getValue());
            }
        }
        List<Named> all = new ArrayList<>();
        byName.forEach((name, settings) -> all.add(new Named(section, name, settings)));
        return all;
    }

    /** One thing of a section, and what was set for it. */
    final class Named {

        private final Section section;
        private final String name;
        private final Map<String, Entry> settings;

        private Named(Section section, String name, Map<String, Entry> settings) {
            this.section = section;
            this.name = name;
            this.settings = settings;
        }

        String name() {
            return name;
        }

        Map<String, Entry> settings() {
            return settings;
        }

        <T> T value(Key<T> key) throws ConfigurationException {
            return Entries.this.value(key.below(section.below(name)));
        }

        <T> Optional<T> find(Key<T> key) throws ConfigurationException {
            return Entries.this.find(key.below(section.below(name)));
        }

        <T> T required(Key<T> key) throws ConfigurationException {
            Optional<T> set = settings.containsKey(key.name()) ? find(key) : Optional.empty();
            if (set.isPresent()) {
                return set.get();
            }
            String place = settings.values().stream()
                    .map(Entry::place)
                    .sorted()
                    .findFirst()
                    .orElse("");
            throw new ConfigurationException(
                    place + ": the " + section.noun() + " \"" + name + "\" has no " + key.name()
                            + "; set " + section.below(name) + key.name() + ", for example to "
                            + key.example().orElse(key.type().expected()));
        }
    }
}

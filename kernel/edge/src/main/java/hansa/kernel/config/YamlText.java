package hansa.kernel.config;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/**
 * Flattens YAML to dotted keys with the texts as they were written, so that no value changes its type on the way:
 * {@code no} stays {@code no}. Lists become texts with commas.
 */
final class YamlText {

    private static final int LONGEST = 1024 * 1024;

    private final String file;
    private final Map<String, Entry> entries = new LinkedHashMap<>();

    private YamlText(String file) {
        this.file = file;
    }

    static Map<String, Entry> read(String text, String file) throws ConfigurationException {
        YamlText yaml = new YamlText(file);
        LoadSettings settings =
                LoadSettings.builder().setLabel(file).setCodePointLimit(LONGEST).build();
        try {
            Optional<Node> root = new Compose(settings).composeString(text);
            if (root.isPresent()) {
                yaml.flatten("", root.get());
            }
        } catch (MarkedYamlEngineException e) {
            String line = e.getProblemMark().map(YamlText::line).orElse("");
            throw new ConfigurationException(file + line + ": this is not YAML: " + e.getProblem(), e);
        } catch (YamlEngineException e) {
            throw new ConfigurationException(file + ": this is not YAML: " + firstLine(e), e);
        } catch (StackOverflowError e) {
            throw new ConfigurationException(file + ": it is nested too deeply", e);
        }
        return yaml.entries;
    }

    private static String firstLine(Exception e) {
        return String.valueOf(e.getMessage()).lines().findFirst().orElse("");
    }

    private void flatten(String key, Node node) throws ConfigurationException {
        if (node.getAnchor().isPresent()) {
            throw new ConfigurationException(
                    place(node) + ": anchors are not taken here; write the value out where it is used");
        }
        switch (node) {
            case MappingNode mapping -> {
                for (NodeTuple tuple : mapping.getValue()) {
                    String name = name(tuple.getKeyNode());
                    flatten(key.isEmpty() ? name : key + "." + name, tuple.getValueNode());
                }
            }
            case ScalarNode scalar -> put(key, scalar.getValue(), scalar);
            case SequenceNode sequence -> {
                List<String> texts = new ArrayList<>();
                for (Node item : sequence.getValue()) {
                    if (!(item instanceof ScalarNode scalar)
                            || scalar.getValue().indexOf(',') >= 0) {
                        throw new ConfigurationException(place(item) + ": the list \"" + key
                                + "\" holds something else than texts without commas");
                    }
                    texts.add(scalar.getValue());
                }
                put(key, String.join(",", texts), sequence);
            }
            default -> throw new ConfigurationException(place(node) + ": this is no key with a value");
        }
    }

    private String name(Node node) throws ConfigurationException {
        if (node instanceof ScalarNode scalar && !scalar.getValue().isBlank()) {
            return scalar.getValue();
        }
        throw new ConfigurationException(place(node) + ": a key must be a text");
    }

    private void put(String key, String text, Node node) throws ConfigurationException {
        if (key.isEmpty()) {
            throw new ConfigurationException(place(node) + ": keys with values are expected, such as site.name: mine");
        }
        Entry before = entries.putIfAbsent(key, new Entry(text, place(node)));
        if (before != null) {
            throw new ConfigurationException(
                    place(node) + ": \"" + key + "\" is set twice, first at " + before.place());
        }
    }

    private String place(Node node) {
        return file + node.getStartMark().map(YamlText::line).orElse("");
    }

    private static String line(Mark mark) {
        return " line " + (mark.getLine() + 1);
    }
}

package hansa.protocols.occi.text;

import hansa.protocols.occi.AttributeDefinition;
import hansa.protocols.occi.Category;
import hansa.protocols.occi.Model;
import hansa.protocols.occi.Profile;
import hansa.protocols.occi.extension.Core;
import hansa.protocols.occi.extension.Infrastructure;
import hansa.protocols.occi.extension.OpenStackExtension;
import hansa.protocols.occi.extension.ResourceTemplates;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The words that nearly every message is made of, found by a stretch of text without making a string of it first. What is
 * found brings its hash code along, which every look-up after that wants.
 */
final class Names {
    static final Names STANDARD = standard();

    private static final String FREE = "";

    private final String[] table;

    private Names(Collection<String> words) {
        table = new String[Integer.highestOneBit(Math.max(8, words.size())) * 4];
        Arrays.fill(table, FREE);
        for (String word : words) {
            int slot = slot(word.hashCode());
            while (!table[slot].isEmpty()) {
                slot = (slot + 1) & (table.length - 1);
            }
            table[slot] = word;
        }
    }

    /** The stretch as a string. Only the first few slots are looked at, so that no input can make this slow. */
    String of(String text, int from, int to) {
        int hash = 0;
        for (int i = from; i < to; i++) {
            hash = 31 * hash + text.charAt(i);
        }
        int length = to - from;
        int slot = slot(hash);
        for (int probe = 0; probe < 4; probe++) {
            String word = table[slot];
            if (word.isEmpty()) {
                break;
            }
            if (word.length() == length && word.hashCode() == hash && text.startsWith(word, from)) {
                return word;
            }
            slot = (slot + 1) & (table.length - 1);
        }
        return text.substring(from, to);
    }

    private int slot(int hash) {
        return (hash ^ (hash >>> 15)) & (table.length - 1);
    }

    private static Names standard() {
        Model model = Model.builder()
                .add(Core.extension(Profile.COMPATIBLE))
                .add(Infrastructure.extension(Profile.COMPATIBLE))
                .add(ResourceTemplates.extension())
                .add(OpenStackExtension.extension())
                .build();
        Set<String> words = new HashSet<>(
                List.of("scheme", "class", "title", "rel", "location", "attributes", "actions", "self", "category"));
        for (Category category : model.categories()) {
            words.add(category.id().scheme());
            words.add(category.id().term());
            for (AttributeDefinition attribute : category.attributes()) {
                words.add(attribute.name());
            }
        }
        return new Names(words);
    }
}

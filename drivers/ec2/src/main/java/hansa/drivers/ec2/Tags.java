package hansa.drivers.ec2;

import hansa.cloud.Token;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The keys of our tags.
 *
 * @param prefix of all of them
 */
record Tags(String prefix) {

    static final String NAME = "Name";
    static final int LONGEST_VALUE = 256;

    /** The token of what carries it. */
    String token() {
        return prefix + "-token";
    }

    /** GiB that a machine's root disk was ordered with. */
    String disk() {
        return prefix + "-disk";
    }

    /** What is to be plugged into a machine before it is whole. */
    String open() {
        return prefix + "-open";
    }

    /** What is to be told of a machine. */
    String note() {
        return prefix + "-note";
    }

    /** The token that was taken away from a machine which was made with it. */
    String released() {
        return prefix + "-released";
    }

    /** What a snapshot is to its volume. */
    String kind() {
        return prefix + "-kind";
    }

    /** The machine that an address is for. */
    String machine() {
        return prefix + "-machine";
    }

    /** The subnet that a security group is for. */
    String subnet() {
        return prefix + "-subnet";
    }

    Map<String, String> of(Token token, String name) {
        Map<String, String> tags = new LinkedHashMap<>();
        tags.put(token(), token.value());
        tags.put(NAME, name);
        return tags;
    }

    Optional<Token> tokenOf(Map<String, String> tags) {
        return Optional.ofNullable(tags.get(token()))
                .filter(value -> value.matches("[a-z0-9-]{1,64}"))
                .map(Token::new);
    }

    static Map<String, String> read(Element thing) {
        Map<String, String> tags = new LinkedHashMap<>();
        for (Element tag : thing.items("tagSet")) {
            tags.put(tag.text("key"), tag.child("value").text());
        }
        return tags;
    }
}

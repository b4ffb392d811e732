package hansa.drivers.ec2;

import hansa.cloud.Token;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
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
    private static final int LONGEST_CLIENT_TOKEN = 64;

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

    /** The machine that an address, a point or a disk is for. */
    String machine() {
        return prefix + "-machine";
    }

    /** The subnet that a security group is for. */
    String subnet() {
        return prefix + "-subnet";
    }

    /** The token of the image that a snapshot is the content of. */
    String upload() {
        return prefix + "-upload";
    }

    /** The image that a snapshot is to be deleted with. */
    String image() {
        return prefix + "-image";
    }

    /** How many bytes an image has; its snapshot has whole GiB. */
    String bytes() {
        return prefix + "-bytes";
    }

    /** What a placement group is for. */
    String group() {
        return prefix + "-group";
    }

    /** The token of a point that a machine can return to, at the snapshot of its root disk. */
    String point() {
        return prefix + "-point";
    }

    /** That a machine has such points. */
    String points() {
        return prefix + "-points";
    }

    /** What a machine is returning to. */
    String returning() {
        return prefix + "-returning";
    }

    /** Which return a root disk is exchanged in. */
    String root() {
        return prefix + "-root";
    }

    Optional<Token> pointOf(Map<String, String> tags) {
        return tokenAt(point(), tags);
    }

    /** The name that EC2 knows the image of a token by. */
    String imageName(Token token) {
        return prefix + "-" + token.value();
    }

    Map<String, String> of(Token token, String name) {
        Map<String, String> tags = new LinkedHashMap<>();
        tags.put(token(), token.value());
        tags.put(NAME, name);
        return tags;
    }

    Optional<Token> tokenOf(Map<String, String> tags) {
        return tokenAt(token(), tags);
    }

    private static Optional<Token> tokenAt(String key, Map<String, String> tags) {
        return Optional.ofNullable(tags.get(key))
                .filter(value -> value.matches("[a-z0-9-]{1,64}"))
                .map(Token::new);
    }

    /**
     * The client token of what is made with a token for the nth time, from 0: recognisable where it fits into the 64 characters
     * that EC2 takes. Two installations that share an account do not share these.
     */
    String clientToken(Token token, int attempt) {
        String plain = prefix + "-" + token.value() + (attempt == 0 ? "" : "-" + attempt + "-again");
        if (plain.length() <= LONGEST_CLIENT_TOKEN) {
            return plain;
        }
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(plain.getBytes(StandardCharsets.US_ASCII));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this Java has no SHA-256", e);
        }
    }

    static Map<String, String> read(Element thing) {
        Map<String, String> tags = new LinkedHashMap<>();
        for (Element tag : thing.items("tagSet")) {
            tags.put(tag.text("key"), tag.child("value").text());
        }
        return tags;
    }
}

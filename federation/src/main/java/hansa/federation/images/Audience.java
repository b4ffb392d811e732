package hansa.federation.images;

import hansa.federation.caller.Caller;
import hansa.kernel.base.ErrorCode;
import hansa.kernel.base.Failure;
import hansa.protocols.voms.Fqan;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Who uses an image beside its owner and the operators.
 *
 * @param text empty for nobody, {@code *} for everybody, or the path of the group whose members do, like {@code /vo} or {@code /vo/group}
 */
public record Audience(String text) {

    public static final Audience NOBODY = new Audience("");
    public static final Audience EVERYBODY = new Audience("*");

    public Audience {
        if (!text.isEmpty() && !text.equals("*")) {
            // It checks what it is given.
            Fqan.member(text);
        }
    }

    /** @throws Failure {@code attribute.invalid} where it is no path of a group */
    public static Audience members(String group) {
        try {
            return new Audience(Fqan.member(group).group());
        } catch (IllegalArgumentException e) {
            throw new Failure(
                    ErrorCode.ATTRIBUTE_INVALID,
                    "A group with which an image is shared is like /vo or /vo/group; this is none.",
                    e);
        }
    }

    /** The members of the virtual organisation, if any; nobody else. */
    static Audience of(Optional<String> vo) {
        return vo.map(name -> new Audience("/" + name)).orElse(NOBODY);
    }

    public boolean isEverybody() {
        return equals(EVERYBODY);
    }

    /** The virtual organisation whose members they are, all or some. */
    public Optional<String> vo() {
        return group().map(path -> Fqan.member(path).vo());
    }

    /** The path of the group whose members they are; that of a whole virtual organisation is its name behind a slash. */
    public Optional<String> group() {
        return text.startsWith("/") ? Optional.of(text) : Optional.empty();
    }

    /** Whether they are only some of the members of their virtual organisation. */
    boolean isNarrow() {
        return text.indexOf('/', 1) > 0;
    }

    /** The texts of all to which the caller belongs. */
    static List<String> of(Caller caller) {
        Set<String> texts = new LinkedHashSet<>(List.of(EVERYBODY.text()));
        for (Fqan fqan : caller.fqans()) {
            for (int end = fqan.group().length(); end > 0; end = fqan.group().lastIndexOf('/', end - 1)) {
                texts.add(fqan.group().substring(0, end));
            }
        }
        return new ArrayList<>(texts);
    }

    @Override
    public String toString() {
        return text;
    }
}

package hansa.drivers.opennebula;

import hansa.cloud.BootContext;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.stream.Stream;

/** The section {@code CONTEXT}, of which OpenNebula makes the small disk that its guests read. */
final class GuestContext {

    private static final String SEPARATOR = "@^_^@";

    private GuestContext() {}

    /** Who reads user data in the guests. */
    enum Kind {
        CLOUD_INIT("cloud-init"),
        ONE_CONTEXT("one-context"),
        BOTH("both");

        private final String word;

        Kind(String word) {
            this.word = word;
        }

        static Kind of(String word) {
            return Stream.of(values())
                    .filter(kind -> kind.word.equals(word))
                    .findFirst()
                    .orElseThrow(() -> new IllegalArgumentException(
                            "'context' is cloud-init, one-context or both, not '" + word + "'"));
        }
    }

    static SequencedMap<String, String> of(BootContext context, Kind kind) {
        SequencedMap<String, String> section = new LinkedHashMap<>();
        section.put("NETWORK", "YES");
        context.hostname().filter(GuestContext::isHarmless).ifPresent(name -> section.put("SET_HOSTNAME", name));
        List<String> keys = context.sshKeys().stream()
                .map(GuestContext::key)
                .flatMap(Optional::stream)
                .toList();
        if (!keys.isEmpty()) {
            section.put("SSH_PUBLIC_KEY", String.join("\n", keys));
        }
        context.userData().ifPresent(data -> {
            byte[] bytes = data.toArray();
            String base64 = Base64.getEncoder().encodeToString(bytes);
            if (kind != Kind.ONE_CONTEXT) {
                section.put("USER_DATA", base64);
                section.put("USERDATA_ENCODING", "base64");
            }
            if (kind != Kind.CLOUD_INIT && bytes.length > 1 && bytes[0] == '#' && bytes[1] == '!') {
                section.put("START_SCRIPT_BASE64", base64);
            }
        });
        return section;
    }

    /**
     * OpenNebula replaces {@code $WORD} in this section by what it knows under that name, and while it does so all variables are
     * one text with {@link #SEPARATOR} between them. So a key's comment that holds either is left out, and a key that does too.
     */
    private static Optional<String> key(String line) {
        String whole = line.strip();
        if (isHarmless(whole)) {
            return Optional.of(whole);
        }
        String[] parts = whole.split("\\s+", 3);
        return parts.length > 1 && isHarmless(parts[0]) && isHarmless(parts[1])
                ? Optional.of(parts[0] + " " + parts[1])
                : Optional.empty();
    }

    private static boolean isHarmless(String text) {
        return text.indexOf('$') < 0 && text.indexOf('\n') < 0 && !text.contains(SEPARATOR);
    }
}

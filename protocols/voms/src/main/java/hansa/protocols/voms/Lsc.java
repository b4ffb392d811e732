package hansa.protocols.voms;

import java.util.ArrayList;
import java.util.List;

/**
 * Which certificates a server of a virtual organisation signs with, by names only: an {@code .lsc} file. A chain is the
 * name of the server, then that of its authority, then that of the authority's authority, and so on.
 *
 * @param chains one or more, each of two names or more, in slash form
 */
public record Lsc(List<List<String>> chains) {

    private static final int MOST_CHARACTERS = 1 << 16;
    private static final int MOST_NAMES = 16;
    private static final String NEXT = "NEXT CHAIN";

    public Lsc {
        chains = chains.stream().map(List::copyOf).toList();
        if (chains.isEmpty() || chains.stream().anyMatch(chain -> chain.size() < 2 || chain.size() > MOST_NAMES)) {
            throw new IllegalArgumentException("A chain has the name of a server and that of its authority");
        }
    }

    /**
     * Empty lines and those that begin with {@code #} mean nothing; chains are parted by a line with dashes and
     * {@code NEXT CHAIN}.
     *
     * @throws VomsSyntaxException if it holds no chain
     */
    public static Lsc parse(String text) throws VomsSyntaxException {
        if (text.length() > MOST_CHARACTERS) {
            throw new VomsSyntaxException("An .lsc file has at most " + MOST_CHARACTERS + " characters");
        }
        List<List<String>> chains = new ArrayList<>();
        List<String> chain = new ArrayList<>();
        for (String line : text.lines().map(String::strip).toList()) {
            if (line.contains(NEXT) && line.startsWith("-")) {
                chains.add(chain);
                chain = new ArrayList<>();
            } else if (line.startsWith("/")) {
                chain.add(SlashName.normal(line));
            } else if (!line.isEmpty() && !line.startsWith("#")) {
                throw new VomsSyntaxException("A line of an .lsc file begins with /, # or -");
            }
        }
        chains.add(chain);
        try {
            return new Lsc(chains);
        } catch (IllegalArgumentException e) {
            throw new VomsSyntaxException(String.valueOf(e.getMessage()), e);
        }
    }

    /**
     * Whether a server with these names is meant.
     *
     * @param names of the server's certificate and of its issuers upwards, in slash form; a chain is meant if its names
     *     are the first of them
     */
    public boolean allows(List<String> names) {
        List<String> normal = names.stream().map(SlashName::normal).toList();
        return chains.stream()
                .anyMatch(chain -> chain.size() <= normal.size() && chain.equals(normal.subList(0, chain.size())));
    }

    /** The text of the file. */
    @Override
    public String toString() {
        return String.join(
                "------ " + NEXT + " ------\n",
                chains.stream().map(chain -> String.join("\n", chain) + "\n").toList());
    }
}

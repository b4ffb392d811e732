package hansa.protocols.voms;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A line of a client's {@code vomses} file: where a virtual organisation has a server.
 *
 * @param alias what users call it
 * @param port 1 to 65535
 * @param dn of the server's certificate, in slash form
 */
public record VomsesEntry(String alias, String host, int port, String dn, String vo) {

    private static final int LONGEST_LINE = 4096;
    private static final Pattern QUOTED = Pattern.compile("\"([^\"]*)\"");

    public VomsesEntry {
        if (alias.isBlank() || host.isBlank() || !dn.startsWith("/") || vo.isBlank()) {
            throw new IllegalArgumentException("A server has an alias, a host, a name like /O=…, and an organisation");
        }
        if (port < 1 || port > 65_535) {
            throw new IllegalArgumentException("A port is 1 to 65535, not " + port);
        }
        if ((alias + host + dn + vo).chars().anyMatch(c -> c == '"' || c < ' ')) {
            throw new IllegalArgumentException("Neither quotes nor control characters may stand in an entry");
        }
    }

    /** @throws VomsSyntaxException if the line is not {@code "alias" "host" "port" "dn" "vo"}, more may follow */
    public static VomsesEntry parse(String line) throws VomsSyntaxException {
        if (line.length() > LONGEST_LINE) {
            throw new VomsSyntaxException("A line has at most " + LONGEST_LINE + " characters");
        }
        List<String> parts = new ArrayList<>();
        Matcher quoted = QUOTED.matcher(line);
        while (quoted.find()) {
            parts.add(quoted.group(1).strip());
        }
        if (parts.size() < 5) {
            throw new VomsSyntaxException("A line is like \"alias\" \"host\" \"port\" \"dn\" \"vo\"");
        }
        try {
            return new VomsesEntry(
                    parts.get(0), parts.get(1), Integer.parseInt(parts.get(2)), parts.get(3), parts.get(4));
        } catch (IllegalArgumentException e) {
            throw new VomsSyntaxException(String.valueOf(e.getMessage()), e);
        }
    }

    /** All entries of a file; empty lines and those that begin with {@code #} mean nothing. */
    public static List<VomsesEntry> parseAll(String text) throws VomsSyntaxException {
        List<VomsesEntry> entries = new ArrayList<>();
        for (String line : text.lines().map(String::strip).toList()) {
            if (!line.isEmpty() && !line.startsWith("#")) {
                entries.add(parse(line));
            }
        }
        return entries;
    }

    /** The line. */
    @Override
    public String toString() {
        return "\"" + alias + "\" \"" + host + "\" \"" + port + "\" \"" + dn + "\" \"" + vo + "\"";
    }
}

package hansa.protocols.voms;

/**
 * Which server speaks for which virtual organisation: {@code vo://host:port} (GFD.182 §3.4.2).
 *
 * @param port 0 to 65535
 */
public record PolicyAuthority(String vo, String host, int port) {

    private static final int LONGEST = 512;
    private static final String BETWEEN = "://";

    public PolicyAuthority {
        if (!isPlain(vo) || vo.indexOf('/') >= 0 || !isPlain(host) || port < 0 || port > 65_535) {
            throw new IllegalArgumentException("A policy authority is like vo://host:port");
        }
    }

    /** @throws IllegalArgumentException if the text is something else */
    public static PolicyAuthority parse(String text) {
        int host = text.indexOf(BETWEEN);
        int port = text.lastIndexOf(':');
        if (text.length() > LONGEST || host < 0 || port <= host) {
            throw new IllegalArgumentException("A policy authority is like vo://host:port");
        }
        return new PolicyAuthority(
                text.substring(0, host),
                text.substring(host + BETWEEN.length(), port),
                Integer.parseInt(text.substring(port + 1)));
    }

    @Override
    public String toString() {
        return vo + BETWEEN + host + ":" + port;
    }

    private static boolean isPlain(String text) {
        return !text.isEmpty() && text.chars().allMatch(c -> c > ' ' && c < 0x7f);
    }
}

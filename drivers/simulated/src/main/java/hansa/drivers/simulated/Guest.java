package hansa.drivers.simulated;

import hansa.cloud.BootContext;
import hansa.cloud.Bytes;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The operating system that a simulated machine pretends to run: it knows its name, runs the {@code echo} lines of its
 * user data and prints on its console. The console's text follows from what happened, so only the happenings are kept.
 *
 * @param echoes what the user data prints at every boot
 * @param dropped bytes of console text that belonged to happenings no longer kept
 */
record Guest(String hostname, List<String> echoes, List<Happening> happenings, long dropped) {

    private static final int KEPT_HAPPENINGS = 32;
    private static final int MAX_ECHOES = 64;
    private static final int MAX_ECHO_LENGTH = 256;
    private static final Pattern ECHO = Pattern.compile(
            "\\s*echo\\s+(?:\"([^\"$`\\\\]*)\"|'([^']*)'|([^\"'$`\\\\;&|<>]*))\\s*(?:>\\s*/dev/\\S+)?\\s*");

    Guest {
        echoes = List.copyOf(echoes);
        happenings = List.copyOf(happenings);
    }

    /** Something that left lines on the console. */
    record Happening(Step.Prints prints, Instant at, List<String> addresses) {}

    static Guest of(String machine, BootContext context) {
        return new Guest(
                context.hostname().orElse(machine),
                context.userData().map(Guest::echoesOf).orElse(List.of()),
                List.of(),
                0);
    }

    private static List<String> echoesOf(Bytes userData) {
        String script = userData.asUtf8();
        if (!script.startsWith("#!")) {
            return List.of();
        }
        return script.lines()
                .filter(line -> line.length() <= MAX_ECHO_LENGTH)
                .map(ECHO::matcher)
                .filter(Matcher::matches)
                .limit(MAX_ECHOES)
                .map(Guest::echoed)
                .toList();
    }

    private static String echoed(Matcher echo) {
        return Optional.ofNullable(echo.group(1))
                .or(() -> Optional.ofNullable(echo.group(2)))
                .orElseGet(() -> Optional.ofNullable(echo.group(3)).orElse(""))
                .strip();
    }

    Guest after(Step.Prints prints, Instant at, List<String> addresses) {
        if (prints == Step.Prints.NOTHING) {
            return this;
        }
        List<Happening> longer = new ArrayList<>(happenings);
        longer.add(new Happening(prints, at, List.copyOf(addresses)));
        long nowDropped = dropped;
        while (longer.size() > KEPT_HAPPENINGS) {
            nowDropped += text(longer.removeFirst()).length;
        }
        return new Guest(hostname, echoes, longer, nowDropped);
    }

    /** Everything that is still kept of the console's text; its first byte has the offset {@link #dropped}. */
    byte[] console() {
        var whole = new java.io.ByteArrayOutputStream();
        happenings.forEach(happening -> whole.writeBytes(text(happening)));
        return whole.toByteArray();
    }

    private byte[] text(Happening happening) {
        String lines = switch (happening.prints()) {
            case NOTHING -> "";
            case BOOT -> booting(happening);
            case HALT -> "[   60.000000] reboot: Power down\n";
        };
        return lines.getBytes(StandardCharsets.UTF_8);
    }

    private String booting(Happening boot) {
        StringBuilder lines = new StringBuilder();
        lines.append("[    0.000000] Simulated machine, started ")
                .append(boot.at())
                .append('\n');
        lines.append("[    0.100000] Mounted root file system\n");
        int interfaces = 0;
        for (String address : boot.addresses()) {
            lines.append("eth")
                    .append(interfaces++)
                    .append(": ")
                    .append(address)
                    .append('\n');
        }
        echoes.forEach(echo -> lines.append(echo).append('\n'));
        return lines.append('\n').append(hostname).append(" login: \n").toString();
    }
}

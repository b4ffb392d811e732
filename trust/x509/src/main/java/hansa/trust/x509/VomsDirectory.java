package hansa.trust.x509;

import hansa.protocols.voms.Lsc;
import hansa.protocols.voms.VomsSyntaxException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Which servers may speak for which virtual organisation: {@code VO/HOST.lsc}. Immutable; thread-safe. */
final class VomsDirectory {

    private static final Logger LOG = LoggerFactory.getLogger(VomsDirectory.class);
    private static final String SUFFIX = ".lsc";
    private static final long LARGEST = 1 << 16;

    private record Server(String vo, String host) {}

    private final Map<Server, Lsc> servers = new HashMap<>();

    private VomsDirectory(Path folder) throws IOException {
        for (Path organisation : within(folder)) {
            if (Files.isDirectory(organisation)) {
                for (Path file : within(organisation)) {
                    if (file.getFileName().toString().endsWith(SUFFIX)) {
                        add(organisation.getFileName().toString(), file);
                    }
                }
            }
        }
        LOG.info("{} VOMS servers are trusted, after {}", servers.size(), folder);
    }

    static VomsDirectory read(Path folder) throws IOException {
        return new VomsDirectory(folder);
    }

    private static List<Path> within(Path folder) throws IOException {
        try (Stream<Path> all = Files.list(folder)) {
            return all.sorted().toList();
        }
    }

    private void add(String vo, Path file) throws IOException {
        try {
            if (Files.size(file) > LARGEST) {
                throw new VomsSyntaxException("it has more than " + LARGEST + " bytes");
            }
            String name = file.getFileName().toString();
            servers.put(
                    new Server(vo, name.substring(0, name.length() - SUFFIX.length())),
                    Lsc.parse(Files.readString(file)));
        } catch (VomsSyntaxException e) {
            LOG.error("{} is left out, so its server is not trusted: {}", file, e.getMessage());
        }
    }

    Optional<Lsc> find(String vo, String host) {
        return Optional.ofNullable(servers.get(new Server(vo, host)));
    }
}

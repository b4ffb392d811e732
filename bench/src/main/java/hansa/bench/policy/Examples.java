package hansa.bench.policy;

import hansa.policy.BadPolicy;
import hansa.policy.Pdp;
import hansa.policy.PolicyDocument;
import hansa.policy.xacml.XacmlPdp;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;

/** The two policies that the manual of administrators shows; the working directory is the repository. */
final class Examples {

    private static final Path FOLDER = Path.of("docs/administrators/policies");

    private Examples() {}

    /** Begins at noon, when the quiet hours are over. */
    static Clock noon() {
        Instant now = Instant.now();
        Instant noon = now.atOffset(ZoneOffset.UTC).with(LocalTime.NOON).toInstant();
        return Clock.offset(Clock.systemUTC(), Duration.between(now, noon));
    }

    static List<Path> files() {
        return List.of(FOLDER.resolve("auditors-look-at-machines.xml"), FOLDER.resolve("quiet-hours.xml"));
    }

    static Pdp xacml() throws IOException, BadPolicy {
        List<PolicyDocument> documents = new ArrayList<>();
        for (Path file : files()) {
            documents.add(new PolicyDocument(file.toString(), Files.readString(file)));
        }
        return XacmlPdp.of(documents);
    }
}

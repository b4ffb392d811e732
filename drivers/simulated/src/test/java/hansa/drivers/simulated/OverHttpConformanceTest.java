package hansa.drivers.simulated;

import hansa.cloud.kit.CloudUnderTest;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class OverHttpConformanceTest implements SimulatedConformance {

    private @Nullable Served served;
    private @Nullable CloudUnderTest subject;

    @BeforeAll
    void open(@TempDir Path folder) throws IOException {
        served = Served.in(folder, Map.of("latency", "20ms"));
        subject = Fixtures.underTest(
                Fixtures.open(folder, Map.of("url", served.uri().toString())), served.cloud());
    }

    @Override
    public CloudUnderTest subject() {
        return Objects.requireNonNull(subject);
    }

    @AfterAll
    void cleanUp() {
        try (Served _ = Objects.requireNonNull(served)) {
            subject().close();
        }
    }
}

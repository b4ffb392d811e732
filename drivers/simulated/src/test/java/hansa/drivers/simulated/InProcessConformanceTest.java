package hansa.drivers.simulated;

import hansa.cloud.kit.CloudUnderTest;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class InProcessConformanceTest implements SimulatedConformance {

    private @Nullable CloudUnderTest subject;

    @BeforeAll
    void open(@TempDir Path folder) {
        SimulatedCloud cloud = (SimulatedCloud) Fixtures.open(folder, Map.of());
        subject = Fixtures.underTest(cloud, cloud);
    }

    @Override
    public CloudUnderTest subject() {
        return Objects.requireNonNull(subject);
    }

    @AfterAll
    void cleanUp() {
        subject().close();
    }
}

package hansa.drivers.openstack;

import static org.assertj.core.api.Assertions.assertThat;

import hansa.cloud.Cloud;
import hansa.cloud.RemoteId;
import hansa.cloud.RemoteUsage;
import hansa.cloud.Size;
import hansa.cloud.UsageHistory;
import hansa.cloud.kit.CloudUnderTest;
import hansa.cloud.kit.UsageConformance;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** The kit's questions about books at the strict server, in pages. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class UsageConformanceTest implements UsageConformance {

    private final FakeSite site = new FakeSite().stocked();
    private final CloudUnderTest subject = new CloudUnderTest(
            new OpenStackDriver(),
            open(),
            new RemoteId(Fixtures.IMAGE),
            new Size(1, 128, 1),
            Optional.of(new RemoteId("f1")),
            Duration.ofSeconds(10),
            Set.of());

    private Cloud open() {
        new FakeBooks(site);
        return Fixtures.open(site.url(), Map.of("network", "lan", "page", "2"));
    }

    @Override
    public CloudUnderTest subject() {
        return subject;
    }

    @Test
    void all_pages_are_read() {
        Instant made = Instant.parse("2026-01-02T03:04:05Z");
        for (int i = 0; i < 5; i++) {
            subject.cloud().create(subject.order(subject.newToken()));
        }
        UsageHistory books = subject.cloud().facet(UsageHistory.class).orElseThrow();
        assertThat(books.usage(made, made.plusNanos(1)))
                .extracting(RemoteUsage::machine)
                .hasSizeGreaterThanOrEqualTo(5)
                .doesNotHaveDuplicates();
    }

    @AfterAll
    void stop() {
        subject.close();
        site.close();
    }
}

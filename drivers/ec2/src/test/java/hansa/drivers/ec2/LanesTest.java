package hansa.drivers.ec2;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import hansa.cloud.CloudException;
import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

final class LanesTest {

    @Test
    void as_many_as_there_are_lanes_are_done_at_a_time() {
        AtomicInteger busy = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        AtomicInteger done = new AtomicInteger();
        try (Lanes lanes = new Lanes(3)) {
            for (int i = 0; i < 200; i++) {
                lanes.run(() -> {
                    most.accumulateAndGet(busy.incrementAndGet(), Math::max);
                    busy.decrementAndGet();
                    done.incrementAndGet();
                });
            }
            lanes.finish();
        }
        assertThat(done).hasValue(200);
        assertThat(most.get()).isBetween(1, 3);
    }

    @Test
    void nothing_more_is_begun_after_the_first_failure_and_that_is_told() {
        AtomicInteger begun = new AtomicInteger();
        try (Lanes lanes = new Lanes(1)) {
            lanes.run(() -> {
                begun.incrementAndGet();
                throw new CloudException.QuotaExceeded("full");
            });
            assertThatThrownBy(() -> lanes.run(begun::incrementAndGet))
                    .isInstanceOf(CloudException.QuotaExceeded.class);
            assertThatThrownBy(lanes::finish).hasMessage("full");
        }
        assertThat(begun).hasValue(1);
    }

    @Test
    void a_disk_that_fails_is_told_as_unavailable() {
        try (Lanes lanes = new Lanes(2)) {
            lanes.run(() -> {
                throw new IOException("no space left");
            });
            assertThatThrownBy(lanes::finish)
                    .isInstanceOf(CloudException.Unavailable.class)
                    .hasMessage("the file of an image cannot be written");
        }
    }

    @Test
    void what_is_closed_is_still() {
        CountDownLatch never = new CountDownLatch(1);
        AtomicInteger ended = new AtomicInteger();
        try (Lanes lanes = new Lanes(2)) {
            lanes.run(() -> {
                try {
                    never.await();
                } catch (InterruptedException e) {
                    ended.incrementAndGet();
                    Thread.currentThread().interrupt();
                }
            });
        }
        assertThat(ended).hasValueBetween(0, 1);
    }
}

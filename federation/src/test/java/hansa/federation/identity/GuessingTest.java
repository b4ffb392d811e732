package hansa.federation.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import hansa.kernel.base.ErrorCode;
import hansa.kernel.base.Failure;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.InetAddress;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

final class GuessingTest {

    private static final InetAddress HERE = InetAddress.ofLiteral("192.0.2.1");
    private static final InetAddress THERE = InetAddress.ofLiteral("192.0.2.2");

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final Stepped clock = new Stepped();
    private final Guessing guessing = new Guessing(GuessLimits.DEFAULT, clock, meters);

    private static final class Stepped extends Clock {

        private Instant now = Instant.parse("2026-11-25T12:00:00Z");

        void step(Duration time) {
            now = now.plus(time);
        }

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }

    private void wrong(InetAddress from, String name, int times) {
        for (int i = 0; i < times; i++) {
            guessing.wrong(from, name);
        }
    }

    private void passes(InetAddress from, String name) {
        assertThatCode(() -> guessing.require(from, name)).doesNotThrowAnyException();
    }

    private void waits(InetAddress from, String name) {
        assertThat(catchThrowableOfType(Failure.class, () -> guessing.require(from, name))
                        .code())
                .isEqualTo(ErrorCode.RATE_LIMITED);
    }

    @Test
    void whoIsWrongForANameWaitsTwiceAsLongEachTime() {
        wrong(HERE, "alice", 4);
        passes(HERE, "alice");
        for (int seconds = 1; seconds <= 256; seconds *= 2) {
            guessing.wrong(HERE, "alice");
            clock.step(Duration.ofSeconds(seconds).minusMillis(1));
            waits(HERE, "alice");
            clock.step(Duration.ofMillis(1));
            passes(HERE, "alice");
        }
        guessing.wrong(HERE, "alice");
        clock.step(Duration.ofMinutes(5));
        passes(HERE, "alice");
    }

    @Test
    void nobodyLocksOutAnotherWhoComesFromElsewhere() {
        wrong(HERE, "alice", 20);
        waits(HERE, "alice");
        passes(THERE, "alice");
        passes(HERE, "bob");
    }

    @Test
    void beingRightEndsTheWaitForThatNameAlone() {
        wrong(HERE, "alice", 4);
        guessing.right(HERE, "alice");
        wrong(HERE, "alice", 4);
        passes(HERE, "alice");
    }

    @Test
    void anAddressThatTriesManyNamesWaits() {
        for (int i = 0; i < 30; i++) {
            guessing.wrong(HERE, "name" + i);
        }
        waits(HERE, "another");
        passes(THERE, "another");
        assertThat(meters.get("hansa.limited")
                        .tag("kind", "guess-address")
                        .counter()
                        .count())
                .isEqualTo(1);
    }

    @Test
    void credentialsThatNameNobodyCountForTheAddress() {
        for (int i = 0; i < 30; i++) {
            guessing.wrong(HERE);
        }
        waits(HERE, "another");
    }

    @Test
    void whoWasRightFromAnAddressBeforeGoesOnThoughAnotherGuessesThere() {
        guessing.right(HERE, "alice");
        for (int i = 0; i < 40; i++) {
            guessing.wrong(HERE, "name" + i);
        }
        passes(HERE, "alice");
        waits(HERE, "bob");
    }

    @Test
    void anAddressIsForgivenWithTime() {
        for (int i = 0; i < 29; i++) {
            guessing.wrong(HERE);
        }
        clock.step(Duration.ofMinutes(10));
        wrong(HERE, "x", 1);
        passes(HERE, "another");
    }

    @Test
    void aNameThatManyAddressesTryIsHeldButNotForThoseWhoWereRightBefore() {
        guessing.right(HERE, "alice");
        for (int i = 0; i < 100; i++) {
            guessing.wrong(InetAddress.ofLiteral("198.51.100." + i), "alice");
        }
        waits(THERE, "alice");
        passes(HERE, "alice");
    }

    @Test
    void aNetworkOfIpv6IsOneAddress() {
        for (int i = 1; i <= 30; i++) {
            guessing.wrong(InetAddress.ofLiteral("2001:db8:1:2::" + i), "name" + i);
        }
        waits(InetAddress.ofLiteral("2001:db8:1:2:ffff::1"), "another");
        passes(InetAddress.ofLiteral("2001:db8:1:3::1"), "another");
    }

    @Test
    void behindASharedAddressOnlyNamesCount() {
        InetAddress proxy = InetAddress.getLoopbackAddress();
        for (int i = 0; i < 100; i++) {
            guessing.wrong(proxy, "name" + i);
        }
        passes(proxy, "another");
        wrong(proxy, "name", 5);
        waits(proxy, "name");
    }
}

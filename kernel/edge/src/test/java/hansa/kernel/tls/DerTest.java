package hansa.kernel.tls;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.time.Instant;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

final class DerTest {

    private static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }

    @Test
    void writesObjectIdsInBase128() {
        assertThat(hex(Der.objectId("2.5.29.17"))).isEqualTo("0603551d11");
        assertThat(hex(Der.objectId("1.2.840.10045.4.3.2"))).isEqualTo("06082a8648ce3d040302");
        assertThat(hex(Der.objectId("1.3.6.1.5.5.7.3.1"))).isEqualTo("06082b06010505070301");
    }

    @Test
    void writesLengthsShortAndLong() {
        assertThat(hex(Der.octets(new byte[127]))).startsWith("047f00");
        assertThat(hex(Der.octets(new byte[128]))).startsWith("04818000");
        assertThat(hex(Der.octets(new byte[300]))).startsWith("0482012c00");
        assertThat(hex(Der.sequence())).isEqualTo("3000");
    }

    @Test
    void writesIntegersBitsAndTimes() {
        assertThat(hex(Der.integer(BigInteger.valueOf(128)))).isEqualTo("02020080");
        assertThat(hex(Der.namedBits(5, 6))).isEqualTo("03020106");
        assertThat(hex(Der.namedBits(0))).isEqualTo("03020780");
        assertThat(new String(
                        Der.time(Instant.parse("2049-12-31T23:59:59Z")),
                        2,
                        13,
                        java.nio.charset.StandardCharsets.US_ASCII))
                .isEqualTo("491231235959Z");
        assertThat(new String(
                        Der.time(Instant.parse("2050-01-01T00:00:00Z")),
                        2,
                        15,
                        java.nio.charset.StandardCharsets.US_ASCII))
                .isEqualTo("20500101000000Z");
    }
}

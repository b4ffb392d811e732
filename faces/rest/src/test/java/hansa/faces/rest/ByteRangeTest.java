package hansa.faces.rest;

import static org.assertj.core.api.Assertions.assertThat;

import hansa.faces.rest.ByteRange.Asked;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ByteRangeTest {

    @ParameterizedTest
    @CsvSource({
        "bytes=0-9, 0, 10, bytes 0-9/100",
        "bytes=90-, 90, 10, bytes 90-99/100",
        "bytes=90-1000, 90, 10, bytes 90-99/100",
        "bytes=-1, 99, 1, bytes 99-99/100",
        "bytes=-1000, 0, 100, bytes 0-99/100",
        "bytes = 5 - 5, 5, 1, bytes 5-5/100"
    })
    void pieces_lie_within_the_file(String header, long from, long length, String written) {
        ByteRange range = new ByteRange(from, length);
        assertThat(ByteRange.asked(Optional.of(header), 100)).isEqualTo(new Asked.Piece(range));
        assertThat(range.of(100)).isEqualTo(written);
    }

    @ParameterizedTest
    @ValueSource(strings = {"bytes=0-1,4-5", "lines=1-2", "bytes=9-3", "bytes=-", "bytes=x-y", ""})
    void what_is_not_understood_is_passed_over(String header) {
        assertThat(ByteRange.asked(Optional.of(header), 100)).isEqualTo(new Asked.Whole());
    }

    @Test
    void nothing_lies_behind_the_end() {
        assertThat(ByteRange.asked(Optional.empty(), 100)).isEqualTo(new Asked.Whole());
        assertThat(ByteRange.asked(Optional.of("bytes=100-"), 100)).isEqualTo(new Asked.Outside());
        assertThat(ByteRange.asked(Optional.of("bytes=-0"), 100)).isEqualTo(new Asked.Outside());
    }
}

package hansa.drivers.libvirt;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ConsoleLogTest {

    @TempDir
    private Path folder;

    private ConsoleLog log() {
        return new ConsoleLog(folder.resolve("console.log"), 10);
    }

    private void print(String text) throws IOException {
        Files.writeString(folder.resolve("console.log"), text, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        log().trim();
    }

    private String read(long offset) throws IOException {
        ConsoleLog.Piece piece = log().read(offset, 100);
        return piece.start() + ":" + piece.content().asUtf8();
    }

    @Test
    void offsets_go_on_while_old_output_is_dropped() throws IOException {
        print("0123456789");
        assertThat(read(0)).isEqualTo("0:0123456789");
        print("abc");
        assertThat(Files.size(folder.resolve("console.log"))).isZero();
        print("def");
        assertThat(read(13)).isEqualTo("13:def");
        assertThat(read(5)).isEqualTo("5:56789abc");
        assertThat(read(0)).isEqualTo("3:3456789abc");
        assertThat(read(16)).isEqualTo("16:");
        assertThat(read(99)).isEqualTo("99:");
        print("ghijklmno");
        assertThat(read(0)).isEqualTo("15:fghijklmno");
    }

    @Test
    void what_is_kept_is_bounded() throws IOException {
        for (int i = 0; i < 1000; i++) {
            print("line " + i + "\n");
        }
        try (var files = Files.list(folder)) {
            assertThat(files.mapToLong(file -> file.toFile().length()).sum()).isLessThan(50);
        }
    }

    @Test
    void pieces_are_no_larger_than_asked() throws IOException {
        print("01234567");
        assertThat(log().read(2, 3).content().asUtf8()).isEqualTo("234");
    }
}

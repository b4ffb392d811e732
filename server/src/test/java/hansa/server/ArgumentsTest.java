package hansa.server;

import static org.assertj.core.api.Assertions.assertThat;

import hansa.kernel.config.ConfigurationException;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class ArgumentsTest {

    @Test
    void readsOptionsWithTheirValueBesideOrBehindAnEqualsSign() throws ConfigurationException {
        Arguments arguments =
                Arguments.parse(List.of("up", "--data", "/d", "--config=/c.yaml", "--set", "a=b", "--set=c=d"));
        assertThat(arguments.data()).contains(Path.of("/d"));
        assertThat(arguments.config()).contains(Path.of("/c.yaml"));
        assertThat(arguments.overrides()).containsExactly("a=b", "c=d");
        assertThat(arguments.help()).isFalse();
    }

    private static String refused(int code, String... words) throws InterruptedException {
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        PrintStream print = new PrintStream(err, true, StandardCharsets.UTF_8);
        assertThat(Main.run(List.of(words), Map.of(), print, print)).isEqualTo(code);
        return err.toString(StandardCharsets.UTF_8);
    }

    @Test
    void endsWithTwoAndOneLineForWhatWasAskedWrongly() throws InterruptedException {
        assertThat(refused(2)).isEqualTo("hansa: up is expected, not nothing; see hansa up --help\n");
        assertThat(refused(2, "down")).isEqualTo("hansa: up is expected, not \"down\"; see hansa up --help\n");
        assertThat(refused(2, "up", "--date", "x"))
                .isEqualTo("hansa: there is no option \"--date\"; see hansa up --help\n");
        assertThat(refused(2, "up", "--data")).isEqualTo("hansa: --data needs a value; see hansa up --help\n");
        assertThat(refused(2, "up", "--set", "listen.mian=x"))
                .isEqualTo("hansa: --set: there is no key \"listen.mian\"; did you mean \"listen.main\"?\n");
        assertThat(refused(2, "up", "--config", "/no/such.yaml"))
                .isEqualTo("hansa: /no/such.yaml: cannot be read; does it exist, and may you read it?\n");
    }

    @Test
    void endsWithOneForWhatWentWrong() throws InterruptedException {
        assertThat(refused(1, "up", "--data", "/dev/null/data"))
                .startsWith("hansa: The data folder /dev/null/data cannot be used: ")
                .hasLineCount(1);
    }

    @Test
    void explainsItself() throws InterruptedException {
        assertThat(refused(0, "up", "--help")).isEqualTo(Arguments.HELP);
    }

    @Test
    void keepsDataWhereDesktopsKeepIt() {
        assertThat(DataFolder.usual(Map.of("XDG_DATA_HOME", "/x"))).isEqualTo(Path.of("/x/hansa"));
        assertThat(DataFolder.usual(Map.of("XDG_DATA_HOME", "relative")))
                .isEqualTo(Path.of(System.getProperty("user.home"), ".local", "share", "hansa"));
    }
}

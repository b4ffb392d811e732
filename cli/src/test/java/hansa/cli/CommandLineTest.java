package hansa.cli;

import static org.assertj.core.api.Assertions.assertThat;

import hansa.cli.Typed.Result;
import hansa.cli.client.Exit;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What needs no node: the line itself, help, completion, and what is said when no node is there. */
class CommandLineTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "vm lsit                          | 'lsit' is not known to 'hansa vm'; did you mean 'list'? See 'hansa vm --help'",
                "vn list                          | 'vn' is not known to 'hansa'; did you mean 'vm'? See 'hansa --help'",
                "vm frobnicate                    | 'frobnicate' is not known to 'hansa vm'; see 'hansa vm --help'",
                "vm create                        | NAME is missing; see 'hansa vm create --help'",
                "vm create web                    | --image IMAGE is missing; see 'hansa vm create --help'",
                "vm create web --imag tiny        | '--imag' is not known to 'hansa vm create'; did you mean '--image'? See 'hansa vm create --help'",
                "vm create web --image            | '--image' needs a value: IMAGE; see 'hansa vm create --help'",
                "vm create web --image=tiny --wait=yes | '--wait' takes no value; see 'hansa vm create --help'",
                "vm create a b --image tiny       | 'b' is one argument too many; see 'hansa vm create --help'",
                "vm list -x                       | '-x' is not known to 'hansa vm list'; see 'hansa vm list --help'",
                "vm list --output xml             | there is no output format 'xml'; choose table, wide, json, yaml or name",
                "vm list --limit few              | '--limit' takes a whole number, not 'few'",
                "vm delete                        | VM is missing; see 'hansa vm delete --help'",
                "vm set web                       | nothing to change; give --name, --summary or --hostname",
                "vm resize web                    | no size given; give --flavour, or --cores and --memory",
                "volume create v --size big       | 'big' is not a size; write it like 512M, 2G or 1T",
                "token create t --expires soon    | 'soon' is not a length of time; write it like 90s, 10m, 2h or 30d",
                "completion fish                  | there is no completion for 'fish'; choose bash or zsh",
                "up                               | 'up' is started by the launcher; run ./hansa up",
                "vm list --endpoint nowhere       | 'nowhere' is not the address of a node; write it like https://cloud.example.org:8443"
            })
    void refusesALineThatMakesNoSenseAndSaysWhatToType(String line, String complaint) {
        Result result = Typed.inAPipe().run(line.strip().split(" +"));
        assertThat(result.complaint()).isEqualTo("hansa: " + complaint.strip());
        assertThat(result.exit()).isEqualTo(Exit.USAGE);
        assertThat(result.out()).isEmpty();
    }

    @Test
    void saysHowToStartANodeWhereNoneRuns(@TempDir Path home) {
        Result result = Typed.at(home).run("vm", "list");
        assertThat(result.complaint())
                .isEqualTo("hansa: no node runs on " + home.resolve("hansa") + "; start one with 'hansa up --data "
                        + home.resolve("hansa") + "', or name another with --endpoint");
        assertThat(result.exit()).isEqualTo(Exit.UNAVAILABLE);
    }

    @Test
    void saysHowToStartANodeThatHasStopped(@TempDir Path home) throws IOException {
        Path data = Files.createDirectories(home.resolve("hansa"));
        Files.writeString(data.resolve("endpoints.json"), "{\"main\":\"http://127.0.0.1:1\",\"pid\":1}");
        Result result = Typed.at(home).run("vm", "list");
        assertThat(result.complaint())
                .isEqualTo("hansa: the node at http://127.0.0.1:1 does not answer; start it with 'hansa up --data "
                        + data + "'");
        assertThat(result.exit()).isEqualTo(Exit.UNAVAILABLE);
    }

    @ParameterizedTest
    @CsvSource({"help-first,--help", "help-vm,vm --help", "help-vm-create,vm create --help", "help-vm,vms"})
    void explainsItself(String golden, String line) {
        Result result = Typed.inAPipe().run(line.split(" "));
        assertThat(result.exit()).isEqualTo(Exit.OK);
        assertThat(result.out()).isEqualTo(golden(golden + ".txt"));
        assertThat(result.err()).isEmpty();
    }

    private static String golden(String name) {
        try (InputStream in = CommandLineTest.class.getResourceAsStream(name)) {
            return in == null ? "there is no " + name : new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    static Stream<List<String>> everyCommand() {
        return Stream.concat(
                Commands.groups().stream()
                        .flatMap(
                                group -> Commands.names(group).stream().map(command -> List.of(group.name(), command))),
                Commands.single().stream().map(Command::name).map(List::of));
    }

    @ParameterizedTest
    @MethodSource("everyCommand")
    void givesAnExampleOfEveryCommandThatItUnderstands(List<String> words) {
        String help = Typed.inAPipe().done(String.join(" ", words) + " --help");
        assertThat(help).contains("Examples:\n  hansa " + String.join(" ", words));
        Command command = command(words);
        for (String example : command.examples()) {
            List<String> arguments = Stream.of(
                            example.replaceAll(" *[<>].*", "").split(" (?=(?:[^']*'[^']*')*[^']*$)"))
                    .map(word -> word.replace("'", ""))
                    .toList();
            Line line = new LineReader(arguments).read();
            assertThat(line instanceof Line.ToRun || arguments.contains("--help"))
                    .as(example)
                    .isTrue();
        }
    }

    private static Command command(List<String> words) {
        return words.size() == 1
                ? Commands.single(words.getFirst()).orElseThrow()
                : Commands.named(Commands.group(words.getFirst()).orElseThrow(), words.getLast())
                        .orElseThrow();
    }

    @Test
    void takesOptionsAnywhereAndTheLastOneCounts() {
        Line line = new LineReader(
                        List.of("-o", "json", "vm", "--data", "/a", "list", "--data=/b", "--state", "active"))
                .read();
        assertThat(line).isInstanceOfSatisfying(Line.ToRun.class, run -> {
            assertThat(run.command().name()).isEqualTo("list");
            assertThat(run.value("--output")).contains("json");
            assertThat(run.value("--data")).contains("/b");
            assertThat(run.value("--state")).contains("active");
        });
    }

    @Test
    void takesWhatFollowsTwoDashesAsItIs() {
        Line line = new LineReader(List.of("vm", "show", "--", "--strange--")).read();
        assertThat(line)
                .isInstanceOfSatisfying(
                        Line.ToRun.class, run -> assertThat(run.positionals()).containsExactly("--strange--"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"version", "--version"})
    void saysWhichHansaItIs(String typed) {
        assertThat(Typed.inAPipe().done(typed)).isEqualTo("hansa of no release\n");
        assertThat(Typed.inAPipe().done(typed + " --output json")).contains("\"version\": \"of no release\"");
    }

    @Test
    void completesInBash(@TempDir Path folder) throws IOException, InterruptedException {
        String script = Typed.inAPipe().done("completion bash");
        assertThat(script).contains("vm", "--image", "table", "wide", "complete -F");
        Path file = Files.writeString(folder.resolve("hansa.bash"), script);
        Process bash = new ProcessBuilder("bash", "-n", file.toString())
                .redirectErrorStream(true)
                .start();
        assertThat(new String(bash.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                .isEmpty();
        assertThat(bash.waitFor()).isZero();
    }

    @Test
    void completesInZshAfterLoadingItsCompletion() {
        assertThat(Typed.inAPipe().done("completion zsh")).startsWith("autoload -Uz compinit");
    }

    @Test
    void usesColourForPeopleOnly() {
        assertThat(Typed.inAPipe().onATerminal().run("--help").out()).contains("\u001b[");
        assertThat(Typed.inAPipe()
                        .onATerminal()
                        .with("NO_COLOR", "1")
                        .run("--help")
                        .out())
                .doesNotContain("\u001b[");
        assertThat(Typed.inAPipe()
                        .onATerminal()
                        .with("TERM", "dumb")
                        .run("--help")
                        .out())
                .doesNotContain("\u001b[");
    }
}

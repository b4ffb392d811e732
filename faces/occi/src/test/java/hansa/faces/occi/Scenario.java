package hansa.faces.occi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A conversation written down: requests as a client sends them, and the answers to the byte. The form of the files:
 *
 * <pre>
 * ### what happens
 * @until text that the answer has in the end, for requests that are repeated until then
 * METHOD /path
 * Header: value
 *
 * body
 * --- 200
 * Header: value
 * !Header that is not there
 *
 * body
 * </pre>
 *
 * In an answer <code>{name}</code> stands for any text without blanks and quotes, and for the same text in all that follows;
 * <code>{origin}</code> and <code>{port}</code> are the server's, and header lines of one name are joined by a bar. A body that ends in <code>{end}</code> has no newline there. An answer
 * without a body block may have any body.
 */
final class Scenario {

    private static final Pattern VARIABLE = Pattern.compile("\\{([a-z][a-z0-9_]*)}");
    private static final Duration PATIENCE = Duration.ofSeconds(15);

    private final Wire wire;
    private final String token;
    private final Map<String, String> known = new HashMap<>();

    Scenario(World world, String user) {
        wire = new Wire(world.port());
        token = world.token(user);
        known.put("origin", world.origin());
        known.put("port", Integer.toString(world.port()));
    }

    /** A request and its answer. */
    record Step(String title, String until, List<String> request, int status, List<String> answer) {}

    /** A conversation with its name. */
    record Conversation(String name, List<Step> steps) {}

    /** The conversations in a folder of the test resources, by name. */
    static Stream<Conversation> files(String folder) {
        URL place = Optional.ofNullable(Scenario.class.getResource(folder)).orElseThrow();
        try (Stream<Path> all = Files.list(Path.of(place.toURI()))) {
            List<Conversation> found = new ArrayList<>();
            for (Path file : all.sorted().toList()) {
                found.add(new Conversation(
                        file.getFileName().toString().replace(".txt", ""), steps(Files.readString(file))));
            }
            return found.stream();
        } catch (IOException e) {
            throw new UncheckedIOException("the conversations cannot be read", e);
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException(folder, e);
        }
    }

    Wire.Answer play(Step step) {
        if (!step.until().isEmpty()) {
            await(step.title())
                    .atMost(PATIENCE)
                    .pollInterval(Duration.ofMillis(20))
                    .until(() -> send(step).body().contains(known(step.until())));
        }
        Wire.Answer answer = send(step);
        check(step, answer);
        return answer;
    }

    private static List<Step> steps(String text) {
        List<Step> steps = new ArrayList<>();
        for (String block : text.split("(?m)^### ")) {
            if (block.isBlank() || block.startsWith("#")) {
                continue;
            }
            List<String> lines = new ArrayList<>(block.lines().toList());
            String title = lines.removeFirst();
            String until = "";
            if (lines.getFirst().startsWith("@until ")) {
                until = lines.removeFirst().substring("@until ".length());
            }
            int middle = 0;
            while (!lines.get(middle).startsWith("--- ")) {
                middle++;
            }
            while (lines.getLast().isEmpty()) {
                lines.removeLast();
            }
            steps.add(new Step(
                    title,
                    until,
                    lines.subList(0, middle),
                    Integer.parseInt(lines.get(middle).substring(4).strip()),
                    lines.subList(middle + 1, lines.size())));
        }
        return steps;
    }

    private Wire.Answer send(Step step) {
        int blank = blank(step.request());
        List<String> head = new ArrayList<>();
        for (String line : step.request().subList(0, blank)) {
            head.add(known(line));
        }
        head.set(0, head.getFirst() + " HTTP/1.1");
        if (head.stream().noneMatch(line -> line.startsWith("Authorization") || line.startsWith("X-Anonymous"))) {
            head.add("X-Auth-Token: " + token);
        }
        return wire.send(head, known(block(step.request(), blank)).getBytes(StandardCharsets.UTF_8));
    }

    private void check(Step step, Wire.Answer answer) {
        assertThat(answer.status()).as("%s: %s", step.title(), answer.body()).isEqualTo(step.status());
        int blank = blank(step.answer());
        for (String line : step.answer().subList(0, blank)) {
            if (line.startsWith("!")) {
                assertThat(answer.headers(line.substring(1))).as(step.title()).isEmpty();
            } else {
                int colon = line.indexOf(':');
                String name = line.substring(0, colon);
                match(
                        step.title() + ", " + name,
                        line.substring(colon + 1).strip(),
                        String.join(" | ", answer.headers(name)));
            }
        }
        if (blank < step.answer().size()) {
            match(step.title(), block(step.answer(), blank), answer.body());
        }
    }

    private static int blank(List<String> lines) {
        int blank = lines.indexOf("");
        return blank < 0 ? lines.size() : blank;
    }

    private static String block(List<String> lines, int blank) {
        if (blank >= lines.size()) {
            return "";
        }
        String block = String.join("\n", lines.subList(blank + 1, lines.size())) + "\n";
        return block.endsWith("{end}\n") ? block.substring(0, block.length() - "{end}\n".length()) : block;
    }

    private String known(String text) {
        Matcher variables = VARIABLE.matcher(text);
        StringBuilder filled = new StringBuilder();
        while (variables.find()) {
            variables.appendReplacement(
                    filled, Matcher.quoteReplacement(known.getOrDefault(variables.group(1), variables.group())));
        }
        return variables.appendTail(filled).toString();
    }

    /** Compares, and learns what the variables stand for that were not known yet. */
    private void match(String title, String expected, String actual) {
        String template = known(expected);
        Matcher variables = VARIABLE.matcher(template);
        StringBuilder pattern = new StringBuilder();
        List<String> names = new ArrayList<>();
        int last = 0;
        while (variables.find()) {
            pattern.append(Pattern.quote(template.substring(last, variables.start())));
            String name = variables.group(1);
            if (names.contains(name)) {
                pattern.append("\\k<").append(name.replace("_", "")).append('>');
            } else {
                names.add(name);
                pattern.append("(?<").append(name.replace("_", "")).append(">[^\\s\"<>]+?)");
            }
            last = variables.end();
        }
        pattern.append(Pattern.quote(template.substring(last)));
        Matcher found = Pattern.compile(pattern.toString()).matcher(actual);
        if (!found.matches()) {
            assertThat(actual).as(title).isEqualTo(template);
        }
        names.forEach(name -> known.put(name, found.group(name.replace("_", ""))));
    }
}

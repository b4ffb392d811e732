package hansa.cli;

import static hansa.cli.Arguments.one;
import static hansa.cli.Arguments.text;

import hansa.cli.client.Json;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** {@code hansa vo quota}: what a virtual organisation may have, and what it has. */
final class VoQuotaCommand {

    private static final Map<String, String> LIMITS = limits();
    private static final Resource QUOTA = new Resource(
            "limit",
            "/quota",
            "limit",
            "limit",
            List.of(
                    Column.of("LIMIT", "limit"),
                    Column.of("ALLOWED", "allowed"),
                    Column.of("USED", "used"),
                    Column.of("BY YOU", "own")));

    private VoQuotaCommand() {}

    /** Options and the members that they set. */
    private static Map<String, String> limits() {
        Map<String, String> limits = new LinkedHashMap<>();
        limits.put("--machines", "machines");
        limits.put("--cores", "cores");
        limits.put("--memory", "memoryMib");
        limits.put("--volumes", "volumes");
        limits.put("--volume-size", "volumeMib");
        limits.put("--networks", "networks");
        limits.put("--images", "images");
        limits.put("--image-size", "imageMib");
        limits.put("--member-share", "memberShare");
        return limits;
    }

    static Command command() {
        return new Command(
                "quota",
                "show what a virtual organisation may have and has; or set it (operators)",
                List.of(
                        one("VO", "its name"),
                        text("--machines", "N", "how many machines; none = no limit"),
                        text("--cores", "N", "processors of all of them"),
                        text("--memory", "SIZE", "memory of all of them, like 512G"),
                        text("--volumes", "N", "how many volumes"),
                        text("--volume-size", "SIZE", "size of all of them, like 20T"),
                        text("--networks", "N", "how many networks"),
                        text("--images", "N", "how many images are shared with it"),
                        text("--image-size", "SIZE", "size of all of them, like 2T"),
                        text("--member-share", "PERCENT", "what one member may have of each")),
                List.of("vo quota biomed", "vo quota biomed --machines 50 --memory 200G --member-share 20"),
                VoQuotaCommand::run);
    }

    private static void run(Invocation invocation) {
        String path = VoCommands.path(invocation, "quota");
        Json.Members before = invocation.node().get(path);
        boolean setting = LIMITS.keySet().stream()
                .anyMatch(option -> invocation.text(option).isPresent());
        if (!setting) {
            show(invocation, before);
            return;
        }
        JsonBody body = new JsonBody();
        LIMITS.forEach((option, member) -> body.number(member, value(invocation, option, before, member)));
        show(
                invocation,
                invocation.node().send("PUT", path, Optional.of(body.json())).members());
    }

    /** What is not named on the line stays as it is. */
    private static Optional<Long> value(Invocation invocation, String option, Json.Members now, String member) {
        Optional<String> given = invocation.text(option);
        if (given.isEmpty()) {
            return now.text(member).isEmpty() ? Optional.empty() : Optional.of(now.number(member));
        }
        if (given.get().equals("none")) {
            return Optional.empty();
        }
        return member.endsWith("Mib") ? given.map(Sizes::parseMib) : invocation.number(option);
    }

    private static Json.Members inner(Json.Members quota, String name) {
        return quota.member(name).orElse(new Json.Null()) instanceof Json.Members members
                ? members
                : new Json.Members(Map.of());
    }

    private static void show(Invocation invocation, Json.Members quota) {
        if (invocation.output().isForPrograms()) {
            invocation.output().one(QUOTA, quota);
            return;
        }
        Json.Members used = inner(quota, "used");
        Json.Members own = inner(quota, "own");
        List<Json.Members> rows = LIMITS.values().stream()
                .map(member -> new Json.Members(Map.of(
                        "limit", Json.of(member),
                        "allowed", Json.of(quota.text(member).isEmpty() ? "-" : quota.text(member)),
                        "used", Json.of(used.text(member)),
                        "own", Json.of(own.text(member)))))
                .toList();
        invocation.output().list(QUOTA, rows);
    }
}

package hansa.cli;

import static hansa.cli.Arguments.flag;
import static hansa.cli.Arguments.text;
import static hansa.cli.Arguments.texts;

import hansa.cli.Argument.Form;
import hansa.cli.Argument.Option;
import hansa.cli.client.Exit;
import hansa.cli.client.Json;
import hansa.cli.client.Refusal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What can be said on the line about where a machine goes. */
final class PlacementOptions {

    static final List<Argument> ALL = List.of(
            text("--site", "SITE", "at which site, or 'auto': the broker chooses; 'hansa site list --free'"),
            text("--requirements", "EXPR", "what clouds must be: 'FREE_CPU > 4 & !(COUNTRY = \"US\")'"),
            text("--rank", "EXPR", "how good they are, more being better: 'FREE_CPU * 2 - PRICE'"),
            new Option(
                    "--policy",
                    Optional.empty(),
                    "POLICY",
                    "what is better where the rank does not say (default: in-order)",
                    Form.OPTIONAL,
                    List.of(
                            "in-order",
                            "packing",
                            "striping",
                            "load-aware",
                            "cheapest",
                            "nearest-to-data",
                            "most-reliable",
                            "least-power")),
            texts("--country", "CC", "a country that the data may be in, such as SE"),
            text("--budget", "AMOUNT", "most that all of them may cost in an hour"),
            text("--deadline", "TIME", "wait for room as long: 10m, or 2026-11-25T10:00:00Z (default: not at all)"),
            texts("--near", "SITE", "a site with data, for --policy nearest-to-data"),
            texts("--group", "GROUP", "a group to become a member of"),
            texts("--affinity", "GROUP", "be where a group is: GROUP, GROUP:site or GROUP:host"),
            texts("--anti-affinity", "GROUP", "be where a group is not: GROUP, GROUP:site or GROUP:host"),
            text("--spread", "PLACE", "at most so many in one place: cloud, site, cloud:2 (needs --count)"),
            flag("--come-back", "when started after a stop, be made anew at a cloud that goes first; the disk is lost"),
            text("--count", "N", "so many, all or none; names get a number behind"),
            flag("--dry-run", "make nothing, show where it would go and why"));

    private PlacementOptions() {}

    /** The member of the request; nothing where nothing was said. */
    static Optional<Json> body(Invocation invocation) {
        List<JsonBody> affinities = Stream.concat(
                        invocation.texts("--affinity").stream().map(group -> affinity(group, "together")),
                        invocation.texts("--anti-affinity").stream().map(group -> affinity(group, "apart")))
                .toList();
        JsonBody body = new JsonBody()
                .text("site", invocation.text("--site").filter(site -> !site.equals("auto")))
                .text("requirements", invocation.text("--requirements"))
                .text("rank", invocation.text("--rank"))
                .text("policy", invocation.text("--policy").map(policy -> policy.replace('-', '_')))
                .texts("countries", invocation.texts("--country"))
                .text("budget", invocation.text("--budget"))
                .text("deadline", invocation.text("--deadline").map(text -> deadline(invocation, text)))
                .texts("dataSites", invocation.texts("--near"))
                .objects("affinities", affinities)
                .texts("groups", invocation.texts("--group"));
        invocation.text("--spread").ifPresent(spread -> body.object("spread", spread(spread)));
        return body.flag("comeBack", invocation.flag("--come-back")).optional();
    }

    private static JsonBody affinity(String text, String relation) {
        List<String> parts = parts(text);
        return new JsonBody()
                .text("group", parts.getFirst())
                .text("relation", relation)
                .text("scope", parts.size() > 1 ? Optional.of(parts.get(1)) : Optional.empty());
    }

    private static JsonBody spread(String text) {
        List<String> parts = parts(text);
        String most = parts.size() > 1 ? parts.get(1) : "1";
        if (!most.matches("[1-9]\\d{0,8}")) {
            throw new Refusal(Exit.USAGE, "'--spread' takes a place and a number such as cloud:2, not '" + text + "'");
        }
        return new JsonBody().text("scope", parts.getFirst()).number("atMost", Optional.of(Long.valueOf(most)));
    }

    private static List<String> parts(String text) {
        return new ArrayList<>(List.of(text.split(":", 2)));
    }

    private static String deadline(Invocation invocation, String text) {
        return text.matches("\\d+[smhd]")
                ? invocation.terminal().now().plus(Ages.parse(text)).toString()
                : text;
    }
}

package hansa.cli;

import static hansa.cli.Arguments.flag;
import static hansa.cli.Arguments.one;
import static hansa.cli.Arguments.text;
import static hansa.cli.Arguments.texts;

import hansa.cli.client.Json;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The part of {@code hansa vo …} that is about the accounts of clouds under which members work. */
final class VoAccountCommands {

    private static final Argument THE_VO = one("VO", "its name");

    private static final VoRules RULES = new VoRules(
            "account rule for",
            "account-rules",
            "cloud",
            List.of(
                    Column.of("CLOUD", "cloud"),
                    Column.of("FOR", "fqan"),
                    Column.of("ACCOUNT", VoAccountCommands::scheme),
                    Column.of("PUSH", "state"),
                    Column.of("REASON", "reason"),
                    Column.of("LOOKED", "looked").onlyWide()));

    private VoAccountCommands() {}

    static List<Command> commands() {
        return List.of(
                RULES.list(
                        "account-rules",
                        "show how members come to accounts at clouds, and how far the clouds know them"),
                map(),
                unmap(),
                accounts());
    }

    private static String scheme(Json.Members rule) {
        List<Json> pool = rule.items("accounts");
        if (!pool.isEmpty()) {
            return "pool of " + pool.size();
        }
        return rule.text("account").isEmpty() ? rule.text("template") : rule.text("account");
    }

    private static Resource accountsOf(Invocation invocation) {
        return new Resource(
                "account",
                VoCommands.path(invocation, "accounts"),
                "id",
                "account",
                List.of(
                        Column.of("ACCOUNT", "account"),
                        Column.of("CLOUD", "cloud"),
                        Column.of("MEMBER", "caller"),
                        Column.of("STATE", "state"),
                        Column.of("FROM", "from"),
                        Column.of("UNTIL", "until"),
                        Column.of("FOR", "fqan").onlyWide()));
    }

    private static Argument fqan() {
        return text("--fqan", "RIGHT", "for those with a group or role, like imaging/Role=vm_operator (default: all)");
    }

    /** The cloud, and behind it the group or role where it is not for all members. */
    private static String[] rule(Invocation invocation) {
        return Stream.concat(Stream.of(invocation.positional(1)), invocation.text("--fqan").stream())
                .toArray(String[]::new);
    }

    private static Command map() {
        return new Command(
                "map-account",
                "set under which accounts members work at a cloud (operators)",
                List.of(
                        THE_VO,
                        one("CLOUD", "which"),
                        fqan(),
                        text("--fixed", "ACCOUNT", "one account for all"),
                        text(
                                "--template",
                                "NAME",
                                "one for each, where {hash} stands for the person (default: {vo}-{hash})"),
                        texts("--pool", "ACCOUNT", "lend this account, among others, to one person at a time"),
                        text("--idle", "TIME", "keep a lent account so long after the last machine, like 12h"),
                        flag("--push", "tell the cloud the members in advance")),
                List.of(
                        "vo map-account biomed lab --template 'bio-{hash}' --push",
                        "vo map-account biomed lab --fqan imaging/Role=vm_operator --pool bio1 --pool bio2 --idle 12h"),
                invocation -> {
                    JsonBody body = new JsonBody()
                            .text("account", invocation.text("--fixed"))
                            .text("template", invocation.text("--template"))
                            .texts("accounts", invocation.texts("--pool"))
                            .number(
                                    "idleSeconds",
                                    invocation
                                            .text("--idle")
                                            .map(time -> Ages.parse(time).toSeconds()))
                            .flag("push", invocation.flag("--push"));
                    RULES.set(invocation, body, rule(invocation));
                });
    }

    private static Command unmap() {
        return new Command(
                "unmap-account",
                "let members make machines at a cloud by the next wider rule, or in the federation's own name again (operators)",
                List.of(THE_VO, one("CLOUD", "which"), fqan()),
                List.of("vo unmap-account biomed lab", "vo unmap-account biomed lab --fqan imaging"),
                invocation -> RULES.remove(invocation, rule(invocation)));
    }

    private static Command accounts() {
        return new Command(
                "accounts",
                "show who works under which account of which cloud",
                List.of(THE_VO, flag("--ended", "those too that are over")),
                List.of("vo accounts biomed", "vo accounts biomed --ended --output json"),
                invocation -> {
                    Resource accounts = accountsOf(invocation);
                    Map<String, String> query = invocation.flag("--ended") ? Map.of("ended", "true") : Map.of();
                    invocation.output().list(accounts, invocation.lookup().all(accounts, query, Standard.EVERYTHING));
                });
    }
}

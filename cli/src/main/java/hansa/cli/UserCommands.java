package hansa.cli;

import static hansa.cli.Arguments.flag;
import static hansa.cli.Arguments.one;
import static hansa.cli.Arguments.required;
import static hansa.cli.Arguments.text;
import static hansa.cli.Arguments.texts;

import hansa.cli.client.Json;
import java.util.List;
import java.util.Optional;

/** {@code hansa user …} and {@code hansa token …}. */
final class UserCommands {

    private static final Resource USER = new Resource(
            "user",
            "/users",
            "name",
            "name",
            List.of(
                    Column.of("NAME", "name"),
                    Column.of("OPERATOR", row -> row.flag("operator") ? "yes" : "no"),
                    Column.age("created")));

    private static final Resource TOKEN = new Resource(
            "token",
            "/tokens",
            "id",
            "id",
            List.of(
                    Column.of("ID", "id"),
                    Column.of("LABEL", "label"),
                    Column.of("USER", "subject"),
                    Column.of("VO", "vo"),
                    Column.of("SCOPE", "scope"),
                    Column.of("OPERATOR", row -> row.flag("operator") ? "yes" : "no"),
                    Column.age("created"),
                    Column.of("EXPIRES", "expires")));

    private UserCommands() {}

    static Group users() {
        return new Group(
                "user",
                "who may use this node",
                List.of("users"),
                () -> List.of(
                        Standard.list(USER, List.of(), List.of("user list")),
                        new Command(
                                "create",
                                "let somebody in (operators)",
                                List.of(
                                        one("NAME", "letters, digits, '.', '_', '-' and '@'"),
                                        required("--password-file", "FILE", "holds the password ('-': standard input)"),
                                        flag("--operator", "may see and change everything")),
                                List.of("user create anna --password-file - < password.txt"),
                                invocation -> {
                                    String password = invocation.textFile(
                                            invocation.text("--password-file").orElse("-"));
                                    JsonBody body = new JsonBody()
                                            .text("name", invocation.positional(0))
                                            .text(
                                                    "password",
                                                    password.lines().findFirst().orElse(""))
                                            .flag("operator", invocation.flag("--operator"));
                                    Standard.create(USER, invocation, body, "");
                                }),
                        Standard.delete(USER, List.of("user delete anna"))));
    }

    static Group tokens() {
        return new Group(
                "token",
                "API tokens for programs",
                List.of("tokens"),
                () -> List.of(
                        Standard.list(TOKEN, List.of(), List.of("token list")),
                        new Command(
                                "create",
                                "make a token that acts as you; its secret is shown this once",
                                List.of(
                                        one("LABEL", "what it is for"),
                                        text(
                                                "--expires",
                                                "TIME",
                                                "how long it lasts, like 12h or 30d (default: until deleted)"),
                                        texts("--scope", "ACTIONS", "what it is good for, like machine.* or *.read"),
                                        text("--vo", "VO", "the one virtual organisation that it is good for")),
                                List.of(
                                        "token create ci --expires 30d",
                                        "token create watch --scope *.read --scope *.list --vo vo.example.org"),
                                UserCommands::issue),
                        Standard.delete(TOKEN, List.of("token delete 4f1c9a"))));
    }

    private static void issue(Invocation invocation) {
        Json body = new JsonBody()
                .text("label", invocation.positional(0))
                .number(
                        "lifetimeSeconds",
                        invocation
                                .text("--expires")
                                .map(time -> Ages.parse(time).toSeconds()))
                .text(
                        "scope",
                        Optional.of(String.join(" ", invocation.texts("--scope")))
                                .filter(text -> !text.isEmpty()))
                .text("vo", invocation.text("--vo"))
                .json();
        Json.Members token =
                invocation.node().send("POST", TOKEN.path(), Optional.of(body)).members();
        if (invocation.output().isForPrograms()) {
            invocation.output().one(TOKEN, token);
        } else {
            invocation.output().line(token.text("secret"));
            invocation.output().note("token " + token.text("id") + " created; its secret above is not shown again");
        }
    }
}

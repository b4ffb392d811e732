package hansa.cli;

import static hansa.cli.Arguments.flag;
import static hansa.cli.Arguments.one;

import hansa.cli.client.Exit;
import hansa.cli.client.Json;
import hansa.cli.client.Refusal;
import hansa.cli.demo.Demo;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Every command there is. */
final class Commands {

    private static final Resource RELEASE = new Resource("release", "", "version", "version", List.of());

    private Commands() {}

    static List<Group> groups() {
        return List.of(
                VmCommands.group(),
                ImageCommands.group(),
                FlavourCommands.group(),
                NetworkCommands.group(),
                VolumeCommands.group(),
                SiteCommands.sites(),
                SiteCommands.clouds(),
                TagCommands.group(),
                VoCommands.group(),
                UserCommands.users(),
                UserCommands.tokens(),
                PolicyCommands.group(),
                AuditCommands.group());
    }

    static List<Command> single() {
        return List.of(
                LoginCommands.login(),
                LoginCommands.logout(),
                LoginCommands.whoami(),
                demo(),
                launched("up", "start a node"),
                launched("simulated-cloud", "start a cloud in memory, for tests"),
                completion(),
                version());
    }

    static Optional<Group> group(String word) {
        return groups().stream()
                .filter(group -> group.name().equals(word) || group.aliases().contains(word))
                .findFirst();
    }

    static Optional<Command> single(String word) {
        return single().stream().filter(command -> command.name().equals(word)).findFirst();
    }

    static Optional<Command> named(Group group, String word) {
        return group.commands().get().stream()
                .filter(command -> command.name().equals(word))
                .findFirst();
    }

    /** What may stand first on a line. */
    static List<String> names() {
        return Stream.concat(
                        groups().stream().map(Group::name), single().stream().map(Command::name))
                .toList();
    }

    static List<String> names(Group group) {
        return group.commands().get().stream().map(Command::name).toList();
    }

    private static Command demo() {
        return new Command(
                "demo",
                "boot a real machine through the whole house, and take it down again",
                List.of(
                        flag("-y", "--yes", "install what is missing without asking"),
                        flag("--simulated", "on a simulated cloud, where QEMU cannot be had")),
                List.of("demo --yes", "demo --simulated"),
                invocation -> {
                    Exit exit = new Demo(invocation.terminal(), invocation.flag("--simulated")).run();
                    if (exit != Exit.OK) {
                        // The demonstration has said already what failed.
                        throw new Refusal(exit, "");
                    }
                });
    }

    /** Runs in a process of another program; here it only has its place in the help. */
    private static Command launched(String name, String summary) {
        return new Command(name, summary, List.of(), List.of(name + " --help"), _ -> {
            throw new Refusal(Exit.USAGE, "'" + name + "' is started by the launcher; run ./hansa " + name);
        });
    }

    private static Command completion() {
        return new Command(
                "completion",
                "print a completion script for bash or zsh",
                List.of(one("SHELL", "bash or zsh")),
                List.of(
                        "completion bash > ~/.local/share/bash-completion/completions/hansa",
                        "completion zsh > ~/.hansa-completion.zsh"),
                invocation -> {
                    String shell = invocation.positional(0);
                    if (!shell.equals("bash") && !shell.equals("zsh")) {
                        throw new Refusal(Exit.USAGE, "there is no completion for '" + shell + "'; choose bash or zsh");
                    }
                    String script = new HelpPages(invocation.terminal()).completion();
                    invocation
                            .output()
                            .line(shell.equals("zsh") ? "autoload -Uz compinit && compinit\n" + script : script);
                });
    }

    private static Command version() {
        return new Command(
                "version",
                "show which Hansa this is",
                List.of(),
                List.of("version", "--version", "version --output json"),
                invocation -> invocation
                        .output()
                        .told(RELEASE, release(), "hansa " + release().text("version")));
    }

    /** Stands in the archive only; whoever runs the classes as they were compiled has none. */
    private static Json.Members release() {
        String version = Optional.ofNullable(Commands.class.getPackage().getImplementationVersion())
                .orElse("of no release");
        return new Json.Members(Map.of("version", Json.of(version)));
    }
}

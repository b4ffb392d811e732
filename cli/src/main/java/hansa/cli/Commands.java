package hansa.cli;

import static hansa.cli.Arguments.flag;
import static hansa.cli.Arguments.one;

import hansa.cli.client.Exit;
import hansa.cli.client.Refusal;
import hansa.cli.demo.Demo;
import java.util.List;
import picocli.AutoComplete;

/** Every command there is. */
final class Commands {

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
                UserCommands.users(),
                UserCommands.tokens());
    }

    static List<Command> single() {
        return List.of(
                UserCommands.whoami(),
                demo(),
                launched("up", "start a node"),
                launched("simulated-cloud", "start a cloud in memory, for tests"),
                completion());
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
                        throw new Refusal(
                                exit, "the demo did not come to its end; the step that failed says what to mend");
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
                    String script = AutoComplete.bash("hansa", new CommandTree(invocation.terminal()).whole());
                    invocation
                            .output()
                            .line(shell.equals("zsh") ? "autoload -Uz compinit && compinit\n" + script : script);
                });
    }
}

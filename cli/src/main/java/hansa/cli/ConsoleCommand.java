package hansa.cli;

import static hansa.cli.Arguments.flag;
import static hansa.cli.Arguments.one;
import static hansa.cli.Arguments.text;

import hansa.cli.client.Exit;
import hansa.cli.client.Json;
import hansa.cli.client.Node;
import hansa.cli.client.Refusal;
import java.time.Duration;
import java.util.List;

/** {@code hansa vm console}: what a guest prints. */
final class ConsoleCommand {

    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(500);

    private ConsoleCommand() {}

    static Command command() {
        return new Command(
                "console",
                "show what a guest printed on its console",
                List.of(
                        one("VM", "name, id, or the beginning of an id"),
                        flag("-f", "--follow", "go on with what it prints from now on"),
                        text("--offset", "BYTES", "from here on (default: 0, the first boot)")),
                List.of("vm console web", "vm console web -f"),
                ConsoleCommand::run);
    }

    private static void run(Invocation invocation) {
        Json.Members vm = invocation.lookup().one(VmCommands.VM, invocation.positional(0));
        String path = Node.path("vms", vm.text("id"), "console") + "?offset="
                + invocation.number("--offset").orElse(0L);
        while (true) {
            Node.Piece piece = invocation.node().read(path);
            invocation.output().raw(piece.bytes());
            path = piece.next();
            if (piece.bytes().length == 0) {
                if (!invocation.flag("--follow")) {
                    return;
                }
                pause();
            }
        }
    }

    private static void pause() {
        try {
            Thread.sleep(BETWEEN_LOOKS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new Refusal(Exit.FAILED, "interrupted", interrupted);
        }
    }
}

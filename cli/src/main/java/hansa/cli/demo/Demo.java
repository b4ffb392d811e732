package hansa.cli.demo;

import hansa.cli.client.Exit;
import hansa.cli.client.Refusal;
import hansa.cli.client.Terminal;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * The demonstration: a node of its own on a fresh folder, the main job over its OCCI endpoint, and everything taken away
 * again, also when it is interrupted.
 */
public final class Demo {

    private final Terminal terminal;
    private final DemoSettings settings;

    /** @throws Refusal when what it needs is not there */
    public Demo(Terminal terminal, boolean simulated) {
        this.terminal = terminal;
        this.settings = DemoSettings.of(simulated, terminal.environment());
    }

    /** Runs it to its end. */
    public Exit run() {
        Instant start = terminal.now();
        terminal.out().println("Hansa demo, " + settings.ground().description());
        AtomicBoolean cleaned = new AtomicBoolean();
        boolean done;
        try (DemoNode node = new DemoNode(settings)) {
            Journey journey = new Journey(settings.ground(), node);
            Thread hook = Thread.ofPlatform().unstarted(() -> cleanUp(journey, node, cleaned, "interrupted; "));
            Runtime.getRuntime().addShutdownHook(hook);
            done = new StepRunner(terminal).run(journey.steps());
            if (!done) {
                terminal.out().println("      The node said last: " + node.lastWords());
            }
            cleanUp(journey, node, cleaned, "");
            Runtime.getRuntime().removeShutdownHook(hook);
        }
        String time = StepRunner.seconds(Duration.between(start, terminal.now()));
        terminal.out()
                .println((done ? "Done in " : "Failed after ") + time + ", "
                        + settings.ground().description());
        return done ? Exit.OK : Exit.FAILED;
    }

    /** Takes away what is left: the machine first, then the node that knows of it, then its folder. */
    private void cleanUp(Journey journey, DemoNode node, AtomicBoolean cleaned, String why) {
        if (cleaned.getAndSet(true)) {
            return;
        }
        if (!why.isEmpty()) {
            terminal.err().println();
            terminal.err().println("hansa: " + why + "cleaning up");
        }
        try {
            journey.deleteMachine();
        } catch (DemoFailure | Refusal left) {
            String line = left.getMessage() == null ? "" : left.getMessage();
            terminal.err().println("hansa: the machine may be left behind: " + line);
        }
        node.close();
    }
}

package hansa.cli.demo;

import hansa.cli.client.Exit;
import hansa.cli.client.Refusal;
import hansa.cli.client.Terminal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * The demonstration: a node of its own on a fresh folder, the main job over its OCCI endpoint, and everything taken away
 * again, also when it is interrupted. Runs once.
 */
public final class Demo {

    private static final Duration STEP_ENDS = Duration.ofSeconds(5);

    private final Terminal terminal;
    private final DemoSettings settings;
    private final AtomicBoolean interrupted = new AtomicBoolean();
    private final CountDownLatch stepsEnded = new CountDownLatch(1);

    /** @throws Refusal when what it needs is not there */
    public Demo(Terminal terminal, boolean simulated) {
        this.terminal = terminal;
        this.settings = DemoSettings.of(simulated, terminal.environment());
    }

    /** Runs it to its end. */
    public Exit run() {
        Instant start = terminal.now();
        terminal.out().println("Hansa demo, " + settings.ground().description());
        DemoNode node = new DemoNode(settings);
        Journey journey = new Journey(settings.ground(), node);
        Thread steps = Thread.currentThread();
        Thread hook = Thread.ofPlatform().unstarted(() -> breakOff(steps, journey, node));
        Runtime.getRuntime().addShutdownHook(hook);

        boolean done = new StepRunner(terminal, interrupted::get).run(journey.steps());
        stepsEnded.countDown();
        if (!isOver(hook)) {
            return Exit.FAILED;
        }
        if (!done) {
            terminal.out().println("      The node said last: " + node.lastWords());
        }
        boolean clean = cleanUp(journey, node);
        String time = StepRunner.seconds(Duration.between(start, terminal.now()));
        terminal.out()
                .println((done ? "Done in " : "Failed after ") + time + ", "
                        + settings.ground().description());
        return done && clean ? Exit.OK : Exit.FAILED;
    }

    /** Whether nobody broke the demonstration off, so that the cleaning up is left to this thread. */
    private boolean isOver(Thread hook) {
        try {
            return Runtime.getRuntime().removeShutdownHook(hook) && !interrupted.get();
        } catch (IllegalStateException shuttingDown) {
            return false;
        }
    }

    /** Called by the JVM on its way down. */
    private void breakOff(Thread steps, Journey journey, DemoNode node) {
        interrupted.set(true);
        terminal.err().println();
        terminal.err().println("hansa: interrupted; cleaning up");
        steps.interrupt();
        try {
            // A machine that is being asked for right now can only be deleted once the node has heard of it.
            if (!stepsEnded.await(STEP_ENDS.toMillis(), TimeUnit.MILLISECONDS)) {
                terminal.err().println("hansa: a step does not end; cleaning up beside it");
            }
        } catch (InterruptedException twice) {
            Thread.currentThread().interrupt();
        }
        cleanUp(journey, node);
    }

    /**
     * Takes away what is left: the machine first, then the node that knows of it, then its folder.
     *
     * @return whether nothing is left
     */
    private boolean cleanUp(Journey journey, DemoNode node) {
        boolean clean = true;
        for (Runnable part : List.<Runnable>of(journey::deleteMachine, node::close)) {
            try {
                part.run();
            } catch (DemoFailure failure) {
                clean = false;
                terminal.err().println("hansa: something is left behind: " + failure.line());
            } catch (Refusal refusal) {
                clean = false;
                terminal.err().println("hansa: something is left behind: " + refusal.line());
            }
        }
        return clean;
    }
}

package hansa.cli.demo;

import hansa.cli.client.Refusal;
import hansa.cli.client.Terminal;
import hansa.cli.client.Terminal.Style;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.function.BooleanSupplier;

/** Runs steps and prints each with its time. */
final class StepRunner {

    private static final int NAME_WIDTH = 52;

    private final Terminal terminal;
    private final BooleanSupplier interrupted;

    /** @param interrupted whether to go no further and say nothing more */
    StepRunner(Terminal terminal, BooleanSupplier interrupted) {
        this.terminal = terminal;
        this.interrupted = interrupted;
    }

    /**
     * Runs them in order, up to the first that fails.
     *
     * @return whether all came to their end
     */
    boolean run(List<Step> steps) {
        for (int i = 0; i < steps.size(); i++) {
            if (interrupted.getAsBoolean() || !run(steps.get(i), i + 1)) {
                return false;
            }
        }
        return true;
    }

    private boolean run(Step step, int number) {
        announce(step, number);
        Instant start = terminal.now();
        try {
            List<String> findings = step.work().run();
            line(number, step.name(), since(start), terminal.styled(Style.GREEN, "ok"));
            findings.forEach(finding -> terminal.out().println("      " + terminal.styled(Style.DIM, safe(finding))));
            return true;
        } catch (DemoFailure failure) {
            failed(step, number, start, failure.line());
        } catch (Refusal refusal) {
            failed(step, number, start, refusal.line());
        }
        return false;
    }

    private void announce(Step step, int number) {
        if (terminal.animated() && terminal.interactive()) {
            terminal.out().printf(Locale.ROOT, "  %2d  %s ...", number, step.name());
            terminal.out().flush();
        }
    }

    private void failed(Step step, int number, Instant start, String why) {
        if (interrupted.getAsBoolean()) {
            return;
        }
        line(number, step.name(), since(start), terminal.styled(Style.RED, "FAILED"));
        terminal.out().println("      " + safe(why));
        terminal.out().println("      To mend it: " + step.mend());
    }

    private void line(int number, String name, String time, String verdict) {
        String back = terminal.animated() && terminal.interactive() ? "\r\u001b[K" : "";
        terminal.out()
                .printf(Locale.ROOT, "%s  %2d  %-" + NAME_WIDTH + "s %8s  %s%n", back, number, name, time, verdict);
        terminal.out().flush();
    }

    private String since(Instant start) {
        return seconds(Duration.between(start, terminal.now()));
    }

    static String seconds(Duration time) {
        return String.format(Locale.ROOT, "%.2f s", time.toMillis() / 1000.0);
    }

    /** What a guest or a node says must not steer the terminal. */
    private static String safe(String text) {
        return text.replaceAll("\\p{Cntrl}", " ");
    }
}

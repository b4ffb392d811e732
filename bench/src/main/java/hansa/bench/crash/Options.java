package hansa.bench.crash;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;

/**
 * How a crash run goes.
 *
 * @param longestRound from ready to the kill, at most
 * @param faults what else the cloud suffers from, as a fault script
 */
record Options(int kills, long seed, Path data, Duration longestRound, String faults, Child.Java java) {

    static final String USAGE = "usage: bench/crash [--kills N] [--seed N] [--data DIR] [--round MILLIS]"
            + " [--faults SCRIPT] [--java OPTIONS] [--class-path PATH]";

    /** @throws IllegalArgumentException with what is wrong */
    static Options of(List<String> arguments) {
        int kills = 20;
        long seed = ThreadLocalRandom.current().nextLong(1_000_000_000);
        Optional<Path> data = Optional.empty();
        long round = 1500;
        Optional<String> faults = Optional.empty();
        List<String> javaOptions = List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1");
        String classPath = System.getProperty("java.class.path");
        Iterator<String> rest = arguments.iterator();
        while (rest.hasNext()) {
            String option = rest.next();
            if (!rest.hasNext()) {
                throw new IllegalArgumentException("'" + option + "' is not known or wants a value");
            }
            String value = rest.next();
            switch (option) {
                case "--kills" -> kills = (int) number(option, value, 0, 100_000);
                case "--seed" -> seed = number(option, value, 0, Integer.MAX_VALUE);
                case "--data" -> data = Optional.of(Path.of(value));
                case "--round" -> round = number(option, value, 100, 600_000);
                case "--faults" -> faults = Optional.of(value);
                case "--java" -> javaOptions = List.of(value.split(" "));
                case "--class-path" -> classPath = value;
                default -> throw new IllegalArgumentException("'" + option + "' is not known");
            }
        }
        return new Options(
                kills,
                seed,
                data.orElseThrow(() -> new IllegalArgumentException("--data DIR is missing")),
                Duration.ofMillis(round),
                faults.orElse(usualFaults(seed)),
                new Child.Java(javaOptions, classPath));
    }

    private static String usualFaults(long seed) {
        return "on create chance 0.03 seed " + seed + ": timeout after;"
                + "on create,delete,power chance 0.03 seed " + (seed + 1) + ": timeout before;"
                + "on create chance 0.05 seed " + (seed + 2) + ": duplicate;"
                + "on delete chance 0.05 seed " + (seed + 3) + ": slow 300ms";
    }

    private static long number(String option, String value, long least, long most) {
        if (!value.matches("\\d{1,9}") || Long.parseLong(value) < least || Long.parseLong(value) > most) {
            throw new IllegalArgumentException(
                    option + " wants a number of " + least + " to " + most + ", not " + value);
        }
        return Long.parseLong(value);
    }
}

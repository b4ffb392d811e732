package hansa.server;

import hansa.kernel.config.ConfigurationException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What stands on the command line after {@code hansa up}. Read by hand: a library for it costs a tenth of the time that
 * a start may take, and there are three options.
 *
 * @param overrides as {@code key=value}
 */
record Arguments(boolean help, Optional<Path> data, Optional<Path> config, List<String> overrides) {

    static final String HELP = """
            Usage: hansa up [--data DIR] [--config FILE] [--set KEY=VALUE]...
            Runs a node until it gets SIGTERM or SIGINT.

              --data DIR        where the node keeps its data; else $XDG_DATA_HOME/hansa
                                or ~/.local/share/hansa. DIR/endpoints.json appears when
                                it is ready, DIR/admin.token lets the operator in,
                                clients trust DIR/tls/ca.pem.
              --config FILE     the configuration, a YAML file; docs/configuration.md
                                lists its keys
              --set KEY=VALUE   sets one key of the configuration; may come several times

            For example: hansa up --set clouds.sim.driver=simulated
            """;

    /** @throws ConfigurationException with a line for whoever typed it */
    static Arguments parse(List<String> words) throws ConfigurationException {
        if (words.isEmpty() || !words.getFirst().equals("up")) {
            throw wrong("up is expected, not " + (words.isEmpty() ? "nothing" : "\"" + words.getFirst() + "\""));
        }
        Optional<Path> data = Optional.empty();
        Optional<Path> config = Optional.empty();
        List<String> overrides = new ArrayList<>();
        for (int i = 1; i < words.size(); i++) {
            String word = words.get(i);
            int equals = word.startsWith("--") ? word.indexOf('=') : -1;
            String option = equals < 0 ? word : word.substring(0, equals);
            switch (option) {
                case "--help", "-h" -> {
                    return new Arguments(true, data, config, overrides);
                }
                case "--data", "--config", "--set" -> {
                    if (equals < 0 && i + 1 == words.size()) {
                        throw wrong(option + " needs a value");
                    }
                    String value = equals < 0 ? words.get(++i) : word.substring(equals + 1);
                    switch (option) {
                        case "--data" -> data = Optional.of(path(option, value));
                        case "--config" -> config = Optional.of(path(option, value));
                        default -> overrides.add(value);
                    }
                }
                default -> throw wrong("there is no option \"" + word + "\"");
            }
        }
        return new Arguments(false, data, config, List.copyOf(overrides));
    }

    private static Path path(String option, String value) throws ConfigurationException {
        try {
            if (!value.isBlank()) {
                return Path.of(value);
            }
        } catch (InvalidPathException e) {
            throw new ConfigurationException(option + " \"" + value + "\" is no path; see hansa up --help", e);
        }
        throw wrong(option + " needs a path");
    }

    private static ConfigurationException wrong(String what) {
        return new ConfigurationException(what + "; see hansa up --help");
    }
}

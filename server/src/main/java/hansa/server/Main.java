package hansa.server;

import hansa.kernel.config.Configuration;
import hansa.kernel.config.ConfigurationException;
import hansa.kernel.config.ConfigurationReader;
import hansa.kernel.config.SecretText;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;

/** Runs a node until it is told to stop. Ends with 2 for what was asked wrongly and 1 for what went wrong, in one line. */
public final class Main {

    private Main() {}

    public static void main(String[] args) throws InterruptedException {
        int code = run(List.of(args), System.getenv(), System.out, System.err);
        if (code != 0) {
            System.exit(code);
        }
    }

    static int run(List<String> words, Map<String, String> environment, PrintStream out, PrintStream err)
            throws InterruptedException {
        try {
            Arguments arguments = Arguments.parse(words);
            if (arguments.help()) {
                out.print(Arguments.HELP);
                return 0;
            }
            up(arguments, environment);
            return 0;
        } catch (ConfigurationException e) {
            err.println("hansa: " + e.text());
            return 2;
        } catch (StartFailure e) {
            err.println("hansa: " + e.text());
            return 1;
        }
    }

    private static void up(Arguments arguments, Map<String, String> environment)
            throws ConfigurationException, StartFailure, InterruptedException {
        Configuration wanted = ConfigurationReader.read(arguments.config(), arguments.overrides(), environment);
        Logging.apply(wanted.log());
        Path folder = arguments.data().orElseGet(() -> DataFolder.usual(environment));
        Closing closing = new Closing();
        Runtime.getRuntime().addShutdownHook(new Thread(closing::close, "stop"));
        Node.start(folder, wanted, new SecretText(environment), Clock.systemUTC(), closing);
        Thread.currentThread().join();
    }
}

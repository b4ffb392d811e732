package hansa.server;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.JsonEncoder;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.Configurator;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.encoder.Encoder;
import ch.qos.logback.core.spi.ContextAwareBase;
import hansa.kernel.config.Configuration;
import org.slf4j.ILoggerFactory;
import org.slf4j.LoggerFactory;
import org.slf4j.bridge.SLF4JBridgeHandler;

/**
 * Sets logging up by hand: found by logback as its configurator, so that no file is looked for, and told the operator's
 * wishes when the configuration has been read. Everything goes to standard error.
 */
public final class Logging extends ContextAwareBase implements Configurator {

    private static final String PATTERN = "%d{yyyy-MM-dd'T'HH:mm:ss.SSSXXX} %-5level %logger{0} - %msg%n";

    @Override
    public ExecutionStatus configure(LoggerContext context) {
        set(context, new Configuration.Log(Configuration.LogLevel.INFO, Configuration.LogFormat.TEXT, true));
        return ExecutionStatus.DO_NOT_INVOKE_NEXT_IF_ANY;
    }

    static void apply(Configuration.Log wanted) {
        ILoggerFactory factory = LoggerFactory.getILoggerFactory();
        if (factory instanceof LoggerContext context) {
            context.reset();
            set(context, wanted);
        }
        // Database drivers speak through the JDK's own logging.
        SLF4JBridgeHandler.removeHandlersForRootLogger();
        SLF4JBridgeHandler.install();
    }

    private static void set(LoggerContext context, Configuration.Log wanted) {
        ConsoleAppender<ILoggingEvent> console = new ConsoleAppender<>();
        console.setContext(context);
        console.setName("console");
        console.setTarget("System.err");
        console.setEncoder(encoder(context, wanted.format()));
        console.start();
        Logger root = context.getLogger(Logger.ROOT_LOGGER_NAME);
        root.setLevel(level(wanted.level()));
        root.addAppender(console);
        // These say at info what only their own developers want to know.
        if (wanted.level().compareTo(Configuration.LogLevel.DEBUG) < 0) {
            for (String chatty :
                    new String[] {"org.eclipse.jetty", "org.flywaydb", "com.zaxxer", "org.apache.activemq"}) {
                context.getLogger(chatty).setLevel(Level.WARN);
            }
        }
        if (!wanted.access()) {
            context.getLogger("hansa.access").setLevel(Level.OFF);
        }
    }

    private static Encoder<ILoggingEvent> encoder(LoggerContext context, Configuration.LogFormat format) {
        return switch (format) {
            case TEXT -> {
                PatternLayoutEncoder encoder = new PatternLayoutEncoder();
                encoder.setContext(context);
                encoder.setPattern(PATTERN);
                encoder.start();
                yield encoder;
            }
            case JSON -> {
                JsonEncoder encoder = new JsonEncoder();
                encoder.setContext(context);
                encoder.start();
                yield encoder;
            }
        };
    }

    private static Level level(Configuration.LogLevel level) {
        return switch (level) {
            case ERROR -> Level.ERROR;
            case WARN -> Level.WARN;
            case INFO -> Level.INFO;
            case DEBUG -> Level.DEBUG;
            case TRACE -> Level.TRACE;
        };
    }
}

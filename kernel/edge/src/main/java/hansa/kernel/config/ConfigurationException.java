package hansa.kernel.config;

/** What is wrong with the configuration, in one line that names the place, the key and what to do. */
public final class ConfigurationException extends Exception {

    public ConfigurationException(String line) {
        super(oneLine(line));
    }

    public ConfigurationException(String line, Throwable cause) {
        super(oneLine(line), cause);
    }

    /** What a file holds may be quoted in it. */
    private static String oneLine(String text) {
        return text.replaceAll("\\p{Cntrl}+", " ").strip();
    }

    /** The line for the operator. */
    public String text() {
        return String.valueOf(getMessage());
    }
}

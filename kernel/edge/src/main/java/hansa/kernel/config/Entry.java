package hansa.kernel.config;

/**
 * A value as it was written.
 *
 * @param place for messages: the file and line, or the option
 */
record Entry(String text, String place) {}

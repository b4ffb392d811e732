package hansa.federation.images;

/** What is said in the middle of a sentence, as a sentence. */
final class Sentences {

    private Sentences() {}

    static String of(String text) {
        if (text.isEmpty()) {
            return text;
        }
        String begun = Character.toUpperCase(text.charAt(0)) + text.substring(1);
        return begun.endsWith(".") ? begun : begun + ".";
    }
}

package hansa.faces.occi;

/** The shapes in which one entity is rendered. */
enum Form {
    LINES("l"),
    HEADERS("h"),
    JSON("j");

    private final String letter;

    Form(String letter) {
        this.letter = letter;
    }

    /** Tells entity tags of the same version apart. */
    String letter() {
        return letter;
    }
}

package hansa.federation.compute;

/** Whether what a step needs is there. */
sealed interface Readiness<T> {

    record Ready<T>(T value) implements Readiness<T> {}

    /** Somebody is at it; the machine waits. */
    record NotYet<T>(String why) implements Readiness<T> {}

    /** It will not be without somebody's doing. */
    record Never<T>(String why) implements Readiness<T> {}
}

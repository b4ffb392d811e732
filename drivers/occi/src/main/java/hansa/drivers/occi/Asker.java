package hansa.drivers.occi;

/** Says who asks, and asks. */
@FunctionalInterface
interface Asker {
    Answer ask(Ask request);
}

package hansa.cli.demo;

import java.util.List;

/**
 * One thing that the demonstration does.
 *
 * @param name what is done, as one would say it
 * @param mend what to look at when it fails
 */
record Step(String name, String mend, Work work) {

    /** Does it. */
    @FunctionalInterface
    interface Work {
        /**
         * @return what came of it, in lines for people
         * @throws DemoFailure when it does not work
         */
        List<String> run();
    }
}

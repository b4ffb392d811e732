package hansa.drivers.simulated;

import java.util.Set;

/**
 * A line of a fault script.
 *
 * @param operations the calls that it counts
 * @param occasion which of those it strikes
 */
record FaultRule(Set<Operation> operations, Occasion occasion, Fault fault) {

    FaultRule {
        operations = Set.copyOf(operations);
    }

    /** Which of the counted calls, from the first one (number 1) after the cloud was opened. */
    sealed interface Occasion {

        boolean strikes(long number);

        record Always() implements Occasion {
            @Override
            public boolean strikes(long number) {
                return true;
            }
        }

        record Nth(long only) implements Occasion {
            @Override
            public boolean strikes(long number) {
                return number == only;
            }
        }

        record Every(long period) implements Occasion {
            @Override
            public boolean strikes(long number) {
                return number % period == 0;
            }
        }

        record First(long count) implements Occasion {
            @Override
            public boolean strikes(long number) {
                return number <= count;
            }
        }

        /**
         * By chance, but the same calls for the same seed, in whatever order threads come.
         *
         * @param probability 0 to 1
         */
        record Chance(double probability, long seed) implements Occasion {
            @Override
            public boolean strikes(long number) {
                return new java.util.SplittableRandom(seed * 0x9E37_79B9_7F4A_7C15L + number).nextDouble()
                        < probability;
            }
        }
    }
}

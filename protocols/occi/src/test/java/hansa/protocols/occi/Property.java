package hansa.protocols.occi;

import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/** Something that must hold for everything that a seeded source of chance makes up. */
@FunctionalInterface
public interface Property {
    void check(RandomGenerator chance) throws Exception;

    /** Checks it many times; a failure names the seed, which {@code -Dproperty.seed=…} runs again. */
    static void holds(int times, Property property) {
        long first = Long.getLong("property.seed", 20_260_101L);
        for (int i = 0; i < times; i++) {
            long seed = first + i;
            try {
                property.check(RandomGeneratorFactory.of("L64X128MixRandom").create(seed));
            } catch (Exception | AssertionError e) {
                throw new AssertionError("Does not hold for -Dproperty.seed=" + seed + ": " + e.getMessage(), e);
            }
        }
    }
}

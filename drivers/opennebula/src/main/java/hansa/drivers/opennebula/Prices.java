package hansa.drivers.opennebula;

import hansa.cloud.CloudDescription.Price;
import hansa.protocols.opennebula.Element;
import java.math.BigDecimal;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What a machine of a template costs. OpenNebula's templates say what a processor, a MiB of memory and a MiB of disk cost
 * for an hour, and not in which currency.
 */
final class Prices {

    private Prices() {}

    /** Empty where the template says no costs. */
    static Optional<Price> of(Element template, String currency) {
        boolean says = Stream.of("CPU_COST", "MEMORY_COST", "DISK_COST")
                .anyMatch(cost -> number(template, cost).isPresent());
        if (!says) {
            return Optional.empty();
        }
        BigDecimal diskMib = template.children("DISK").stream()
                .map(disk -> number(disk, "SIZE").orElse(BigDecimal.ZERO))
                .reduce(BigDecimal.ZERO, BigDecimal::add);
        BigDecimal sum = cost(template, "CPU_COST", number(template, "CPU").orElse(BigDecimal.ONE))
                .add(cost(template, "MEMORY_COST", number(template, "MEMORY").orElse(BigDecimal.ZERO)))
                .add(cost(template, "DISK_COST", diskMib));
        BigDecimal plain = sum.signum() == 0 ? BigDecimal.ZERO : sum.stripTrailingZeros();
        return Optional.of(new Price(plain.toPlainString(), currency));
    }

    private static BigDecimal cost(Element template, String cost, BigDecimal amount) {
        return number(template, cost).orElse(BigDecimal.ZERO).multiply(amount);
    }

    private static Optional<BigDecimal> number(Element where, String what) {
        return where.text(what)
                .filter(text -> text.matches("\\d{1,12}(\\.\\d{1,18})?([eE][+-]?\\d)?"))
                .map(BigDecimal::new);
    }
}

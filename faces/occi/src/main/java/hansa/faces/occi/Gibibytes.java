package hansa.faces.occi;

import hansa.kernel.base.ErrorCode;
import hansa.kernel.base.Failure;
import hansa.protocols.occi.AttributeValue;
import java.math.BigDecimal;
import java.math.RoundingMode;

/** OCCI counts memory and disks in GiB with fractions, the federation in whole MiB. */
final class Gibibytes {

    private static final BigDecimal MIB = BigDecimal.valueOf(1024);
    private static final BigDecimal MOST = BigDecimal.valueOf(1L << 40);

    private Gibibytes() {}

    static AttributeValue ofMib(long mib) {
        return mib % 1024 == 0
                ? AttributeValue.of(mib / 1024)
                : AttributeValue.of(BigDecimal.valueOf(mib).divide(MIB).stripTrailingZeros());
    }

    static long toMib(String attribute, BigDecimal gib) {
        if (gib.signum() <= 0 || gib.compareTo(MOST) > 0) {
            throw new Failure(
                    ErrorCode.ATTRIBUTE_INVALID,
                    "The attribute " + attribute + " is a size in GiB above 0, not " + gib.toPlainString() + ".");
        }
        return Math.max(1, gib.multiply(MIB).setScale(0, RoundingMode.HALF_UP).longValueExact());
    }
}

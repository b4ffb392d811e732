package hansa.federation.sites;

import hansa.cloud.CloudDescription.Price;
import java.math.BigDecimal;
import java.math.RoundingMode;

/** Amounts of money as whole millionths, which add up exactly. */
public final class Prices {

    private static final BigDecimal MOST = new BigDecimal(1_000_000_000);

    private Prices() {}

    /** -1 for a text that is no price from 0 to a thousand million: it is as if the cloud had told none. */
    static long millionths(Price price) {
        try {
            return millionths(new BigDecimal(price.amount()));
        } catch (IllegalArgumentException e) {
            return -1;
        }
    }

    /** @throws IllegalArgumentException for less than 0 or more than a thousand million */
    public static long millionths(BigDecimal amount) {
        if (amount.signum() < 0 || amount.compareTo(MOST) > 0) {
            throw new IllegalArgumentException("an amount of money is 0 to " + MOST + ", not " + amount);
        }
        return amount.movePointRight(6).setScale(0, RoundingMode.HALF_UP).longValueExact();
    }

    /** Such as {@code 0.0125}, without zeros at the end. */
    public static String text(long millionths) {
        return BigDecimal.valueOf(millionths, 6).stripTrailingZeros().toPlainString();
    }
}

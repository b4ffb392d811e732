package hansa.cli;

import hansa.cli.client.Exit;
import hansa.cli.client.Refusal;
import java.util.Locale;

/** Amounts of memory and disk as people write and read them; units are powers of 1,024. */
final class Sizes {

    private static final long KIB = 1024;

    private Sizes() {}

    /** Reads {@code 512M}, {@code 2G}, {@code 1T}, {@code 2GiB}; a bare number is in MiB. */
    static long parseMib(String text) {
        if (!text.matches("[1-9]\\d{0,9}([mMgGtT]([iI]?[bB])?)?")) {
            throw new Refusal(Exit.USAGE, "'" + text + "' is not a size; write it like 512M, 2G or 1T");
        }
        String digits = text.replaceAll("\\D", "");
        String unit = text.substring(digits.length()).toUpperCase(Locale.ROOT);
        long factor = unit.startsWith("T") ? KIB * KIB : unit.startsWith("G") ? KIB : 1;
        return Long.parseLong(digits) * factor;
    }

    /** An amount in MiB, in the largest unit that keeps it whole; empty for none. */
    static String mib(long mib) {
        if (mib == 0) {
            return "";
        }
        if (mib % (KIB * KIB) == 0) {
            return mib / (KIB * KIB) + "T";
        }
        return mib % KIB == 0 ? mib / KIB + "G" : mib + "M";
    }

    /** An amount in bytes, rounded to three digits. */
    static String bytes(long bytes) {
        if (bytes == 0) {
            return "";
        }
        double value = bytes;
        String[] units = {"B", "K", "M", "G", "T", "P"};
        int unit = 0;
        while (value >= KIB && unit < units.length - 1) {
            value /= KIB;
            unit++;
        }
        return value >= 100 || unit == 0
                ? Math.round(value) + units[unit]
                : String.format(Locale.ROOT, "%.1f%s", value, units[unit]);
    }
}

package dev.millrace.core.status;

import java.util.Locale;
import java.util.OptionalDouble;

/** Numbers for people: {@code 1,234/s}, {@code 12.3 MiB}, {@code 3 m 20 s}. */
public final class Figures {
    private static final String[] SIZES = {"KiB", "MiB", "GiB", "TiB", "PiB", "EiB"};
    private static final String[] TIMES = {"d", "h", "m", "s"};
    private static final long[] SECONDS = {86_400, 3_600, 60, 1};
    private static final long YEAR = 365 * 86_400L;
    private static final double FEW = 10;

    private Figures() {}

    static String count(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    /** Of a slow rate the first decimal is shown too; {@code -} where it is not known. */
    static String rate(OptionalDouble perSecond) {
        if (perSecond.isEmpty()) {
            return "-";
        }
        double rate = perSecond.getAsDouble();
        return String.format(Locale.ROOT, rate > 0 && rate < FEW ? "%.1f/s" : "%,.0f/s", rate);
    }

    /** A size, such as {@code 1.5 MiB}. */
    public static String bytes(long bytes) {
        if (bytes < 1024) {
            return bytes + " B";
        }
        double size = bytes / 1024.0;
        int unit = 0;
        while (size >= 1023.95) {
            size /= 1024;
            unit++;
        }
        return String.format(Locale.ROOT, "%.1f %s", size, SIZES[unit]);
    }

    /** In the largest unit, and the next one where there is something of it. */
    static String duration(long seconds) {
        if (seconds > YEAR) {
            return "> 1 y";
        }
        int unit = 0;
        while (unit < SECONDS.length - 1 && seconds < SECONDS[unit]) {
            unit++;
        }
        String text = seconds / SECONDS[unit] + " " + TIMES[unit];
        if (unit + 1 == SECONDS.length) {
            return text;
        }
        long rest = seconds % SECONDS[unit] / SECONDS[unit + 1];
        return rest == 0 ? text : text + " " + rest + " " + TIMES[unit + 1];
    }
}

package dev.millrace.plugin.input.prometheus;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Durations as Prometheus writes them into labels: {@code 1m30s}, {@code 500ms}, {@code 2w}. */
final class PrometheusDuration {
    private static final Pattern FORMAT =
            Pattern.compile("(?:(\\d+)y)?(?:(\\d+)w)?(?:(\\d+)d)?(?:(\\d+)h)?(?:(\\d+)m)?(?:(\\d+)s)?(?:(\\d+)ms)?");
    private static final String[] UNITS = {"y", "w", "d", "h", "m", "s", "ms"};
    private static final long[] MILLISECONDS = {31_536_000_000L, 604_800_000, 86_400_000, 3_600_000, 60_000, 1000, 1};
    private static final int EXACT_UNITS = 2;

    private PrometheusDuration() {}

    /**
     * Reads a duration.
     *
     * @throws IllegalArgumentException if the text is no duration, or one of more than 292 years
     */
    static Duration parse(String text) {
        Matcher matcher = FORMAT.matcher(text);
        if (text.isEmpty() || !text.equals("0") && !matcher.matches()) {
            throw new IllegalArgumentException("'" + text + "' (expected: a duration such as 15s or 1m30s)");
        }
        try {
            long sum = 0;
            for (int i = 0; i < UNITS.length && !text.equals("0"); i++) {
                String number = matcher.group(i + 1);
                if (number != null) {
                    sum = Math.addExact(sum, Math.multiplyExact(Long.parseLong(number), MILLISECONDS[i]));
                }
            }
            return Duration.ofNanos(Math.multiplyExact(sum, 1_000_000));
        } catch (ArithmeticException | NumberFormatException e) {
            throw new IllegalArgumentException("'" + text + "' (expected: at most 292 years)", e);
        }
    }

    /** Writes a duration, cut to milliseconds. Years and weeks are used only where nothing remains. */
    static String format(Duration duration) {
        long rest = duration.toMillis();
        if (rest == 0) {
            return "0s";
        }
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < UNITS.length; i++) {
            long count = rest / MILLISECONDS[i];
            if (count > 0 && (i >= EXACT_UNITS || rest % MILLISECONDS[i] == 0)) {
                text.append(count).append(UNITS[i]);
                rest -= count * MILLISECONDS[i];
            }
        }
        return text.toString();
    }
}

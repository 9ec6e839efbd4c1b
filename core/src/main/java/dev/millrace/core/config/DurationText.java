package dev.millrace.core.config;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Durations as users write them: {@code 500ms}, {@code 10s}, {@code 1m30s}, {@code 1d}; the larger unit first. */
public final class DurationText {
    static final String EXPECTED = "a duration such as 500ms, 10s, 1m30s";

    static final Pattern FORMAT = Pattern.compile(
            "(?=.)(?:(\\d{1,9})w)?(?:(\\d{1,9})d)?(?:(\\d{1,9})h)?(?:(\\d{1,9})m)?(?:(\\d{1,9})s)?(?:(\\d{1,15})ms)?");
    private static final Pattern NUMBER = Pattern.compile("\\d+");
    private static final long[] MILLISECONDS = {604_800_000, 86_400_000, 3_600_000, 60_000, 1000, 1};
    private static final Duration LONGEST = Duration.ofDays(36_500);

    private DurationText() {}

    /** A duration in the largest unit, up to hours, that divides it. */
    public static String of(Duration duration) {
        long milliseconds = duration.toMillis();
        if (milliseconds == 0) {
            return "0s";
        }
        if (milliseconds % 3_600_000 == 0) {
            return milliseconds / 3_600_000 + "h";
        }
        if (milliseconds % 60_000 == 0) {
            return milliseconds / 60_000 + "m";
        }
        return milliseconds % 1000 == 0 ? milliseconds / 1000 + "s" : milliseconds + "ms";
    }

    /**
     * Reads a duration.
     *
     * @throws IllegalArgumentException with a message for the user
     */
    public static Duration parse(String text) {
        if (NUMBER.matcher(text).matches()) {
            throw new RefusedValueException(ConfigMessage.NO_UNIT.with(Quoted.text(text), text + "s", text + "ms"));
        }
        Matcher matcher = FORMAT.matcher(text);
        if (!matcher.matches()) {
            throw new RefusedValueException(ConfigMessage.VALUE_REFUSED.with(Quoted.text(text), EXPECTED));
        }
        Duration duration = Duration.ZERO;
        for (int unit = 0; unit < MILLISECONDS.length; unit++) {
            String count = matcher.group(unit + 1);
            if (count != null) {
                duration = duration.plus(Duration.ofMillis(MILLISECONDS[unit]).multipliedBy(Long.parseLong(count)));
            }
        }
        if (duration.compareTo(LONGEST) > 0) {
            throw new RefusedValueException(
                    ConfigMessage.VALUE_REFUSED.with(Quoted.text(text), "at most " + LONGEST.toDays() + "d"));
        }
        return duration;
    }
}

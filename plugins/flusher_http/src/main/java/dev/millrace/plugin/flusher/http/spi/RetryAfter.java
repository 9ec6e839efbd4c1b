package dev.millrace.plugin.flusher.http.spi;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.util.Locale;
import java.util.Optional;

/**
 * Reads {@code Retry-After} in both forms of RFC 9110, section 10.2.3: seconds, or a date in any of the three forms of
 * section 5.6.7.
 */
final class RetryAfter {
    private static final long LONGEST_SECONDS = Duration.ofDays(1).toSeconds();

    private static final DateTimeFormatter ASCTIME =
            DateTimeFormatter.ofPattern("EEE MMM ppd HH:mm:ss uuuu", Locale.ENGLISH);

    private RetryAfter() {}

    /** How long to wait, at most a day; empty where the value is zero, in the past, or of neither form. */
    static Optional<Duration> parse(String value, Instant now) {
        String text = value.strip();
        return Optional.of(isNumber(text) ? seconds(text) : until(text, now))
                .filter(delay -> delay.compareTo(Duration.ZERO) > 0);
    }

    private static boolean isNumber(String text) {
        return !text.isEmpty() && text.chars().allMatch(c -> c >= '0' && c <= '9');
    }

    private static Duration seconds(String digits) {
        return digits.length() > 9
                ? Duration.ofSeconds(LONGEST_SECONDS)
                : Duration.ofSeconds(Math.min(LONGEST_SECONDS, Long.parseLong(digits)));
    }

    @SuppressWarnings("UnusedException") // a field that cannot be read counts as absent
    private static Duration until(String text, Instant now) {
        try {
            Instant then = Instant.from(dates(now).parse(text));
            return Duration.ofSeconds(
                    Math.min(LONGEST_SECONDS, Duration.between(now, then).toSeconds()));
        } catch (DateTimeException e) {
            return Duration.ZERO;
        }
    }

    /* RFC 850 has years of two digits; one that would lie more than 50 years ahead is one of the past. */
    private static DateTimeFormatter dates(Instant now) {
        DateTimeFormatter rfc850 = new DateTimeFormatterBuilder()
                .appendPattern("EEEE, dd-MMM-")
                .appendValueReduced(
                        ChronoField.YEAR, 2, 2, now.atZone(ZoneOffset.UTC).getYear() - 49)
                .appendPattern(" HH:mm:ss 'GMT'")
                .toFormatter(Locale.ENGLISH);
        return new DateTimeFormatterBuilder()
                .appendOptional(DateTimeFormatter.RFC_1123_DATE_TIME)
                .appendOptional(rfc850)
                .appendOptional(ASCTIME)
                .toFormatter(Locale.ENGLISH)
                .withZone(ZoneOffset.UTC);
    }
}

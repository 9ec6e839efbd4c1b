package dev.millrace.plugin.service.otlp;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The header field {@code grpc-timeout}: at most eight digits and a unit ("gRPC over HTTP2", "Requests"). */
final class GrpcTimeout {
    private static final Pattern FORM = Pattern.compile("([0-9]{1,8})([HMSmun])");
    private static final Map<String, ChronoUnit> UNITS = Map.of(
            "H", ChronoUnit.HOURS,
            "M", ChronoUnit.MINUTES,
            "S", ChronoUnit.SECONDS,
            "m", ChronoUnit.MILLIS,
            "u", ChronoUnit.MICROS,
            "n", ChronoUnit.NANOS);
    private static final Duration LONGEST = Duration.ofHours(1);

    private GrpcTimeout() {}

    /** How long the client waits, an hour at most; empty where the text says nothing. */
    static Optional<Duration> parse(String text) {
        Matcher form = FORM.matcher(text);
        ChronoUnit unit = form.matches() ? UNITS.get(form.group(2)) : null;
        if (unit == null) {
            return Optional.empty();
        }
        Duration timeout = Duration.of(Long.parseLong(form.group(1)), unit);
        return Optional.of(timeout.compareTo(LONGEST) > 0 ? LONGEST : timeout);
    }
}

package dev.millrace.plugin.lib.otlp.naming;

import java.util.Map;

/**
 * The words for units of UCUM, as Prometheus has them in names ("OTLP Metric points to Prometheus: Metric Metadata").
 *
 * <p>A unit is cut at its first {@code /}; a part in braces is an annotation and says nothing.
 */
public final class Units {
    private static final Map<String, String> WORDS = Map.ofEntries(
            Map.entry("d", "days"),
            Map.entry("h", "hours"),
            Map.entry("min", "minutes"),
            Map.entry("s", "seconds"),
            Map.entry("ms", "milliseconds"),
            Map.entry("us", "microseconds"),
            Map.entry("ns", "nanoseconds"),
            Map.entry("By", "bytes"),
            Map.entry("KiBy", "kibibytes"),
            Map.entry("MiBy", "mebibytes"),
            Map.entry("GiBy", "gibibytes"),
            Map.entry("TiBy", "tebibytes"),
            Map.entry("kBy", "kilobytes"),
            Map.entry("KBy", "kilobytes"),
            Map.entry("MBy", "megabytes"),
            Map.entry("GBy", "gigabytes"),
            Map.entry("TBy", "terabytes"),
            Map.entry("m", "meters"),
            Map.entry("V", "volts"),
            Map.entry("A", "amperes"),
            Map.entry("J", "joules"),
            Map.entry("W", "watts"),
            Map.entry("g", "grams"),
            Map.entry("Cel", "celsius"),
            Map.entry("Hz", "hertz"),
            Map.entry("1", ""),
            Map.entry("%", "percent"));
    private static final Map<String, String> PER_WORDS =
            Map.of("s", "second", "m", "minute", "h", "hour", "d", "day", "w", "week", "mo", "month", "y", "year");

    private final String main;
    private final String per;

    private Units(String main, String per) {
        this.main = main;
        this.per = per;
    }

    /** The words for a unit. */
    public static Units of(String unit) {
        int slash = unit.indexOf('/');
        String main = slash < 0 ? unit : unit.substring(0, slash);
        String per = slash < 0 ? "" : unit.substring(slash + 1);
        return new Units(word(main, WORDS), word(per, PER_WORDS));
    }

    /** What is counted, such as {@code bytes}; empty where that says nothing. */
    String main() {
        return main;
    }

    /** What it is divided by, such as {@code second}; empty where it is not. */
    String per() {
        return per;
    }

    /** The whole in words, such as {@code bytes_per_second}. */
    @Override
    public String toString() {
        if (per.isEmpty()) {
            return main;
        }
        return main.isEmpty() ? "per_" + per : main + "_per_" + per;
    }

    private static String word(String part, Map<String, String> words) {
        String unit = part.strip();
        if (unit.indexOf('{') >= 0 || unit.indexOf('}') >= 0) {
            return "";
        }
        return words.getOrDefault(unit, unit);
    }
}

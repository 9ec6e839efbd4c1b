package dev.millrace.plugin.service.http.statsd;

import dev.millrace.plugin.service.http.statsd.Measure.Kind;
import dev.millrace.spi.Excerpt;
import dev.millrace.spi.event.Labels;
import dev.millrace.spi.event.LabelsBuilder;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads lines of StatsD, with the tags and several values of DogStatsD.
 *
 * <pre>
 * NAME:VALUE[:VALUE…]|TYPE[|@RATE][|#TAG:VALUE,…][|c:…][|T…]
 *
 * c, m   a counter      ms    a timer, in milliseconds, which becomes seconds
 * g      a gauge        h, d  a histogram or distribution
 * s      a set
 * </pre>
 *
 * <p>What a name of Prometheus cannot hold becomes an underscore.
 */
final class StatsdLine {
    private static final double MILLISECONDS = 1000;

    private StatsdLine() {}

    /** Says what is wrong with a line. */
    static final class MalformedLineException extends Exception {
        private static final long serialVersionUID = 1;

        MalformedLineException(String message) {
            super(message);
        }
    }

    /** Whether the line is an event or the result of a check, of which no metric is made. */
    static boolean isNoMetric(String line) {
        return line.startsWith("_e{") || line.startsWith("_sc|");
    }

    static List<Measure> parse(String line) throws MalformedLineException {
        int colon = line.indexOf(':');
        int bar = line.indexOf('|', Math.max(0, colon));
        if (colon <= 0 || bar < 0) {
            throw new MalformedLineException("expected: NAME:VALUE|TYPE");
        }
        String[] parts = line.substring(bar + 1).split("\\|", -1);
        Kind kind = kind(parts[0]);
        LabelsBuilder labels = Labels.builder();
        double rate = 1;
        for (int i = 1; i < parts.length; i++) {
            if (parts[i].startsWith("@")) {
                rate = rate(parts[i].substring(1));
            } else if (parts[i].startsWith("#")) {
                tags(parts[i].substring(1), labels);
            }
        }
        labels.set(Labels.METRIC_NAME, name(line.substring(0, colon)));
        return measures(kind, parts[0], labels.build(), line.substring(colon + 1, bar), 1 / rate);
    }

    private static List<Measure> measures(Kind kind, String type, Labels series, String values, double weight)
            throws MalformedLineException {
        List<Measure> measures = new ArrayList<>(1);
        if (kind == Kind.SET) {
            measures.add(new Measure(kind, series, 0, values, false, weight));
            return measures;
        }
        for (String value : values.split(":", -1)) {
            boolean relative = kind == Kind.GAUGE && (value.startsWith("+") || value.startsWith("-"));
            double number = number(value) / (type.equals("ms") ? MILLISECONDS : 1);
            measures.add(new Measure(kind, series, number, "", relative, weight));
        }
        return measures;
    }

    private static Kind kind(String type) throws MalformedLineException {
        return switch (type) {
            case "c", "m" -> Kind.COUNTER;
            case "g" -> Kind.GAUGE;
            case "ms", "h", "d" -> Kind.TIMING;
            case "s" -> Kind.SET;
            default ->
                throw new MalformedLineException("type: '" + Excerpt.of(type) + "' (expected: c, g, ms, h, d, s or m)");
        };
    }

    private static double rate(String text) throws MalformedLineException {
        double rate = number(text);
        if (rate <= 0 || rate > 1) {
            throw new MalformedLineException("rate: " + Excerpt.of(text) + " (expected: above 0, to 1)");
        }
        return rate;
    }

    /* Java reads more than decimal numbers: those with a type or base, and with spaces around them. */
    @SuppressWarnings("UnusedException") // says no more
    private static double number(String text) throws MalformedLineException {
        double number;
        try {
            if (!text.chars().allMatch(c -> "0123456789+-.eE".indexOf(c) >= 0)) {
                throw new NumberFormatException();
            }
            number = Double.parseDouble(text);
        } catch (NumberFormatException e) {
            throw new MalformedLineException("'" + Excerpt.of(text) + "' (expected: a number)");
        }
        if (!Double.isFinite(number)) {
            throw new MalformedLineException("'" + Excerpt.of(text) + "' (expected: a finite number)");
        }
        return number;
    }

    /* A tag without a value says nothing that a label could hold. */
    private static void tags(String text, LabelsBuilder labels) {
        for (String tag : text.split(",", -1)) {
            int colon = tag.indexOf(':');
            if (colon > 0) {
                labels.set(label(tag.substring(0, colon)), tag.substring(colon + 1));
            }
        }
    }

    private static String label(String tag) {
        String name = name(tag).replace(':', '_');
        return name.equals("le") || name.startsWith("__") ? "tag_" + name : name;
    }

    private static String name(String text) {
        StringBuilder name = new StringBuilder(text.length() + 1);
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean digit = c >= '0' && c <= '9';
            boolean letter = c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c == '_' || c == ':';
            if (digit && i == 0) {
                name.append('_');
            }
            name.append(digit || letter ? c : '_');
        }
        return name.toString();
    }
}

package dev.millrace.distribution.run;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A page of metrics, read by an independent and simple reader: one sample a line.
 *
 * @param samples all samples in their order
 */
public record MetricsPage(List<Sample> samples) {
    private static final Pattern LINE =
            Pattern.compile("([A-Za-z_:][A-Za-z0-9_:]*)(?:\\{(.*)\\})? ([^ ]+)(?: -?[0-9]+)?");
    private static final Pattern LABEL = Pattern.compile("([A-Za-z_][A-Za-z0-9_]*)=\"((?:[^\"\\\\]|\\\\.)*)\",?");

    /** A sample; the labels are without the name. */
    public record Sample(String name, Map<String, String> labels, double value) {}

    /** Reads a page; comments are passed over, any other line must be a sample. */
    public static MetricsPage parse(String text) {
        List<Sample> samples = new ArrayList<>();
        text.lines().filter(line -> !line.isBlank() && !line.startsWith("#")).forEach(line -> {
            Matcher matcher = LINE.matcher(line.strip());
            if (!matcher.matches()) {
                throw new AssertionError("no sample: " + line);
            }
            samples.add(new Sample(matcher.group(1), labels(matcher.group(2)), number(matcher.group(3))));
        });
        return new MetricsPage(List.copyOf(samples));
    }

    /** The sum of all samples of a name whose labels include the given ones (alternating names and values). */
    public double sum(String name, String... labels) {
        return samples.stream()
                .filter(sample -> sample.name.equals(name) && has(sample, labels))
                .mapToDouble(Sample::value)
                .sum();
    }

    /** Whether there is a sample of a name with the given labels. */
    public boolean has(String name, String... labels) {
        return samples.stream().anyMatch(sample -> sample.name.equals(name) && has(sample, labels));
    }

    private static boolean has(Sample sample, String... labels) {
        for (int i = 0; i < labels.length; i += 2) {
            if (!labels[i + 1].equals(sample.labels.get(labels[i]))) {
                return false;
            }
        }
        return true;
    }

    private static Map<String, String> labels(String text) {
        Map<String, String> labels = new TreeMap<>();
        if (text != null) {
            Matcher matcher = LABEL.matcher(text);
            while (matcher.find()) {
                labels.put(matcher.group(1), unescape(matcher.group(2)));
            }
        }
        return labels;
    }

    private static String unescape(String text) {
        StringBuilder plain = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\\' && i + 1 < text.length()) {
                i++;
                plain.append(text.charAt(i) == 'n' ? '\n' : text.charAt(i));
            } else {
                plain.append(c);
            }
        }
        return plain.toString();
    }

    private static double number(String text) {
        return switch (text) {
            case "+Inf" -> Double.POSITIVE_INFINITY;
            case "-Inf" -> Double.NEGATIVE_INFINITY;
            default -> Double.parseDouble(text);
        };
    }
}

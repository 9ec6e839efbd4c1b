package dev.millrace.plugin.lib.otlp.metrics;

import dev.millrace.plugin.lib.prometheus.protobuf.Fields;
import dev.millrace.plugin.lib.prometheus.protobuf.ProtobufFormatException;
import dev.millrace.plugin.lib.prometheus.text.ShortestDecimal;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Writes an {@code AnyValue} as the text that a label has for it: a text as it stands, bytes as Base64, a list or map as
 * JSON, its keys in order ("Attributes on Prometheus Metrics": the rules for attributes that are not texts).
 */
final class AnyValueText {
    private static final int STRING = 1 << 3 | 2;
    private static final int BOOL = 2 << 3;
    private static final int INT = 3 << 3;
    private static final int DOUBLE = 4 << 3 | 1;
    private static final int ARRAY = 5 << 3 | 2;
    private static final int MAP = 6 << 3 | 2;
    private static final int BYTES = 7 << 3 | 2;
    private static final int REPEATED = 1 << 3 | 2;
    private static final int MAP_KEY = 1 << 3 | 2;
    private static final int MAP_VALUE = 2 << 3 | 2;

    private static final int DEEPEST = 32;
    private static final double LEAST_PLAIN = 1e-6;
    private static final double LEAST_WITH_EXPONENT = 1e21;

    private AnyValueText() {}

    /** The text of a value in a range of an array. */
    static String of(byte[] bytes, int from, int to) throws ProtobufFormatException {
        return of(bytes, from, to, 0);
    }

    private static String of(byte[] bytes, int from, int to, int depth) throws ProtobufFormatException {
        Fields fields = new Fields(bytes).over(from, to);
        if (depth > DEEPEST) {
            throw fields.error("values in values, more than " + DEEPEST + " deep (expected: fewer)");
        }
        String text = depth == 0 ? "" : "null";
        for (int tag = fields.next(); tag != 0; tag = fields.next()) {
            text = switch (tag) {
                case STRING -> depth == 0 ? Attributes.text(fields, bytes) : quoted(Attributes.text(fields, bytes));
                case BOOL -> Boolean.toString(fields.number() != 0);
                case INT -> Long.toString(fields.number());
                case DOUBLE -> number(fields.real(), depth);
                case ARRAY -> array(bytes, fields.start(), fields.end(), depth);
                case MAP -> map(bytes, fields.start(), fields.end(), depth);
                case BYTES -> base64(Arrays.copyOfRange(bytes, fields.start(), fields.end()), depth);
                default -> text;
            };
        }
        return text;
    }

    private static String base64(byte[] bytes, int depth) {
        String text = Base64.getEncoder().encodeToString(bytes);
        return depth == 0 ? text : quoted(text);
    }

    private static String number(double value, int depth) {
        if (Double.isFinite(value)) {
            return number(value);
        }
        String text = Double.isNaN(value) ? "NaN" : value > 0 ? "Infinity" : "-Infinity";
        return depth == 0 ? text : quoted(text);
    }

    /* As JavaScript and Go's encoding/json write numbers. */
    private static String number(double value) {
        if (value == 0) {
            return 1 / value > 0 ? "0" : "-0";
        }
        double size = Math.abs(value);
        BigDecimal digits = ShortestDecimal.of(size).stripTrailingZeros();
        String sign = value < 0 ? "-" : "";
        if (size >= LEAST_PLAIN && size < LEAST_WITH_EXPONENT) {
            return sign + digits.toPlainString();
        }
        String all = digits.unscaledValue().toString();
        int exponent = all.length() - 1 - digits.scale();
        String fraction = all.length() == 1 ? "" : "." + all.substring(1);
        return sign + all.charAt(0) + fraction + "e" + (exponent < 0 ? "" : "+") + exponent;
    }

    private static String array(byte[] bytes, int from, int to, int depth) throws ProtobufFormatException {
        Fields fields = new Fields(bytes).over(from, to);
        List<String> values = new ArrayList<>();
        for (int tag = fields.next(); tag != 0; tag = fields.next()) {
            if (tag == REPEATED) {
                values.add(of(bytes, fields.start(), fields.end(), depth + 1));
            }
        }
        return "[" + String.join(",", values) + "]";
    }

    private static String map(byte[] bytes, int from, int to, int depth) throws ProtobufFormatException {
        Fields fields = new Fields(bytes).over(from, to);
        Map<String, String> values = new TreeMap<>();
        for (int tag = fields.next(); tag != 0; tag = fields.next()) {
            if (tag == REPEATED) {
                entry(bytes, fields.start(), fields.end(), depth, values);
            }
        }
        return values.entrySet().stream()
                .map(entry -> quoted(entry.getKey()) + ":" + entry.getValue())
                .collect(Collectors.joining(",", "{", "}"));
    }

    private static void entry(byte[] bytes, int from, int to, int depth, Map<String, String> values)
            throws ProtobufFormatException {
        Fields fields = new Fields(bytes).over(from, to);
        String key = "";
        String value = "null";
        for (int tag = fields.next(); tag != 0; tag = fields.next()) {
            if (tag == MAP_KEY) {
                key = Attributes.text(fields, bytes);
            } else if (tag == MAP_VALUE) {
                value = of(bytes, fields.start(), fields.end(), depth + 1);
            }
        }
        values.put(key, value);
    }

    private static String quoted(String text) {
        StringBuilder quoted = new StringBuilder(text.length() + 2).append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '"', '\\' -> quoted.append('\\').append(c);
                case '\n' -> quoted.append("\\n");
                case '\r' -> quoted.append("\\r");
                case '\t' -> quoted.append("\\t");
                default -> {
                    if (c < ' ') {
                        quoted.append(String.format("\\u%04x", (int) c));
                    } else {
                        quoted.append(c);
                    }
                }
            }
        }
        return quoted.append('"').toString();
    }
}

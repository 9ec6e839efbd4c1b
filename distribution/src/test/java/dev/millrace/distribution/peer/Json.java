package dev.millrace.distribution.peer;

import java.util.Map;
import java.util.TreeMap;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** Reads the JSON of servers' answers, which is YAML too. */
public final class Json {
    private Json() {}

    static Object read(String text) {
        LoaderOptions options = new LoaderOptions();
        options.setCodePointLimit(256 << 20);
        return new Yaml(new SafeConstructor(options)).load(text);
    }

    /** The object that a text is. */
    public static Map<?, ?> object(String text) {
        return (Map<?, ?>) read(text);
    }

    static double number(Object value) {
        return switch (value.toString()) {
            case "+Inf", "Infinity" -> Double.POSITIVE_INFINITY;
            case "-Inf", "-Infinity" -> Double.NEGATIVE_INFINITY;
            default -> Double.parseDouble(value.toString());
        };
    }

    static Map<String, String> texts(Object mapping) {
        Map<String, String> texts = new TreeMap<>();
        ((Map<?, ?>) mapping).forEach((key, value) -> texts.put(key.toString(), value.toString()));
        return texts;
    }
}

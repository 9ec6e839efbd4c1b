package dev.millrace.plugin.lib.otlp.naming;

import java.util.ArrayList;
import java.util.List;

/** Makes the names of metrics, by the rules of Prometheus' {@code otlptranslator}. Immutable and thread-safe. */
public final class MetricNames {
    private final TranslationStrategy strategy;

    /** Names by a strategy. */
    public MetricNames(TranslationStrategy strategy) {
        this.strategy = strategy;
    }

    /** What is said of a metric by the end of its name. */
    public enum Ending {
        /** Nothing. */
        NONE(""),
        /** It is a sum that only grows. */
        TOTAL("total"),
        /** It is a gauge without a unit. */
        RATIO("ratio");

        private final String word;

        Ending(String word) {
            this.word = word;
        }

        /** The ending of a gauge. */
        public static Ending ofGauge(String unit) {
            return unit.equals("1") ? RATIO : NONE;
        }
    }

    /**
     * The name of a metric.
     *
     * @throws NameException if nothing that can be a name is left
     */
    public String of(String name, String unit, Ending ending) throws NameException {
        String made = strategy.escapes() ? escaped(name, unit, ending) : asItIs(name, unit, ending);
        if (made.chars().allMatch(c -> c == '_')) {
            throw new NameException("metric name: '" + name + "' (expected: one with a letter or digit)");
        }
        return made;
    }

    private String asItIs(String name, String unit, Ending ending) {
        if (!strategy.suffixes()) {
            return name;
        }
        Units units = Units.of(unit);
        String made = without(without(name, ending.word), units.per());
        if (!made.endsWith(units.main())) {
            made = made + "_" + units.main();
        }
        made = units.per().isEmpty() ? made : made + "_per_" + units.per();
        return ending.word.isEmpty() ? made : made + "_" + ending.word;
    }

    private static String without(String name, String suffix) {
        return !suffix.isEmpty() && name.endsWith(suffix) && name.length() > suffix.length() + 1
                ? name.substring(0, name.length() - suffix.length() - 1)
                : name;
    }

    private String escaped(String name, String unit, Ending ending) {
        String made = strategy.suffixes() ? joined(name, unit, ending) : String.join("_", tokens(name, true));
        return !made.isEmpty() && isDigit(made.charAt(0)) ? "_" + made : made;
    }

    private static String joined(String name, String unit, Ending ending) {
        List<String> tokens = tokens(name, false);
        Units units = Units.of(unit);
        String main = String.join("_", tokens(units.main(), false));
        String per = String.join("_", tokens(units.per(), false));
        boolean knowsMain = tokens.contains(main);
        boolean knowsPer = tokens.contains(per);
        if (!main.isEmpty() && !knowsMain) {
            tokens.add(main);
        }
        if (!per.isEmpty() && !knowsPer) {
            tokens.add("per");
            tokens.add(per);
        }
        if (!ending.word.isEmpty()) {
            tokens.removeIf(ending.word::equals);
            tokens.add(ending.word);
        }
        return String.join("_", tokens);
    }

    /* The parts of a name between characters that a name may not have. */
    private static List<String> tokens(String name, boolean underscores) {
        List<String> tokens = new ArrayList<>();
        int start = 0;
        for (int i = 0; i <= name.length(); i++) {
            if (i < name.length() && isAllowed(name.charAt(i), underscores)) {
                continue;
            }
            if (i > start) {
                tokens.add(name.substring(start, i));
            }
            start = i + 1;
        }
        return tokens;
    }

    private static boolean isAllowed(char c, boolean underscores) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || isDigit(c) || c == ':' || underscores && c == '_';
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }
}

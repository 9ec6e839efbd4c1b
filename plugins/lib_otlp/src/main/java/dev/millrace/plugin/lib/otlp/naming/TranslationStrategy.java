package dev.millrace.plugin.lib.otlp.naming;

import java.util.Arrays;

/** How names become those of Prometheus; the texts are Prometheus' own ({@code otlp.translation_strategy}). */
public enum TranslationStrategy {
    /** Only ASCII letters, digits and underscores, with suffixes for unit and type. */
    UNDERSCORE_ESCAPING_WITH_SUFFIXES("UnderscoreEscapingWithSuffixes", true, true),
    /** The same without suffixes. */
    UNDERSCORE_ESCAPING_WITHOUT_SUFFIXES("UnderscoreEscapingWithoutSuffixes", true, false),
    /** All characters stay, with suffixes for unit and type. */
    NO_UTF8_ESCAPING_WITH_SUFFIXES("NoUTF8EscapingWithSuffixes", false, true),
    /** Names stay as they are. */
    NO_TRANSLATION("NoTranslation", false, false);

    private final String text;
    private final boolean escapes;
    private final boolean suffixes;

    TranslationStrategy(String text, boolean escapes, boolean suffixes) {
        this.text = text;
        this.escapes = escapes;
        this.suffixes = suffixes;
    }

    /**
     * The strategy of a text.
     *
     * @throws IllegalArgumentException if there is none
     */
    public static TranslationStrategy of(String text) {
        return Arrays.stream(values())
                .filter(strategy -> strategy.text.equals(text))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("'" + text + "' (expected: one of "
                        + Arrays.stream(values()).map(strategy -> strategy.text).toList() + ")"));
    }

    /** Whether other characters become underscores. */
    public boolean escapes() {
        return escapes;
    }

    /** Whether metrics get suffixes for unit and type. */
    public boolean suffixes() {
        return suffixes;
    }

    @Override
    public String toString() {
        return text;
    }
}

package dev.millrace.plugin.lib.prometheus.relabel;

import java.util.ArrayList;
import java.util.List;

/** A rule as one writes it in YAML, without what is the default. */
final class RuleText {
    private final List<String> keys = new ArrayList<>();

    private RuleText() {}

    static String of(RelabelConfig config) {
        RuleText text = new RuleText();
        text.add("action", config.action().toString());
        text.add(
                "source_labels",
                config.sourceLabels().isEmpty() ? "" : config.sourceLabels().toString());
        text.addUnless(RelabelConfig.DEFAULT_SEPARATOR, "separator", config.separator());
        text.addUnless(RelabelConfig.DEFAULT_REGEX, "regex", config.regex());
        text.add("modulus", config.modulus() == 0 ? "" : Long.toString(config.modulus()));
        text.add("target_label", config.targetLabel());
        text.addUnless(RelabelConfig.DEFAULT_REPLACEMENT, "replacement", config.replacement());
        return "{" + String.join(", ", text.keys) + "}";
    }

    private void add(String key, String value) {
        if (!value.isEmpty()) {
            keys.add(key + ": " + value);
        }
    }

    private void addUnless(String standard, String key, String value) {
        if (!value.equals(standard)) {
            keys.add(key + ": '" + value + "'");
        }
    }
}

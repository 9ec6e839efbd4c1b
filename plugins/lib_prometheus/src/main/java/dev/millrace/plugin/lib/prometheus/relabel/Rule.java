package dev.millrace.plugin.lib.prometheus.relabel;

import dev.millrace.spi.event.Labels;
import dev.millrace.spi.event.LabelsBuilder;
import dev.millrace.spi.event.Symbol;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.IntUnaryOperator;

/** One rule, ready to be applied. Immutable and thread-safe. */
final class Rule {
    private final RelabelConfig config;
    private final List<Symbol> sources;
    private final RelabelRegex regex;
    private final Template target;
    private final Template replacement;
    /* Sets or removes a fixed label where nothing is read. */
    private final boolean constant;

    Rule(RelabelConfig config) {
        this.config = config;
        sources = config.sourceLabels().stream().map(Symbol::of).toList();
        regex = new RelabelRegex(config.regex());
        target = new Template(config.targetLabel());
        replacement = new Template(config.replacement());
        constant = config.regex().equals(RelabelConfig.DEFAULT_REGEX)
                && !Template.refers(config.targetLabel())
                && !Template.refers(config.replacement());
    }

    /** Changes labels, and says whether they are kept. */
    boolean apply(LabelsBuilder labels) {
        switch (config.action()) {
            case KEEP -> {
                return regex.matches(joined(labels));
            }
            case DROP -> {
                return !regex.matches(joined(labels));
            }
            case KEEPEQUAL -> {
                return labels.get(config.targetLabel()).equals(joined(labels));
            }
            case DROPEQUAL -> {
                return !labels.get(config.targetLabel()).equals(joined(labels));
            }
            case REPLACE -> replace(labels);
            case HASHMOD -> labels.set(config.targetLabel(), HashMod.of(joined(labels), config.modulus()));
            case LOWERCASE -> labels.set(config.targetLabel(), mapped(joined(labels), Character::toLowerCase));
            case UPPERCASE -> labels.set(config.targetLabel(), mapped(joined(labels), Character::toUpperCase));
            case LABELMAP -> forEach(labels, (name, value) -> copy(labels, name, value));
            case LABELDROP -> forEach(labels, (name, value) -> removeIf(regex.matches(name.toString()), labels, name));
            case LABELKEEP -> forEach(labels, (name, value) -> removeIf(!regex.matches(name.toString()), labels, name));
        }
        return true;
    }

    private void replace(LabelsBuilder labels) {
        String value = joined(labels);
        if (value.isEmpty() && constant) {
            labels.set(config.targetLabel(), config.replacement());
            return;
        }
        RelabelRegex.Groups groups = regex.match(value);
        if (groups == null) {
            return;
        }
        String name = target.expand(groups);
        if (!name.isEmpty()) {
            labels.set(name, replacement.expand(groups));
        }
    }

    private void copy(LabelsBuilder labels, Symbol name, Symbol value) {
        RelabelRegex.Groups groups = regex.match(name.toString());
        String copy = groups == null ? "" : replacement.expand(groups);
        if (!copy.isEmpty()) {
            labels.set(Symbol.of(copy), value);
        }
    }

    private static void removeIf(boolean condition, LabelsBuilder labels, Symbol name) {
        if (condition) {
            labels.remove(name);
        }
    }

    /* The labels as they were when the rule began. */
    private static void forEach(LabelsBuilder labels, BiConsumer<Symbol, Symbol> action) {
        Labels before = labels.build();
        for (int i = 0; i < before.size(); i++) {
            action.accept(before.name(i), before.value(i));
        }
    }

    private String joined(LabelsBuilder labels) {
        if (sources.size() == 1) {
            return labels.get(sources.get(0)).toString();
        }
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < sources.size(); i++) {
            text.append(i == 0 ? "" : config.separator()).append(labels.get(sources.get(i)));
        }
        return text.toString();
    }

    /* One character for each, as Go maps case: not the rules by which one letter may become two. */
    private static String mapped(String text, IntUnaryOperator mapping) {
        return text.codePoints()
                .map(mapping)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }
}

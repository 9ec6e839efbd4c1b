package dev.millrace.plugin.ext.groupinfo.filter;

import dev.millrace.plugin.lib.prometheus.relabel.SearchRegex;
import dev.millrace.spi.event.Labels;
import dev.millrace.spi.event.Symbol;
import java.util.concurrent.ConcurrentHashMap;

/** A condition on one label, with what is known of the values seen last. Thread-safe. */
final class LabelCondition {
    private static final int MOST_KNOWN = 10_000;

    private final Symbol name;
    private final SearchRegex pattern;
    private final boolean reverse;
    private final ConcurrentHashMap<Symbol, Boolean> known = new ConcurrentHashMap<>();

    LabelCondition(String name, GroupInfoFilterOptions.Condition condition) {
        this.name = Symbol.of(name);
        this.pattern = new SearchRegex(condition.pattern());
        this.reverse = condition.reverse();
    }

    boolean met(Labels labels) {
        Symbol value = labels.get(name);
        Symbol text = value == null ? Symbol.EMPTY : value;
        Boolean met = known.get(text);
        return met != null ? met : learn(text);
    }

    private boolean learn(Symbol value) {
        if (known.size() >= MOST_KNOWN) {
            known.clear();
        }
        boolean met = pattern.occursIn(value.toString()) != reverse;
        known.put(value, met);
        return met;
    }
}

package dev.millrace.plugin.lib.prometheus.wire;

import dev.millrace.plugin.lib.prometheus.names.LegacyNames;
import dev.millrace.spi.event.Labels;
import dev.millrace.spi.event.Symbol;

/**
 * Tells whether all names of a series are legal in remote write 1.0, and remembers the names that were.
 *
 * <p>The memory is two small tables by symbol number. An entry is believed only if it is the very symbol, so that a race
 * or a number used again costs a check and nothing else. Thread-safe.
 */
final class LabelNames {
    private static final int TABLE = 4096;
    private static final Symbol METRIC_NAME = Symbol.of(Labels.METRIC_NAME);

    private final Symbol[] labels = new Symbol[TABLE];
    private final Symbol[] metrics = new Symbol[TABLE];

    boolean legal(Labels series) {
        for (int i = 0; i < series.size(); i++) {
            Symbol name = series.name(i);
            if (!isLabel(name) || name == METRIC_NAME && !isMetric(series.value(i))) {
                return false;
            }
        }
        return true;
    }

    private boolean isLabel(Symbol name) {
        int entry = name.number() & (TABLE - 1);
        if (labels[entry] == name) {
            return true;
        }
        byte[] utf8 = bytes(name);
        if (!LegacyNames.isLabel(utf8, 0, utf8.length)) {
            return false;
        }
        labels[entry] = name;
        return true;
    }

    private boolean isMetric(Symbol name) {
        int entry = name.number() & (TABLE - 1);
        if (metrics[entry] == name) {
            return true;
        }
        byte[] utf8 = bytes(name);
        if (!LegacyNames.isMetric(utf8, 0, utf8.length)) {
            return false;
        }
        metrics[entry] = name;
        return true;
    }

    private static byte[] bytes(Symbol name) {
        byte[] utf8 = new byte[name.length()];
        name.copyTo(utf8, 0);
        return utf8;
    }
}

package dev.millrace.plugin.lib.prometheus.wire;

import dev.millrace.plugin.lib.prometheus.names.LegacyNames;
import dev.millrace.spi.event.Labels;
import dev.millrace.spi.event.Symbol;

/** Tells whether all names of a series are legal in remote write 1.0. */
final class LabelNames {
    private static final Symbol METRIC_NAME = Symbol.of(Labels.METRIC_NAME);

    private LabelNames() {}

    static boolean legal(Labels series) {
        for (int i = 0; i < series.size(); i++) {
            Symbol name = series.name(i);
            if (name == METRIC_NAME ? !isMetric(series.value(i)) : !isLabel(name)) {
                return false;
            }
        }
        return true;
    }

    private static boolean isLabel(Symbol name) {
        byte[] utf8 = bytes(name);
        return LegacyNames.isLabel(utf8, 0, utf8.length);
    }

    private static boolean isMetric(Symbol name) {
        byte[] utf8 = bytes(name);
        return LegacyNames.isMetric(utf8, 0, utf8.length);
    }

    private static byte[] bytes(Symbol name) {
        byte[] utf8 = new byte[name.length()];
        name.copyTo(utf8, 0);
        return utf8;
    }
}

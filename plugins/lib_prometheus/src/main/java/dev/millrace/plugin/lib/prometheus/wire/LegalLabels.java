package dev.millrace.plugin.lib.prometheus.wire;

import dev.millrace.plugin.lib.prometheus.names.EscapedNames;
import dev.millrace.plugin.lib.prometheus.names.InvalidNames;
import dev.millrace.plugin.lib.prometheus.names.LegacyNames;
import dev.millrace.spi.event.Labels;
import dev.millrace.spi.event.LabelsBuilder;
import dev.millrace.spi.event.Symbol;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes labels whose names are legal in remote write 1.0. */
final class LegalLabels {
    private static final Logger LOG = LoggerFactory.getLogger(LegalLabels.class);
    private static final AtomicBoolean WARNED = new AtomicBoolean();
    private static final Symbol METRIC_NAME = Symbol.of(Labels.METRIC_NAME);

    private LegalLabels() {}

    /** The labels with legal names; null where there are none, or two names would become one. */
    static @Nullable Labels of(Labels labels, InvalidNames policy) {
        return areLegal(labels) ? labels : ofIllegal(labels, policy);
    }

    /** The same for labels of which one is known not to be legal. */
    static @Nullable Labels ofIllegal(Labels labels, InvalidNames policy) {
        return policy == InvalidNames.ESCAPE ? escaped(labels) : null;
    }

    private static boolean areLegal(Labels labels) {
        for (int i = 0; i < labels.size(); i++) {
            if (!isLegal(labels.name(i), labels.value(i))) {
                return false;
            }
        }
        return true;
    }

    /** Whether a label is legal as it is. */
    static boolean isLegal(Symbol name, Symbol value) {
        return name == METRIC_NAME ? isMetric(value) : isLabel(name);
    }

    private static @Nullable Labels escaped(Labels labels) {
        LabelsBuilder builder = Labels.builder();
        for (int i = 0; i < labels.size(); i++) {
            Symbol name = labels.name(i);
            Symbol value = labels.value(i);
            Symbol legal = name == METRIC_NAME ? name : Symbol.of(EscapedNames.label(name.toString()));
            if (builder.get(legal) != Symbol.EMPTY) {
                return null;
            }
            builder.add(legal, name == METRIC_NAME ? Symbol.of(EscapedNames.metric(value.toString())) : value);
        }
        Labels legal = builder.build();
        if (!WARNED.getAndSet(true)) {
            LOG.warn(
                    "{} is sent as {}: remote write 1.0 knows no such names (expected: the protocol 2.0, or labels of"
                            + " other names); others are escaped without a word",
                    labels,
                    legal);
        }
        return legal;
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

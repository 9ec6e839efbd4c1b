package dev.millrace.plugin.lib.prometheus.wire;

import dev.millrace.plugin.lib.prometheus.names.InvalidNames;
import dev.millrace.spi.BodyBuffer;
import dev.millrace.spi.event.Labels;
import dev.millrace.spi.event.LabelsEncoding;

/**
 * Labels as a field 1 for each, which they are in series and in exemplars, sorted by name. Where they are kept with a
 * series, there are no fields if they cannot be made legal.
 */
final class LabelFields extends LabelsEncoding {
    private static final LabelFields ESCAPED = new LabelFields(InvalidNames.ESCAPE);
    private static final LabelFields LEGAL = new LabelFields(InvalidNames.DROP);

    private final InvalidNames policy;

    private LabelFields(InvalidNames policy) {
        this.policy = policy;
    }

    /** The labels of series, whose names are made legal in remote write 1.0, or which are left out. */
    static LabelFields of(InvalidNames policy) {
        return policy == InvalidNames.ESCAPE ? ESCAPED : LEGAL;
    }

    @Override
    protected void encode(Labels labels, BodyBuffer target) {
        Labels legal = LegalLabels.of(labels, policy);
        if (legal != null) {
            write(legal, new FieldWriter(target));
        }
    }

    static void write(Labels labels, FieldWriter out) {
        for (int i = 0; i < labels.size(); i++) {
            int start = out.begin(WireTags.SERIES_LABELS, 1);
            out.text(WireTags.LABEL_NAME, labels.name(i));
            out.text(WireTags.LABEL_VALUE, labels.value(i));
            out.end(start, 1);
        }
    }
}

package dev.millrace.plugin.lib.prometheus.wire;

import dev.millrace.spi.BodyBuffer;
import dev.millrace.spi.event.Labels;
import dev.millrace.spi.event.LabelsEncoding;

/**
 * Labels as a field 1 for each, which they are in series and in exemplars, sorted by name. Where they are kept with a
 * series, there are no fields if a name is not legal.
 */
final class LabelFields extends LabelsEncoding {
    /** The labels of series whose names are legal in remote write 1.0. */
    static final LabelFields LEGAL = new LabelFields();

    private LabelFields() {}

    @Override
    protected void encode(Labels labels, BodyBuffer target) {
        if (LabelNames.legal(labels)) {
            write(labels, new FieldWriter(target));
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

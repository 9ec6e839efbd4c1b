package dev.millrace.plugin.metric.host;

import dev.millrace.plugin.lib.reading.Series;
import dev.millrace.spi.event.Labels;
import dev.millrace.spi.event.LabelsBuilder;
import dev.millrace.spi.event.Metadata;

/**
 * The series of one name.
 *
 * @param metadata what they mean
 * @param common the labels of all
 */
record Family(Metadata metadata, Labels common) {
    /** A series with more labels, alternating names and values; those with an empty value are left out. */
    Series series(String... labels) {
        LabelsBuilder all = common.toBuilder().set(Labels.METRIC_NAME, metadata.family());
        for (int i = 0; i < labels.length; i += 2) {
            all.set(labels[i], labels[i + 1]);
        }
        return new Series(all.build(), metadata);
    }
}

package dev.millrace.spi.event;

/**
 * Labels that every event gets where it has none of their name.
 *
 * <p>What a series becomes is made once and kept with its labels, so that its later samples cost no more than a look there.
 * Thread-safe.
 */
public final class AddedLabels {
    private final Labels labels;

    /** Adds {@code labels}. */
    public AddedLabels(Labels labels) {
        this.labels = labels;
    }

    /** The batch with these labels on every row; for logs and spans they are those of the resource. */
    public EventBatch to(EventBatch batch) {
        if (batch instanceof MetricBatch metrics) {
            return metrics.withLabels(this);
        }
        if (batch instanceof LogBatch logs) {
            return new LogBatch(to(logs.resource()), logs.rows());
        }
        SpanBatch spans = (SpanBatch) batch;
        return new SpanBatch(to(spans.resource()), spans.rows());
    }

    /** A series with these labels. */
    Labels to(Labels series) {
        Extended known = series.extended;
        return known != null && known.by == this ? known.labels : extend(series);
    }

    private Labels extend(Labels series) {
        LabelsBuilder builder = series.toBuilder();
        for (int i = 0; i < labels.size(); i++) {
            if (series.get(labels.name(i)) == null) {
                builder.add(labels.name(i), labels.value(i));
            }
        }
        Labels extended = builder.build();
        series.extended = new Extended(this, extended);
        return extended;
    }

    /** What a series has become. */
    record Extended(AddedLabels by, Labels labels) {}
}

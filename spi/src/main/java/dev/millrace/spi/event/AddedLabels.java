package dev.millrace.spi.event;

/**
 * The rule that every event gets some labels where it has none of their name.
 *
 * <p>What a series becomes is made once and kept with its labels, so that its later samples cost no more than a look there.
 * Thread-safe.
 */
public final class AddedLabels implements LabelRule {
    private final Labels labels;

    /** Adds {@code labels}. */
    public AddedLabels(Labels labels) {
        this.labels = labels;
    }

    @Override
    public Labels apply(Labels series) {
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

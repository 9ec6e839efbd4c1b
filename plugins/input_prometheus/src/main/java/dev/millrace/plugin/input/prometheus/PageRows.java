package dev.millrace.plugin.input.prometheus;

import dev.millrace.spi.event.Exemplar;
import dev.millrace.spi.event.Labels;
import dev.millrace.spi.event.Metadata;
import dev.millrace.spi.event.MetricBatchBuilder;
import dev.millrace.spi.event.NativeHistogram;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Makes rows of a page's samples, and counts those that are left out. Used once. */
final class PageRows {
    private final KnownPage page;
    private final PageValues values;
    private final long timestamp;
    private final MetricBatchBuilder rows;
    /** What was seen of the series that the page has more than once. */
    private final Map<Labels, Seen> repeated = new HashMap<>();

    private int duplicates;
    private int outOfBounds;

    /** Rows of a page at the time of its scrape, in milliseconds since the epoch. */
    PageRows(KnownPage page, PageValues values, long timestamp, MetricBatchBuilder rows) {
        this.page = page;
        this.values = values;
        this.timestamp = timestamp;
        this.rows = rows;
    }

    /** The timestamp of the last sample of a series that was taken, and whether one of them had none of its own. */
    private record Seen(long timestamp, boolean plain) {}

    /** Whether each sample is a value of another series at the time of the scrape, and nothing else. */
    static boolean arePlain(KnownPage page, PageValues values) {
        return page.series().isPlain() && !page.hasStarts() && values.arePlain();
    }

    void addAll() {
        PageSeries series = page.series();
        if (arePlain(page, values)) {
            rows.addAll(series.plainLabels(), timestamp, values.bits(), page.metadata(), page.size());
            return;
        }
        for (int i = 0; i < page.size(); i++) {
            Labels labels = page.labels(i);
            if (labels != null) {
                add(series, i, labels);
            }
        }
    }

    /** The samples that are left out because the page has their series twice. */
    int duplicates() {
        return duplicates;
    }

    /** The samples that are left out because their timestamps lie too far in the future. */
    int outOfBounds() {
        return outOfBounds;
    }

    private void add(PageSeries series, int at, Labels labels) {
        byte kind = series.kind(at);
        if (kind == PageSeries.AHEAD) {
            outOfBounds++;
            return;
        }
        boolean plain = kind == PageSeries.PLAIN;
        long time = plain ? timestamp : values.timestamp(at);
        if (series.isReserved(at) || series.isRepeated(at) && isDuplicate(labels, time, plain)) {
            duplicates++;
            return;
        }
        NativeHistogram histogram = values.histogram(at);
        if (histogram == null) {
            rows.add(labels, time, values.bits()[at]);
        } else {
            rows.add(labels, time, histogram);
        }
        Metadata metadata = page.metadata()[at];
        if (metadata != null) {
            rows.metadata(metadata);
        }
        addStart(at, page.startOf(at), time);
        List<Exemplar> exemplars = values.exemplars(at);
        if (exemplars != null) {
            rows.exemplars(exemplars);
        }
    }

    /* What would lie behind the sample, or is no time, says nothing. */
    private void addStart(int at, int sample, long time) {
        long start = sample == StartSamples.NONE ? values.start(at) : created(values.bits()[sample]);
        if (start > 0 && start <= time) {
            rows.startTimestamp(start);
        }
    }

    /* The epoch itself is told as the millisecond behind it, because 0 says that a start is not known. */
    private static long created(long bits) {
        double seconds = Double.longBitsToDouble(bits);
        return seconds == 0 ? 1 : (long) (seconds * 1000);
    }

    private boolean isDuplicate(Labels labels, long time, boolean plain) {
        @Nullable Seen seen = repeated.get(labels);
        if (seen != null && (time == seen.timestamp() || plain && seen.plain())) {
            return true;
        }
        repeated.put(labels, new Seen(time, plain || seen != null && seen.plain()));
        return false;
    }
}

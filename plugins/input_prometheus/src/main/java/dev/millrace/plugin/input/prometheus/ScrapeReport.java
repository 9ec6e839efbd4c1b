package dev.millrace.plugin.input.prometheus;

import dev.millrace.spi.event.Labels;
import dev.millrace.spi.event.Metadata;
import dev.millrace.spi.event.MetricBatchBuilder;
import dev.millrace.spi.event.MetricType;
import java.util.List;
import java.util.stream.Stream;

/** The samples that are made of each scrape beside those of its page. They are not relabelled. */
final class ScrapeReport {
    /** The number of its samples. */
    static final int ROWS = 5;

    private final Row up;
    private final Row duration;
    private final Row scraped;
    private final Row kept;
    private final Row added;

    /** The report of a target of these labels. */
    ScrapeReport(Labels target) {
        up = row(target, "up", "Whether the last scrape of the target succeeded, 1 or 0.", "targets");
        duration = row(target, "scrape_duration_seconds", "How long the last scrape of the target took.", "seconds");
        scraped = row(target, "scrape_samples_scraped", "The samples in the last page of the target.", "samples");
        kept = row(
                target,
                "scrape_samples_post_metric_relabeling",
                "The samples that metric relabelling left of the last page of the target.",
                "samples");
        added = row(
                target,
                "scrape_series_added",
                "The series in the last page of the target that were not in the page before.",
                "series");
    }

    /** The series of the report. */
    List<Labels> series() {
        return Stream.of(up, duration, scraped, kept, added).map(Row::labels).toList();
    }

    /** Whether a series is one of the report. */
    boolean has(Labels series) {
        return series.equals(up.labels())
                || series.equals(duration.labels())
                || series.equals(scraped.labels())
                || series.equals(kept.labels())
                || series.equals(added.labels());
    }

    private record Row(Labels labels, Metadata metadata) {
        void add(MetricBatchBuilder rows, long timestamp, double value) {
            rows.add(labels, timestamp, Double.doubleToRawLongBits(value)).metadata(metadata);
        }
    }

    /** Adds the report of one scrape. */
    void add(MetricBatchBuilder rows, long timestamp, boolean good, double seconds, PageCounts counts) {
        up.add(rows, timestamp, up(good));
        duration.add(rows, timestamp, seconds);
        scraped.add(rows, timestamp, counts.scraped());
        kept.add(rows, timestamp, counts.kept());
        added.add(rows, timestamp, counts.added());
    }

    /** Sets the last values of a batch, which are those of the report of a good scrape, in the order of {@link #add}. */
    static void set(long[] valueBits, double seconds, PageCounts counts) {
        double[] values = {up(true), seconds, counts.scraped(), counts.kept(), counts.added()};
        for (int i = 0; i < ROWS; i++) {
            valueBits[valueBits.length - ROWS + i] = Double.doubleToRawLongBits(values[i]);
        }
    }

    private static double up(boolean good) {
        return good ? 1 : 0;
    }

    private static Row row(Labels target, String name, String help, String unit) {
        Labels labels = target.toBuilder().set(Labels.METRIC_NAME, name).build();
        return new Row(labels, new Metadata(name, MetricType.GAUGE, help, unit));
    }
}

package dev.millrace.plugin.input.prometheus;

import dev.millrace.spi.event.Labels;
import dev.millrace.spi.event.Metadata;
import dev.millrace.spi.event.MetricBatchBuilder;
import dev.millrace.spi.event.MetricType;
import java.util.ArrayList;
import java.util.List;

/**
 * The samples that are made of each scrape beside those of its page. They are not relabelled. With
 * {@code extra_scrape_metrics} there are three more, in which the size of a page is -1 where that was over its limit, and 0
 * where there was no page.
 */
final class ScrapeReport {
    private final List<Row> rows;
    private final double timeout;
    private final int sampleLimit;

    /** The report of a target. */
    ScrapeReport(Target target, ScrapeConfig config) {
        this(
                rows(target.labels(), config.extraMetrics()),
                target.timeout().toMillis() / 1e3,
                config.limits().sampleLimit());
    }

    private ScrapeReport(List<Row> rows, double timeout, int sampleLimit) {
        this.rows = rows;
        this.timeout = timeout;
        this.sampleLimit = sampleLimit;
    }

    /** The series of the report of a target. */
    static List<Labels> series(Labels target, boolean extra) {
        return rows(target, extra).stream().map(Row::labels).toList();
    }

    private static List<Row> rows(Labels target, boolean extra) {
        List<Row> rows = new ArrayList<>();
        rows.add(row(target, "up", "Whether the last scrape of the target succeeded, 1 or 0.", "targets"));
        rows.add(row(target, "scrape_duration_seconds", "How long the last scrape of the target took.", "seconds"));
        rows.add(row(target, "scrape_samples_scraped", "The samples in the last page of the target.", "samples"));
        rows.add(row(
                target,
                "scrape_samples_post_metric_relabeling",
                "The samples that metric relabelling left of the last page of the target.",
                "samples"));
        rows.add(row(
                target,
                "scrape_series_added",
                "The series in the last page of the target that were not in the page before.",
                "series"));
        if (extra) {
            rows.add(row(target, "scrape_timeout_seconds", "How long a scrape of the target may take.", "seconds"));
            rows.add(row(
                    target,
                    "scrape_sample_limit",
                    "The largest number of samples in a page of the target.",
                    "samples"));
            rows.add(row(
                    target,
                    "scrape_body_size_bytes",
                    "The size of the last page of the target, not compressed.",
                    "bytes"));
        }
        return List.copyOf(rows);
    }

    /** The number of its samples. */
    int size() {
        return rows.size();
    }

    /** Whether a series is one of the report. */
    boolean has(Labels series) {
        for (int i = 0; i < rows.size(); i++) {
            if (series.equals(rows.get(i).labels())) {
                return true;
            }
        }
        return false;
    }

    private record Row(Labels labels, Metadata metadata) {}

    /** Adds the report of one scrape. */
    void add(MetricBatchBuilder builder, long timestamp, boolean good, double seconds, PageCounts counts) {
        for (int i = 0; i < rows.size(); i++) {
            Row row = rows.get(i);
            builder.add(row.labels(), timestamp, Double.doubleToRawLongBits(value(i, good, seconds, counts)))
                    .metadata(row.metadata());
        }
    }

    /** Sets the last values of a batch, which are those of the report of a good scrape, in the order of {@link #add}. */
    void set(long[] valueBits, double seconds, PageCounts counts) {
        int first = valueBits.length - rows.size();
        for (int i = 0; i < rows.size(); i++) {
            valueBits[first + i] = Double.doubleToRawLongBits(value(i, true, seconds, counts));
        }
    }

    private double value(int row, boolean good, double seconds, PageCounts counts) {
        return switch (row) {
            case 0 -> good ? 1 : 0;
            case 1 -> seconds;
            case 2 -> counts.scraped();
            case 3 -> counts.kept();
            case 4 -> counts.added();
            case 5 -> timeout;
            case 6 -> sampleLimit;
            default -> counts.bytes();
        };
    }

    private static Row row(Labels target, String name, String help, String unit) {
        Labels labels = target.toBuilder().set(Labels.METRIC_NAME, name).build();
        return new Row(labels, new Metadata(name, MetricType.GAUGE, help, unit));
    }
}

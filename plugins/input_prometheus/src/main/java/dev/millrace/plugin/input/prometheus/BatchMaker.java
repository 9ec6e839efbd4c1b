package dev.millrace.plugin.input.prometheus;

import dev.millrace.plugin.lib.prometheus.relabel.Relabeling;
import dev.millrace.plugin.lib.prometheus.text.TextFormatException;
import dev.millrace.spi.BodyBuffer;
import dev.millrace.spi.event.Labels;
import dev.millrace.spi.event.MetricBatch;
import dev.millrace.spi.event.MetricBatchBuilder;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.DoubleSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Makes the batch of each scrape of one target: all samples of its page, the marks of series that ended, and the report;
 * or, where anything failed, no sample, the marks of all series, and the report.
 *
 * <p>Not thread-safe: a batch is made when what became of the one before is known.
 */
final class BatchMaker {
    private final Target target;
    private final ScrapeConfig config;
    private final SeriesCache series = new SeriesCache();
    private final FamilyCache families = new FamilyCache();
    private final SampleLabels labels;
    private final ScrapeReport report;
    private int expectedRows;
    /** The last batch, until it is known what became of it. */
    private @Nullable Made unanswered;
    /** The timestamp of the last scrape that is in the pipeline. */
    private OptionalLong newest = OptionalLong.empty();

    BatchMaker(Target target, ScrapeConfig config, Relabeling metricRelabeling) {
        this.target = target;
        this.config = config;
        this.labels = new SampleLabels(target.labels(), config.honorLabels(), metricRelabeling);
        this.report = new ScrapeReport(target.labels());
        report.series().forEach(series::reserve);
    }

    /**
     * A batch.
     *
     * @param batch the rows
     * @param failure why the scrape failed, or null
     * @param counts what was counted in the page
     * @param timestamp the time of the scrape, in milliseconds since the epoch
     */
    record Made(MetricBatch batch, @Nullable Exception failure, PageCounts counts, long timestamp) {}

    /** Begins with what a predecessor has left, as if that had been the scrape before the first. */
    void inherit(LiveTarget live) {
        series.inherit(live.series());
        newest = OptionalLong.of(live.newest());
    }

    /**
     * The batch of a page.
     *
     * @param timestamp the time of the scrape, in milliseconds since the epoch
     * @param seconds how long the scrape took, asked when the page was read
     */
    Made ofPage(BodyBuffer page, long timestamp, DoubleSupplier seconds) {
        MetricBatchBuilder rows = MetricBatch.builder(expectedRows);
        PageReader reader = new PageReader(series, families, labels, config, timestamp, rows);
        Exception failure = null;
        try {
            reader.read(page);
            series.forEachGone(one -> rows.add(one.labels, timestamp, MetricBatch.STALE_NAN));
        } catch (TextFormatException | ScrapeException e) {
            failure = e;
            rows.truncate(0);
        }
        return made(rows, failure, reader.counts(), timestamp, seconds);
    }

    /** The batch of a scrape without a page. */
    Made ofFailure(Exception failure, long timestamp, DoubleSupplier seconds) {
        return made(MetricBatch.builder(0), failure, PageCounts.NONE, timestamp, seconds);
    }

    /** Notes that the journal holds a batch. */
    void kept(Made made) {
        series.kept(made.failure() == null);
        newest = OptionalLong.of(made.timestamp());
        unanswered = null;
    }

    /** Notes that the journal refused the last batch: it is as if there had been no scrape. */
    void refused() {
        unanswered = null;
    }

    /** What is in the pipeline without a mark of its end, or may be; empty where there was no scrape. */
    Optional<LiveTarget> live() {
        Made last = unanswered;
        OptionalLong time = last == null ? newest : OptionalLong.of(last.timestamp());
        if (time.isEmpty()) {
            return Optional.empty();
        }
        List<Labels> live = series.live(last != null && last.failure() == null);
        return Optional.of(new LiveTarget(target.labels(), target.url(), live, time.getAsLong()));
    }

    private Made made(
            MetricBatchBuilder rows,
            @Nullable Exception failure,
            PageCounts counts,
            long timestamp,
            DoubleSupplier seconds) {
        if (failure != null) {
            series.forEachTracked(one -> rows.add(one.labels, timestamp, MetricBatch.STALE_NAN));
        }
        report.add(rows, timestamp, failure == null, seconds.getAsDouble(), counts);
        expectedRows = rows.size() + 16;
        Made made = new Made(rows.build(), failure, counts, timestamp);
        unanswered = made;
        return made;
    }
}

package dev.millrace.plugin.input.prometheus;

import dev.millrace.plugin.lib.prometheus.protobuf.ProtobufFormatException;
import dev.millrace.plugin.lib.prometheus.relabel.Relabeling;
import dev.millrace.plugin.lib.prometheus.text.TextFormatException;
import dev.millrace.spi.BodyBuffer;
import dev.millrace.spi.BodyTooLargeException;
import dev.millrace.spi.event.MetricBatch;
import dev.millrace.spi.event.MetricBatchBuilder;
import dev.millrace.spi.event.SeriesColumns;
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
    private final SeriesHistory history = new SeriesHistory();
    private final SampleLabels labels;
    private final ScrapeReport report;
    private final SharedPages pages;
    /** The last page that could be read. */
    private KnownPage known = KnownPage.EMPTY;
    /** The series of its batch, where that had a plain sample of each and nothing else but the report. */
    private @Nullable SeriesColumns columns;
    /** How it was written. */
    private PageFormat knownFormat = PageFormat.TEXT;
    /** Its exemplars, as far as they need not be passed on again. */
    private ExemplarTexts passedOn = ExemplarTexts.NONE;
    /** The last batch, until it is known what became of it. */
    private @Nullable Made unanswered;
    /** The timestamp of the last scrape that is in the pipeline. */
    private OptionalLong newest = OptionalLong.empty();

    /**
     * A maker of batches.
     *
     * @param pages what this target and others say
     */
    BatchMaker(Target target, ScrapeConfig config, Relabeling metricRelabeling, SharedPages pages) {
        this.target = target;
        this.config = config;
        this.labels = new SampleLabels(target.labels(), config, metricRelabeling);
        this.report = new ScrapeReport(target, config);
        this.pages = pages;
    }

    /**
     * A batch.
     *
     * @param batch the rows
     * @param series those of the page, none where the scrape failed
     * @param failure why the scrape failed, or null
     * @param counts what was counted in the page
     * @param timestamp the time of the scrape, in milliseconds since the epoch
     */
    record Made(
            MetricBatch batch, PageSeries series, @Nullable Exception failure, PageCounts counts, long timestamp) {}

    /** Begins with what a predecessor has left, as if that had been the scrape before the first. */
    void inherit(LiveTarget live) {
        history.inherit(live.series());
        newest = OptionalLong.of(live.newest());
    }

    /**
     * The batch of a page.
     *
     * @param format how it is written
     * @param timestamp the time of the scrape, in milliseconds since the epoch
     * @param seconds how long the scrape took, asked when the page was read
     */
    Made ofPage(BodyBuffer page, PageFormat format, long timestamp, DoubleSupplier seconds) {
        if (format != knownFormat) {
            known = KnownPage.EMPTY;
            columns = null;
            knownFormat = format;
            passedOn = ExemplarTexts.NONE;
        }
        PageReading reader = reader(format, timestamp);
        try {
            reader.read(page);
        } catch (TextFormatException | ProtobufFormatException | ScrapeException e) {
            return failed(e, counts(reader.page().series(), reader, page.length(), 0, 0, 0), timestamp, seconds);
        }
        return read(reader, page.length(), timestamp, seconds);
    }

    private PageReading reader(PageFormat format, long timestamp) {
        return format == PageFormat.PROTOBUF
                ? new ProtobufReader(known, passedOn, labels, report, config, timestamp)
                : new PageReader(known, passedOn, format, labels, report, config, timestamp);
    }

    /** The batch of a scrape without a page. */
    Made ofFailure(Exception failure, long timestamp, DoubleSupplier seconds) {
        PageCounts counts = failure instanceof BodyTooLargeException ? PageCounts.TOO_LARGE : PageCounts.NONE;
        return failed(failure, counts, timestamp, seconds);
    }

    /** Notes that the journal holds a batch. */
    void kept(Made made) {
        if (made.failure() == null) {
            history.kept(made.series());
        } else {
            history.keptMarks();
        }
        newest = OptionalLong.of(made.timestamp());
        unanswered = null;
    }

    /** Notes that the journal refused the last batch: it is as if there had been no scrape. */
    void refused() {
        passedOn = ExemplarTexts.NONE;
        unanswered = null;
    }

    /** What is in the pipeline without a mark of its end, or may be; empty where there was no scrape. */
    Optional<LiveTarget> live() {
        Made last = unanswered;
        OptionalLong time = last == null ? newest : OptionalLong.of(last.timestamp());
        if (time.isEmpty()) {
            return Optional.empty();
        }
        List<TrackedSeries> live = history.live(last == null ? PageSeries.NONE : last.series());
        return Optional.of(new LiveTarget(
                target.job(), target.labels(), target.url(), live, time.getAsLong(), config.extraMetrics()));
    }

    private Made read(PageReading reader, int bytes, long timestamp, DoubleSupplier seconds) {
        KnownPage page = reader.page();
        if (page == known) {
            page.forgetIndex();
        } else {
            page = pages.share(page);
            columns = null;
        }
        known = page;
        passedOn = reader.exemplars();
        PageSeries series = page.series();
        List<TrackedSeries> gone = history.gone(series);
        boolean plain = PageRows.arePlain(page, reader.values()) && gone.isEmpty();
        SeriesColumns same = columns;
        if (plain && same != null) {
            return again(same, reader, bytes, series, timestamp, seconds);
        }
        MetricBatchBuilder rows = MetricBatch.builder(series.kept() + gone.size() + report.size());
        PageRows samples = new PageRows(page, reader.values(), timestamp, rows);
        samples.addAll();
        gone.forEach(one -> one.addEnd(rows, timestamp));
        PageCounts counts =
                counts(series, reader, bytes, samples.duplicates(), samples.outOfBounds(), reader.leftOutExemplars());
        Made made = made(rows, series, null, counts, timestamp, seconds);
        columns = plain ? made.batch().series() : null;
        return made;
    }

    /* Other values of the same series: nothing is made for a sample but its value. */
    private Made again(
            SeriesColumns same,
            PageReading reader,
            int bytes,
            PageSeries series,
            long timestamp,
            DoubleSupplier seconds) {
        PageCounts counts = counts(series, reader, bytes, 0, 0, reader.leftOutExemplars());
        long[] values = reader.values().takeBits(report.size());
        report.set(values, seconds.getAsDouble(), counts);
        Made made = new Made(same.at(timestamp, values), series, null, counts, timestamp);
        unanswered = made;
        return made;
    }

    private Made failed(Exception failure, PageCounts counts, long timestamp, DoubleSupplier seconds) {
        MetricBatchBuilder rows = MetricBatch.builder(0);
        history.forEachTracked((one, histogram) -> TrackedSeries.addEnd(rows, one, histogram, timestamp));
        return made(rows, PageSeries.NONE, failure, counts, timestamp, seconds);
    }

    private PageCounts counts(
            PageSeries series, PageReading reader, int bytes, int duplicates, int outOfBounds, int leftOutExemplars) {
        int over = reader.overLimit();
        return new PageCounts(
                series.labels().length - (config.keepCreatedSeries() ? 0 : series.hidden()) + over,
                series.kept() + over,
                history.added(series),
                duplicates,
                outOfBounds,
                bytes,
                leftOutExemplars);
    }

    private Made made(
            MetricBatchBuilder rows,
            PageSeries series,
            @Nullable Exception failure,
            PageCounts counts,
            long timestamp,
            DoubleSupplier seconds) {
        report.add(rows, timestamp, failure == null, seconds.getAsDouble(), counts);
        Made made = new Made(rows.build(), series, failure, counts, timestamp);
        unanswered = made;
        return made;
    }
}

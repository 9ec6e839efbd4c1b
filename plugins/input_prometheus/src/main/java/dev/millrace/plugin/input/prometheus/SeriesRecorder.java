package dev.millrace.plugin.input.prometheus;

import org.jspecify.annotations.Nullable;

/**
 * Keeps the record of one target up to date: with its first batch, and with the batch of a page that has other series than
 * the record, at most once a minute, so that a page that changes at each scrape costs little. Used by one scrape at a time.
 */
final class SeriesRecorder {
    private static final long PAUSE = 60_000;

    private final SeriesRecords records;
    private final Target target;
    private final boolean extra;
    /** Of which page the record is. */
    private @Nullable PageSeries recorded;

    private long recordedAt;
    /** The record that goes with the batch on its way. */
    private byte @Nullable [] underway;

    SeriesRecorder(SeriesRecords records, Target target, boolean extra) {
        this.records = records;
        this.target = target;
        this.extra = extra;
    }

    /** To be called before a batch is handed on. */
    void record(BatchMaker.Made made) {
        if (made.failure() != null) {
            if (recorded == null && !records.has(target.labels())) {
                record(PageSeries.NONE, made.timestamp());
            }
        } else if (recorded == null
                || recorded != made.series() && made.timestamp() - recordedAt >= PAUSE
                || recorded == PageSeries.NONE) {
            record(made.series(), made.timestamp());
        }
    }

    private void record(PageSeries series, long timestamp) {
        byte[] bytes = SeriesRecord.of(target, extra, series);
        records.write(target.labels(), bytes);
        underway = bytes;
        recorded = series;
        recordedAt = timestamp;
    }

    /** Notes that the batch is in the journal; the record may have gone with another one, which was refused. */
    void kept() {
        byte[] bytes = underway;
        underway = null;
        if (bytes != null && !records.isKept(target.labels(), bytes)) {
            recorded = null;
        }
    }

    /** Notes that the batch was refused, and perhaps its record with it. */
    void refused() {
        if (underway != null) {
            underway = null;
            recorded = null;
        }
    }
}

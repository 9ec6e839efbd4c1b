package dev.millrace.core.pipeline;

import dev.millrace.core.journal.Journal;
import dev.millrace.core.journal.JournalEvents;
import dev.millrace.core.journal.JournalStatistics;
import dev.millrace.core.metrics.MetricRegistry;
import dev.millrace.core.metrics.MetricScope;
import dev.millrace.core.metrics.MetricSink;
import dev.millrace.spi.metrics.Counter;
import dev.millrace.spi.metrics.Distribution;
import java.time.Clock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a journal tells of itself, as log lines and metrics. Thread-safe. */
final class JournalReport implements JournalEvents, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger("dev.millrace.journal");
    private static final String LOST = "millrace_journal_lost_items_total";
    private static final String LOST_HELP = "Items that can not be read, by reason; those of 'torn' are the most that"
            + " were in a write that was cut off, and none of them where that was a crash.";
    static final String COMPONENT = "journal";

    private final String pipeline;
    private final Clock clock;
    private final MetricScope metrics;
    private final Distribution appends;
    private final Distribution commits;
    private final Distribution forces;
    private final Counter damaged;
    private final Counter torn;
    private final Counter unknown;
    private MetricRegistry.Publication publication = () -> {};

    JournalReport(String pipeline, MetricRegistry registry, Clock clock) {
        this.pipeline = pipeline;
        this.clock = clock;
        this.metrics = registry.componentMetrics(pipeline, COMPONENT);
        this.appends = metrics.distribution(
                "millrace_journal_append_seconds", "How long a batch waited until it was committed.");
        this.commits = metrics.distribution("millrace_journal_commit_seconds", "How long a group took to commit.");
        this.forces =
                metrics.distribution("millrace_journal_force_seconds", "How long the device took to force a group.");
        this.damaged = metrics.counter(LOST, LOST_HELP, "reason", "damaged");
        this.torn = metrics.counter(LOST, LOST_HELP, "reason", "torn");
        this.unknown = metrics.counter(LOST, LOST_HELP, "reason", "unknown_kind");
    }

    /** Publishes the numbers of a journal until this is closed. */
    void publish(Journal journal, MetricRegistry registry) {
        publication = registry.register(sink -> collect(journal.statistics(), sink));
    }

    private void collect(JournalStatistics numbers, MetricSink sink) {
        String[] labels = {"pipeline", pipeline, "component", COMPONENT};
        sink.gauge("millrace_journal_bytes", "Size of the journal.", (double) numbers.bytes(), labels);
        double age = numbers.oldest() == 0 ? 0 : Math.max(0, clock.millis() - numbers.oldest()) / 1000.0;
        sink.gauge("millrace_journal_oldest_seconds", "Age of the oldest segment of the journal.", age, labels);
    }

    @Override
    public void damage(String file, long items, String message) {
        damaged.add(items);
        LOG.warn("{}: journal {}: {}; {} items lost", pipeline, file, message, items);
    }

    @Override
    public void torn(String file, long atMost, String message) {
        torn.add(atMost);
        LOG.warn(
                "{}: journal {}: {}; nothing is lost if this is the end of a write that a crash cut off, else {} items"
                        + " at most",
                pipeline,
                file,
                message,
                atMost);
    }

    @Override
    public void skipped(String file, int kind, long items) {
        unknown.add(items);
        LOG.warn("{}: journal {}: a record of unknown kind {} was skipped, with {} items", pipeline, file, kind, items);
    }

    @Override
    public void cursorLost(String flusher, long restart) {
        LOG.warn(
                "{}: the cursor of {} is damaged; it begins again at the oldest item, {}, so items will repeat",
                pipeline,
                flusher,
                restart);
    }

    @Override
    public void appended(double seconds) {
        appends.observe(seconds);
    }

    @Override
    public void committed(int batches, long items, long bytes, double seconds) {
        commits.observe(seconds);
    }

    @Override
    public void forced(double seconds) {
        forces.observe(seconds);
    }

    @Override
    public void failed(boolean diskFull, String message) {
        LOG.error(
                "{}: the journal cannot be written ({}); inputs are told to wait until it can: {}",
                pipeline,
                diskFull ? "no room on the volume" : "I/O error",
                message);
    }

    @Override
    public void recovered() {
        LOG.info("{}: the journal can be written again", pipeline);
    }

    @Override
    public void full(String flusher, String message) {
        LOG.warn("{}: {}; inputs are told to wait", pipeline, message);
    }

    @Override
    public void released(String flusher) {
        LOG.info("{}: {} is below its limit again; inputs go on", pipeline, flusher);
    }

    @Override
    public void close() {
        publication.close();
        metrics.close();
    }
}

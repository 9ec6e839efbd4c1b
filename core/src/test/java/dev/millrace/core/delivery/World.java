package dev.millrace.core.delivery;

import dev.millrace.core.journal.Cursor;
import dev.millrace.core.journal.CursorLimits;
import dev.millrace.core.journal.Journal;
import dev.millrace.spi.ComponentId;
import dev.millrace.spi.event.EventBatch;
import dev.millrace.spi.event.Labels;
import dev.millrace.spi.event.MetricBatch;
import dev.millrace.spi.event.MetricBatchBuilder;
import dev.millrace.spi.pipeline.SliceLimits;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.Predicate;

/** A journal and a delivery in virtual time, whose flusher the test answers for. */
final class World implements AutoCloseable {
    static final SliceLimits TEN = new SliceLimits(10, 1 << 20, Duration.ofSeconds(1));

    final Log log;
    CursorLimits cursorLimits = CursorLimits.ofBytes(1L << 40);
    Clock clock = Clock.fixed(Instant.EPOCH, ZoneOffset.UTC);
    SliceLimits limits = TEN;
    int lanes = 1;
    LaneCount laneCount;
    DeliveryOptions.Retry retry = DeliveryOptions.Retry.DEFAULT;
    Late late = Late.SEND;
    Predicate<Labels> wanted = labels -> true;
    FakeFlusher.Groups groups = (batch, row) -> null;
    Random random = new Random(1);
    Duration sendDeadline = Duration.ofMinutes(10);
    String cursor = "fake";
    GroupedFlusher destination;
    FakeFlusher flusher;
    VirtualLoop loop;
    Dispatcher dispatcher;
    private long value;

    World() {
        this(new Log());
    }

    /** Another flusher of a journal. */
    World(Log log) {
        this.log = log;
    }

    /** Begins a life. */
    World start() throws IOException {
        flusher = new FakeFlusher(groups);
        loop = new VirtualLoop();
        log.open();
        Cursor place = log.cursor(cursor, cursorLimits);
        DeliveryOptions options = new DeliveryOptions(
                lanes,
                retry,
                List.of(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                late,
                DeadLetterOptions.DEFAULT,
                Optional.empty(),
                false);
        DeliverySettings settings = new DeliverySettings(
                "web", ComponentId.parse("fake"), limits, options, wanted, sendDeadline, Duration.ofSeconds(5));
        Journal journal = log.journal();
        dispatcher = new Dispatcher(
                settings,
                journal,
                place,
                log.letters(),
                destination == null ? flusher : destination,
                Runnable::run,
                loop,
                clock,
                () -> 0,
                laneCount == null ? new LaneCount(lanes, lanes, limits.maxItems()) : laneCount,
                random);
        loop.start(dispatcher);
        return this;
    }

    /** Ends a life without a word. */
    void kill() {
        loop.kill();
        log.kill();
    }

    /** Ends a life in good order. */
    void stop() throws IOException {
        loop.execute(dispatcher::stop);
        loop.pass(Duration.ofSeconds(5));
        log.close(true);
    }

    /** Appends one batch with a sample of each series. */
    void append(long timestamp, String... series) {
        MetricBatchBuilder batch = MetricBatch.builder(series.length);
        for (String name : series) {
            batch.add(Labels.of("series", name), timestamp, value++);
        }
        append(batch.build());
        loop.run();
    }

    /** Appends {@code count} samples of one series, a second apart, in one batch. */
    void appendSeries(String series, long firstTimestamp, int count) {
        append(batch(series, firstTimestamp, count));
        loop.run();
    }

    /** A batch of {@code count} samples of one series, a second apart. */
    MetricBatch batch(String series, long firstTimestamp, int count) {
        MetricBatchBuilder batch = MetricBatch.builder(count);
        for (int i = 0; i < count; i++) {
            batch.add(Labels.of("series", series), firstTimestamp + 1000L * i, value++);
        }
        return batch.build();
    }

    /** Appends a batch, which the delivery hears of when the loop runs next. */
    void append(EventBatch batch) {
        log.append(batch);
        loop.execute(() -> {});
    }

    void pass(Duration duration) {
        loop.pass(duration);
    }

    void passMillis(long millis) {
        loop.pass(Duration.ofMillis(millis));
    }

    DeliveryStatus status() {
        return dispatcher.status();
    }

    long delivered() {
        return status().counts().delivered();
    }

    long backlog() {
        return status().counts().backlog();
    }

    Map<String, Long> dropped() {
        return status().counts().dropped();
    }

    @Override
    public void close() throws IOException {
        log.close();
    }

    /** A name whose series is in a slot. */
    static String seriesOf(int slot) {
        for (int i = 0; ; i++) {
            if (Labels.of("series", "s" + i).slot() == slot) {
                return "s" + i;
            }
        }
    }
}

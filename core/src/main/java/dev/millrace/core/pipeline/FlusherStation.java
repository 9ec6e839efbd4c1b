package dev.millrace.core.pipeline;

import dev.millrace.core.delivery.Delivery;
import dev.millrace.core.delivery.DeliveryOptions;
import dev.millrace.core.delivery.DeliverySettings;
import dev.millrace.core.delivery.DeliveryStatus;
import dev.millrace.core.delivery.Replay;
import dev.millrace.core.journal.Account;
import dev.millrace.core.journal.Cursor;
import dev.millrace.core.journal.DeadLetterFolder;
import dev.millrace.core.journal.Journal;
import dev.millrace.core.metrics.MetricRegistry;
import dev.millrace.core.metrics.MetricSink;
import dev.millrace.core.status.ComponentReading;
import dev.millrace.core.status.ComponentState;
import dev.millrace.spi.ComponentId;
import dev.millrace.spi.event.Labels;
import dev.millrace.spi.pipeline.DeliveryStatistics;
import dev.millrace.spi.pipeline.SliceLimits;
import java.io.IOException;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A flusher with its cursor and its delivery.
 *
 * <p>What it left when it was taken out of the file once is delivered first. A delivery that ended by itself begins anew,
 * with backoff, from what its cursor stored last. Changed by one thread at a time; {@link #state()} may be asked by any.
 */
final class FlusherStation {
    private static final Logger LOG = LoggerFactory.getLogger("dev.millrace.pipeline");
    private static final long FIRST_RESTART_MILLIS = 1_000;
    private static final long LAST_RESTART_MILLIS = 60_000;

    private final String pipeline;
    private final Part part;
    private final FillRate fillRate = new FillRate();
    private final PipelineJournal home;
    private final Journal journal;
    private final Services services;
    private boolean isNew;
    private volatile boolean stopped;
    private final Cursor cursor;
    private final GuardedFlusher flusher;
    private final Predicate<Labels> wanted;
    private volatile @Nullable LeftBacklog left;
    private volatile @Nullable Delivery delivery;
    private volatile @Nullable Replay replay;
    private @Nullable DeadLetterFolder letters;
    private MetricRegistry.Publication publication = () -> {};
    private long beganAt;
    private long restartAt;
    private long restartDelay = FIRST_RESTART_MILLIS;

    /** A flusher that was created, with what its delivery is to know. */
    record Part(Station station, DeliveryOptions options, SliceLimits limits) {
        ComponentId id() {
            return station.context().id();
        }
    }

    /**
     * Opens the flusher's cursor, which begins at the journal's end where it is new. Nothing is sent yet, and a generation
     * that is still at work keeps its limits.
     *
     * @throws IOException if the cursor cannot be opened
     */
    FlusherStation(String pipeline, Part part, PipelineJournal journal, Services services) throws IOException {
        this.pipeline = pipeline;
        this.part = part;
        this.home = journal;
        this.journal = journal.journal();
        this.services = services;
        this.flusher = part.station().guarded(part.limits());
        this.wanted = Selection.of(part.options().matchers(), part.station().context());
        String id = part.id().toString();
        this.isNew = !this.journal.cursors().contains(id);
        this.cursor = isNew ? this.journal.cursor(id, home.limits(part.options())) : this.journal.cursor(id);
    }

    ComponentId id() {
        return part.id();
    }

    /** Whether it delivers just what another state of the file wants. */
    boolean servesAs(Part wanted) {
        return delivery != null && !stopped && part.equals(wanted);
    }

    /** Begins to deliver; no other delivery of the cursor runs. */
    void start() {
        limit();
        begin();
        isNew = false;
        publication = services.metrics().register(this::collect);
        part.station().running();
    }

    /** From now on the flusher's limits are those of this generation. */
    void limit() {
        cursor.limit(home.limits(part.options()));
    }

    private void begin() {
        LeftBacklog first = LeftBacklog.open(name(), journal, cursor);
        cursor.follow(first == null ? null : first.cursor());
        left = first;
        DeliverySettings settings = new DeliverySettings(
                pipeline,
                id(),
                part.limits(),
                part.options(),
                wanted,
                services.calls().deadlines().outcome());
        DeadLetterFolder kept = letters;
        if (kept == null) {
            kept = home.letters(part.id(), part.options().deadLetters());
            letters = kept;
            replay =
                    new Replay(settings, kept, flusher, part.station().context().sends(), services.clock());
        }
        Delivery started = new Delivery(
                settings,
                first == null ? journal : first.journal(),
                first == null ? cursor : first.cursor(),
                kept,
                flusher,
                part.station().context().sends(),
                services.clock(),
                first == null ? () -> Account.NONE : first::besides,
                home.sink()::newest);
        part.station().context().delivery().comeFrom(started.statistics());
        started.start();
        beganAt = services.clock().millis();
        delivery = started;
    }

    /** Has a held flusher try again at once. Any thread may ask for it. */
    void resume() {
        Delivery started = delivery;
        if (started != null) {
            started.resume();
        }
    }

    /** Sends dead letters whose files are chosen again; null where the flusher does not run. Any thread may ask for it. */
    Replay.@Nullable Result replay(Predicate<String> chosen) throws IOException, InterruptedException {
        Replay started = replay;
        return started == null || part.station().state() != ComponentState.OK ? null : started.run(chosen);
    }

    /** Whether {@link #supervise} has something to do. Any thread may ask. */
    boolean hasEnded() {
        Delivery started = delivery;
        return started != null && (started.status().failure().isPresent() || hasDeliveredWhatItLeft(started));
    }

    private boolean hasDeliveredWhatItLeft(Delivery started) {
        return left != null && started.isThrough();
    }

    /** Lets a delivery that ended by itself begin anew, in its time. */
    void supervise() {
        Delivery started = delivery;
        if (started == null || !hasEnded()) {
            return;
        }
        LeftBacklog first = left;
        if (first != null && hasDeliveredWhatItLeft(started)) {
            started.stop().toCompletableFuture().join();
            first.finish();
            begin();
            return;
        }
        long now = services.clock().millis();
        if (restartAt == 0) {
            restartDelay = now - beganAt > 2 * LAST_RESTART_MILLIS ? FIRST_RESTART_MILLIS : restartDelay;
            restartAt = now + restartDelay;
            LOG.error("{}: its delivery ended by itself; it begins anew in {} s", name(), restartDelay / 1000);
            restartDelay = Math.min(LAST_RESTART_MILLIS, restartDelay * 2);
        } else if (now >= restartAt) {
            restartAt = 0;
            if (first != null) {
                first.close();
            }
            begin();
        }
    }

    /** How the flusher is, with what it has delivered and what waits for it. */
    ComponentReading reading() {
        Delivery started = delivery;
        String id = id().toString();
        return started == null
                ? part.station().reading(ComponentReading.Kind.FLUSHER)
                : new ComponentReading.Flusher(
                        id,
                        state(),
                        started.status(),
                        cursor.backlogBytes(),
                        cursor.limits().maxBytes());
    }

    ComponentState state() {
        Delivery started = delivery;
        if (started == null || part.station().state() != ComponentState.OK) {
            return part.station().state();
        }
        DeliveryStatus status = started.status();
        if (status.failure().isPresent()) {
            return ComponentState.FAILED;
        }
        return status.held().isPresent() ? ComponentState.HELD : ComponentState.OK;
    }

    /** Begins to end; completes when nothing is on its way any more. */
    CompletionStage<Void> stop() {
        Delivery started = delivery;
        boolean before = stopped;
        stopped = true;
        if (started == null || before) {
            return CompletableFuture.completedStage(null);
        }
        LeftBacklog first = left;
        Replay sending = replay;
        if (sending != null) {
            sending.stop();
        }
        return started.stop().thenRun(() -> {
            publication.close();
            if (first != null) {
                first.close();
            }
            LOG.debug("{}: delivery has ended", name());
        });
    }

    /** As {@link #forget}, but not where something was acknowledged since: that waits for the next attempt. */
    void forgetUnlessPromised() {
        if (cursor.state().lowest() >= journal.end()) {
            forget();
        }
    }

    /** Forgets the cursor, where this generation made it: nothing was promised to a flusher that never began. */
    void forget() {
        if (isNew) {
            try {
                journal.removeCursor(id().toString());
            } catch (IOException e) {
                LOG.warn("{}: its cursor cannot be removed, and holds the journal back: {}", name(), e.toString());
            }
        }
    }

    private String name() {
        return part.station().name();
    }

    private void collect(MetricSink sink) {
        Delivery started = delivery;
        if (started == null) {
            return;
        }
        DeliveryStatus status = started.status();
        String component = id().toString();
        String[] labels = {"pipeline", pipeline, "component", component};
        DeliveryStatistics.Snapshot counts = status.counts();
        sink.counter(
                "millrace_flusher_appended_items_total",
                "Items in the journal since the flusher's cursor began.",
                counts.appended(),
                labels);
        sink.counter(
                "millrace_flusher_delivered_items_total",
                "Items that the destination has, since the cursor began.",
                counts.delivered(),
                labels);
        status.rejectedByStatus()
                .forEach((reason, items) -> sink.counter(
                        "millrace_flusher_rejected_items_total",
                        "Items that the destination will never take, by status, since the cursor began.",
                        items,
                        with(labels, "reason", reason)));
        counts.dropped()
                .forEach((reason, items) -> sink.counter(
                        "millrace_flusher_dropped_items_total",
                        "Items that could not be sent to the destination, by reason, since the cursor began.",
                        items,
                        with(labels, "reason", reason)));
        DeadLetterFolder.Counts letterCounts = status.deadLetters();
        Map.of("kept", letterCounts.kept(), "lost", letterCounts.lost(), "deleted", letterCounts.deleted())
                .forEach((result, items) -> sink.counter(
                        "millrace_flusher_dead_letter_items_total",
                        "Rejected items kept as dead letters, lost because they could not be written, and deleted later.",
                        items,
                        with(labels, "result", result)));
        Replay sent = replay;
        if (sent != null) {
            sent.byResult()
                    .forEach((result, items) -> sink.counter(
                            "millrace_flusher_replayed_items_total",
                            "Items of dead letters that were sent again, by what became of them; counted nowhere else.",
                            items,
                            with(labels, "result", result)));
        }
        sink.gauge(
                "millrace_flusher_dead_letter_bytes",
                "Bytes of the dead letters that are kept.",
                (double) letterCounts.bytes(),
                labels);
        sink.counter(
                "millrace_flusher_retried_requests_total",
                "Requests that were sent again.",
                status.retriedRequests(),
                labels);
        sink.gauge("millrace_flusher_backlog_items", "Items that wait.", (double) counts.backlog(), labels);
        sink.gauge(
                "millrace_flusher_backlog_bytes",
                "Bytes of the journal that wait.",
                (double) cursor.backlogBytes(),
                labels);
        collectLimits(sink, labels);
        double age = status.oldestBacklog() == 0
                ? 0
                : Math.max(0, services.clock().millis() - status.oldestBacklog()) / 1000.0;
        sink.gauge("millrace_flusher_backlog_oldest_seconds", "Age of the oldest batch that waits.", age, labels);
        sink.gauge("millrace_flusher_lanes", "Lanes.", counts.lanes(), labels);
        sink.gauge(
                "millrace_flusher_held",
                "1 where nothing is delivered until a person changes something.",
                status.held().isPresent() ? 1 : 0,
                labels);
    }

    /* How near it is to its limits, and to whom the others owe what the journal keeps. */
    private void collectLimits(MetricSink sink, String[] labels) {
        sink.gauge(
                "millrace_flusher_max_bytes",
                "Bytes of the journal that may wait.",
                (double) cursor.limits().maxBytes(),
                labels);
        sink.gauge(
                "millrace_flusher_full_in_seconds",
                "Time until as many bytes wait as may, at the rate of the last five minutes; infinite where they do not"
                        + " get more.",
                fillRate.secondsUntilFull(services.clock().millis(), cursor.backlogBytes(), cursor.room()),
                labels);
        sink.gauge(
                "millrace_flusher_full",
                "1 where so much waits that inputs are refused.",
                cursor.isFull() ? 1 : 0,
                labels);
        sink.gauge(
                "millrace_flusher_holds_journal",
                "1 where no other flusher waits for an older item.",
                cursor.holdsLog() ? 1 : 0,
                labels);
    }

    private static String[] with(String[] labels, String name, String value) {
        String[] more = Arrays.copyOf(labels, labels.length + 2);
        more[labels.length] = name;
        more[labels.length + 1] = value;
        return more;
    }
}

package dev.millrace.core.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.core.journal.Account;
import dev.millrace.core.journal.Cursor;
import dev.millrace.core.journal.DeadLetterFolder;
import dev.millrace.core.journal.Durability;
import dev.millrace.core.journal.FileAccess;
import dev.millrace.core.journal.Journal;
import dev.millrace.core.journal.JournalEvents;
import dev.millrace.core.journal.JournalSettings;
import dev.millrace.core.journal.TailBuffer;
import dev.millrace.spi.ComponentId;
import dev.millrace.spi.event.Labels;
import dev.millrace.spi.event.MetricBatch;
import dev.millrace.spi.event.MetricBatchBuilder;
import dev.millrace.spi.pipeline.Acknowledgement;
import dev.millrace.spi.pipeline.Outcome;
import dev.millrace.spi.pipeline.Refusal;
import dev.millrace.spi.pipeline.SliceLimits;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Memory does not grow with the backlog, which a flusher begins to deliver when all of it is in files.
 * {@code -Dmillrace.backlog.mib} makes it larger; the speeds that it prints are those of
 * {@code distribution/docs/sizing.md}.
 */
final class LargeBacklogTest {
    private static final long BACKLOG = Long.getLong("millrace.backlog.mib", 64) << 20;
    private static final long MOST_MEMORY = 64 << 20;
    private static final int SERIES = 5_000;
    private static final Path WEB = Path.of("web");

    @TempDir
    Path folder;

    private final Random random = new Random(1);
    private final Labels[] series = IntStream.range(0, SERIES)
            .mapToObj(i -> Labels.of(
                    "__name__", "http_requests_total", "instance", "10.0.0." + i % 100 + ":8080", "series", "s" + i))
            .toArray(Labels[]::new);
    private final long[] values = new long[SERIES];
    private long appended;
    private long largest;

    @Test
    void memoryStaysFlatWhileItGrowsAndWhileItIsDelivered() throws Exception {
        FileAccess files = FileAccess.real();
        Path home = folder.resolve(WEB);
        JournalSettings settings = JournalSettings.DEFAULT
                .withDurability(Durability.WRITE)
                .withMaxBytes(4 * BACKLOG)
                .withSegmentBytes(64 << 20);
        ExecutorService workers = Executors.newFixedThreadPool(2);
        long before = usedMemory();
        try (Journal journal = Journal.open(home, files, settings, new TailBuffer(1 << 20), JournalEvents.NONE)) {
            Cursor cursor = journal.cursor("fake", 4 * BACKLOG);
            long start = System.nanoTime();
            while (journal.statistics().bytes() < BACKLOG) {
                append(journal);
                if (appended % (200 * SERIES) == 0) {
                    largest = Math.max(largest, usedMemory());
                }
            }
            long bytes = journal.statistics().bytes();
            say("written", bytes, start);
            start = System.nanoTime();
            readFiles(files, home);
            say("read as plain files", bytes, start);

            start = System.nanoTime();
            deliver(journal, cursor, workers);
            say("delivered", bytes, start);
            assertThat(cursor.backlogBytes()).isZero();
        } finally {
            workers.shutdown();
        }
        System.out.printf(
                "LargeBacklogTest: %,d items, at most %d MiB of memory more than before%n",
                appended, (largest - before) >> 20);
        assertThat(largest - before).isLessThan(MOST_MEMORY);
    }

    private void append(Journal journal) {
        MetricBatchBuilder batch = MetricBatch.builder(SERIES);
        for (int i = 0; i < SERIES; i++) {
            values[i] += random.nextInt(100);
            batch.add(series[i], appended / SERIES * 15_000, Double.doubleToRawLongBits((double) values[i]));
        }
        MetricBatch built = batch.build();
        CompletableFuture<Void> committed = new CompletableFuture<>();
        journal.append(built, new Acknowledgement() {
            @Override
            public void committed() {
                committed.complete(null);
            }

            @Override
            public void refused(Refusal refusal) {
                committed.completeExceptionally(new AssertionError(refusal));
            }

            @Override
            public boolean waiting() {
                return true;
            }
        });
        committed.join();
        appended += SERIES;
    }

    private void deliver(Journal journal, Cursor cursor, ExecutorService workers) throws InterruptedException {
        AtomicLong delivered = new AtomicLong();
        CountDownLatch all = new CountDownLatch(1);
        Delivery delivery = new Delivery(
                new DeliverySettings(
                        "web",
                        ComponentId.parse("fake"),
                        new SliceLimits(2_000, 4 << 20, Duration.ofSeconds(1)),
                        DeliveryOptions.DEFAULT),
                journal,
                cursor,
                new DeadLetterFolder(FileAccess.real(), folder.resolve("letters"), 0, Duration.ofDays(1), false),
                slice -> slice.record("fake/1", 0).thenApply(written -> {
                    if (delivered.addAndGet(slice.size()) == appended) {
                        all.countDown();
                    }
                    return Outcome.Delivered.ALL;
                }),
                workers,
                Clock.systemUTC(),
                () -> Account.NONE,
                () -> 0);
        delivery.start();
        while (!all.await(200, TimeUnit.MILLISECONDS)) {
            assertThat(delivery.status().failure()).isEmpty();
            largest = Math.max(largest, usedMemory());
        }
        delivery.stop().toCompletableFuture().join();
        assertThat(delivery.status().counts().delivered()).isEqualTo(appended);
    }

    private static void readFiles(FileAccess files, Path home) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(1 << 20);
        for (String name : files.list(home)) {
            if (name.endsWith(".seg")) {
                try (FileAccess.OpenFile file = files.open(home.resolve(name))) {
                    for (long at = 0; at < file.size(); at += buffer.position()) {
                        file.read(buffer.clear(), at);
                    }
                }
            }
        }
    }

    private void say(String what, long bytes, long start) {
        double seconds = (System.nanoTime() - start) / 1e9;
        System.out.printf(
                "LargeBacklogTest: %d MiB %s in %.1f s: %.0f MB/s, %,.0f items/s%n",
                bytes >> 20, what, seconds, bytes / seconds / 1e6, appended / seconds);
    }

    /* After a collection, because garbage is no use of memory. */
    private static long usedMemory() {
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }
}

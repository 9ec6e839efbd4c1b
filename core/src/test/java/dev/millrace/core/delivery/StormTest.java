package dev.millrace.core.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.core.journal.CursorLimits;
import dev.millrace.spi.event.Labels;
import dev.millrace.spi.event.MetricBatch;
import dev.millrace.spi.event.MetricBatchBuilder;
import dev.millrace.spi.pipeline.DeliveryStatistics.Snapshot;
import dev.millrace.spi.pipeline.Outcome;
import dev.millrace.spi.pipeline.SliceLimits;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** The first two promises under random failures, kills, stops and regroupings. */
final class StormTest {
    private static final int ROUNDS = 20;
    private static final int STEPS = 400;
    private static final int SERIES = 100;

    @TestFactory
    List<DynamicTest> deliversOrCountsEverythingAndKeepsEverySeriesInOrder() {
        return storms(false);
    }

    @TestFactory
    List<DynamicTest> countsWhatItDropsAtALimitAndKeepsEverySeriesInOrder() {
        return storms(true);
    }

    /* A half of a tenant's part was given up, the other half arrived, and a kill brought both again. */
    @TestFactory
    List<DynamicTest> neverSendsAHalfAgainThatItGaveUp() {
        return storms(true, LongStream.of(39505652279193L, 39772720940157L));
    }

    private static List<DynamicTest> storms(boolean limited) {
        Long given = Long.getLong("millrace.seed");
        long first = given == null ? System.nanoTime() : given;
        System.out.println("StormTest: seeds from " + first);
        return storms(limited, LongStream.range(first, first + (given == null ? ROUNDS : 1)));
    }

    private static List<DynamicTest> storms(boolean limited, LongStream seeds) {
        return seeds.mapToObj(seed -> DynamicTest.dynamicTest("seed " + seed, () -> {
                    try (Storm storm = new Storm(seed, limited)) {
                        storm.blow();
                    }
                }))
                .toList();
    }

    private static final class Storm implements AutoCloseable {
        private final Random random;
        private final World world = new World();
        private final Receiver receiver = new Receiver();
        private final Map<String, Long> times = new HashMap<>();
        private final boolean limited;
        private long appended;

        Storm(long seed, boolean limited) {
            this.limited = limited;
            if (limited) {
                receiver.mayMiss();
            }
            random = new Random(seed);
            world.random = new Random(seed);
            int tenants = random.nextInt(4);
            world.groups = (batch, row) -> tenants == 0 ? null : tenant((MetricBatch) batch, row, tenants);
        }

        void blow() throws IOException {
            begin();
            for (int step = 0; step < STEPS; step++) {
                int dice = random.nextInt(100);
                if (dice < 40) {
                    append();
                } else if (dice < 80) {
                    answer();
                } else if (dice < 85) {
                    int lanes = 1 + random.nextInt(32);
                    world.loop.execute(() -> world.dispatcher.regroup(lanes));
                } else if (dice < 93) {
                    world.passMillis(random.nextInt(random.nextInt(10) == 0 ? 60_000 : 1500));
                } else if (dice < 94) {
                    world.dispatcher.resume();
                } else if (dice < 95) {
                    world.log.files.failCursors(random.nextBoolean());
                } else if (dice < 98) {
                    world.kill();
                    begin();
                } else {
                    world.log.files.failCursors(false);
                    world.stop();
                    begin();
                }
                balances();
            }
            calm();
        }

        @Override
        public void close() throws IOException {
            world.close();
        }

        private void begin() throws IOException {
            world.limits = new SliceLimits(
                    1 + random.nextInt(random.nextBoolean() ? 5 : 60),
                    200 + random.nextInt(5000),
                    Duration.ofSeconds(1));
            world.laneCount = new LaneCount(1, 32, world.limits.maxItems());
            if (limited) {
                world.log.segmentBytes = 500L + random.nextInt(5000);
                world.cursorLimits = new CursorLimits(500L + random.nextInt(20_000), Duration.ZERO, 0, true);
            }
            world.log.files.failCursors(false);
            world.log.tailBytes = random.nextBoolean() ? 1 << 20 : 2000;
            world.start();
            world.flusher.answer(receiver::leaves);
            world.flusher.calls.forEach(receiver::leaves);
        }

        private static Integer tenant(MetricBatch batch, int row, int tenants) {
            return Math.floorMod(batch.labels(row).get("series").hashCode(), tenants);
        }

        private void append() {
            MetricBatchBuilder batch = MetricBatch.builder(8);
            int rows = 1 + random.nextInt(40);
            for (int i = 0; i < rows; i++) {
                String series = "s" + random.nextInt(SERIES);
                long time = times.merge(series, 1L + random.nextInt(1000), Long::sum);
                receiver.appended(new Call.Row(series, time, appended));
                batch.add(Labels.of("series", series), time, appended++);
            }
            world.append(batch.build());
            if (random.nextBoolean()) {
                world.loop.run();
            }
        }

        private void answer() {
            List<Call> open = world.flusher.open();
            if (open.isEmpty()) {
                world.loop.run();
                return;
            }
            Call call = open.get(random.nextInt(open.size()));
            int dice = random.nextInt(100);
            if (dice < 55) {
                receiver.stores(call.rows);
                call.delivered();
            } else if (dice < 60) {
                receiver.refuses(call.rows.subList(0, 1));
                receiver.stores(call.rows.subList(1, call.rows.size()));
                call.deliveredBut(Map.of("too_old", 1));
            } else if (dice < 75) {
                if (random.nextBoolean()) {
                    receiver.stores(call.rows);
                }
                call.answer.complete(new Outcome.Retry(
                        "busy", Optional.of(Duration.ofMillis(random.nextInt(500))), random.nextBoolean()));
            } else if (dice < 80) {
                call.answer.completeExceptionally(new IOException("reset"));
            } else if (dice < 87) {
                call.held("wrong password");
            } else if (dice < 94) {
                receiver.splits(call.rows);
                if (call.rows.size() == 1) {
                    receiver.refuses(call.rows);
                }
                call.split();
            } else {
                receiver.refuses(call.rows);
                call.rejected(random.nextBoolean() ? "400" : "409");
            }
            if (random.nextInt(4) > 0) {
                world.loop.run();
            }
        }

        private void balances() {
            Snapshot counts = world.status().counts();
            assertThat(counts.appended())
                    .isEqualTo(counts.delivered()
                            + counts.rejected()
                            + counts.dropped().values().stream()
                                    .mapToLong(Long::longValue)
                                    .sum()
                            + counts.backlog());
        }

        private void calm() {
            world.log.files.failCursors(false);
            world.flusher.answer(call -> {
                receiver.leaves(call);
                receiver.stores(call.rows);
                call.delivered();
            });
            world.flusher.open().forEach(call -> {
                receiver.stores(call.rows);
                call.delivered();
            });
            world.pass(Duration.ofMinutes(3));
            if (limited) {
                receiver.misses(world.dropped().getOrDefault(CursorLimits.OVER_MAX_BYTES, 0L));
            } else {
                receiver.hasEverything();
            }
            assertThat(world.status().counts().appended()).isEqualTo(appended);
            assertThat(world.backlog()).isZero();
        }
    }
}

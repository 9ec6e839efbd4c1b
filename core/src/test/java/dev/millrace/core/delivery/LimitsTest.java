package dev.millrace.core.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.core.journal.Cursor;
import dev.millrace.core.journal.CursorLimits;
import dev.millrace.core.journal.JournalReader;
import dev.millrace.spi.pipeline.DeliveryStatistics.Snapshot;
import dev.millrace.spi.pipeline.Outcome;
import dev.millrace.spi.pipeline.Refusal;
import dev.millrace.spi.pipeline.SliceLimits;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** One flusher of a pipeline at its limit, and what that does to itself and to its neighbour. */
final class LimitsTest {
    private static final long MOST = 8_000;
    private static final long PLENTY = 1L << 40;
    private static final long LEAST = 1 << 20;
    private static final int ROWS = 10;

    private final Log log = new Log();
    private final World one = new World(log);
    private final World neighbour = new World(log);
    private long appended;

    private enum Limit {
        BYTES(CursorLimits.OVER_MAX_BYTES),
        AGE(CursorLimits.OVER_MAX_AGE),
        DISK(CursorLimits.OVER_MIN_FREE_DISK);

        private final String reason;

        Limit(String reason) {
            this.reason = reason;
        }
    }

    private enum Neighbour {
        KEEPS_UP,
        KEEPS_UP_AND_WOULD_DROP,
        FULL_AND_REFUSES,
        FULL_AND_DROPS;

        boolean keepsUp() {
            return this == KEEPS_UP || this == KEEPS_UP_AND_WOULD_DROP;
        }

        boolean drops() {
            return this == KEEPS_UP_AND_WOULD_DROP || this == FULL_AND_DROPS;
        }
    }

    static Stream<Arguments> combinations() {
        List<Arguments> all = new ArrayList<>();
        for (boolean drops : new boolean[] {false, true}) {
            for (Limit limit : Limit.values()) {
                for (Neighbour state : Neighbour.values()) {
                    all.add(Arguments.of(drops, limit, state, true));
                    all.add(Arguments.of(drops, limit, state, false));
                }
            }
        }
        return all.stream();
    }

    @AfterEach
    void close() throws IOException {
        log.close();
    }

    @ParameterizedTest(name = "drops: {0}, limit: {1}, neighbour: {2}, comes first: {3}")
    @MethodSource("combinations")
    void aFlusherAtItsLimitTakesNothingFromItsNeighbour(boolean drops, Limit limit, Neighbour state, boolean first)
            throws IOException {
        log.segmentBytes = 1_000;
        log.files.usableBytes(PLENTY);
        one.cursor = first ? "a" : "z";
        one.cursorLimits = limit == Limit.AGE ? limits(Limit.BYTES, drops, PLENTY) : limits(limit, drops, MOST);
        one.clock = Clock.fixed(Instant.EPOCH, ZoneOffset.UTC);
        neighbour.cursor = "neighbour";
        neighbour.cursorLimits = new CursorLimits(state.keepsUp() ? PLENTY : MOST / 2, Duration.ZERO, 0, state.drops());
        begin(one);
        begin(neighbour);
        one.flusher.answer(Call::retry);
        neighbour.flusher.answer(state.keepsUp() ? Call::delivered : Call::retry);

        Optional<Refusal> refusal = fill();
        boolean neighbourRefuses = state == Neighbour.FULL_AND_REFUSES;
        assertThat(refusal.isPresent()).isEqualTo(neighbourRefuses || !drops && limit == Limit.BYTES);
        if (limit == Limit.AGE) {
            one.clock = Clock.fixed(Instant.ofEpochMilli(nextMillisecond()).plusSeconds(60), ZoneOffset.UTC);
            one.cursorLimits = limits(limit, drops, MOST);
            restart(one); // all that is there is a minute old by its clock
            one.flusher.answer(Call::retry);
            one.flusher.open().forEach(Call::retry);
        } else if (limit == Limit.DISK) {
            log.files.usableBytes(100);
        }
        both(Duration.ofSeconds(3));
        boolean gives = drops && !(neighbourRefuses && limit != Limit.AGE);
        if (gives) {
            awaitDrops(one);
        }
        long waits = log.journal().end()
                - log.cursor(one.cursor, one.cursorLimits).state().lowest();
        Map<String, Long> dropped = one.dropped();
        if (gives) {
            assertThat(dropped).containsOnlyKeys(limit.reason);
            assertThat(one.backlog()).isEqualTo(waits).isEqualTo(appended - dropped.get(limit.reason));
            if (limit == Limit.AGE) {
                assertThat(waits).isZero();
            } else if (limit == Limit.DISK && state.keepsUp()) {
                assertThat(log.journal().statistics().segments()).isEqualTo(1);
            }
        } else {
            assertThat(dropped).isEmpty();
            assertThat(waits).isEqualTo(appended);
            assertThat(one.backlog()).isEqualTo(appended);
        }
        if (!drops) {
            assertThat(awaitRefusal().reason())
                    .isEqualTo(
                            limit == Limit.DISK && !neighbourRefuses
                                    ? Refusal.Reason.DISK_FULL
                                    : Refusal.Reason.FLUSHER_FULL);
        }
        assertThat(neighbour.dropped().keySet())
                .isSubsetOf(state == Neighbour.FULL_AND_DROPS ? CursorLimits.OVER_MAX_BYTES : "nothing");
        if (state.keepsUp()) {
            assertThat(neighbour.delivered()).isEqualTo(appended);
        }

        long given = dropped.values().stream().mapToLong(Long::longValue).sum();
        deliver(one);
        deliver(neighbour);
        log.files.usableBytes(PLENTY);
        both(Duration.ofMinutes(3));
        balances(one, appended - given);
        balances(neighbour, appended - total(neighbour.dropped()));
        assertThat(received(one))
                .containsExactly(LongStream.range(given, appended).toArray());
        assertThat(awaitNoRefusal()).isTrue();
    }

    @Test
    void dropsNoItemMoreThanTheLimitAsks() throws IOException {
        log.segmentBytes = 3_000;
        one.cursorLimits = new CursorLimits(MOST, Duration.ZERO, 0, true);
        begin(one);
        one.flusher.answer(Call::retry);
        Cursor cursor = log.cursor("fake", one.cursorLimits);
        for (int i = 0; i < 100; i++) {
            long before = cursor.state().lowest();
            append(one);
            one.loop.run();
            assertThat(cursor.backlogBytes()).isLessThanOrEqualTo(MOST);
            if (cursor.state().lowest() > before) {
                assertThat(cursor.backlogBytes()).isGreaterThan(MOST - 60); // an item has about forty bytes
            }
        }
        assertThat(total(one.dropped())).isPositive().isEqualTo(cursor.state().lowest());
    }

    @Test
    void oneByteTooLittleRoomCostsTheOldestSegment() throws IOException {
        log.segmentBytes = 1_000;
        log.files.usableBytes(LEAST);
        one.cursorLimits = limits(Limit.DISK, true, PLENTY);
        neighbour.cursor = "neighbour";
        begin(one);
        begin(neighbour);
        neighbour.flusher.answer(Call::delivered);
        one.flusher.answer(Call::retry);
        for (int i = 0; i < 90; i++) {
            append(one);
        }
        one.pass(Duration.ofSeconds(3));
        assertThat(one.dropped()).isEmpty();
        int segments = log.journal().statistics().segments();
        assertThat(segments).isGreaterThan(2);

        log.files.usableBytes(LEAST - 1);
        awaitDrops(one);
        assertThat(log.journal().statistics().segments()).isEqualTo(segments - 1);
        long dropped = log.journal().statistics().first();
        assertThat(dropped).isPositive();
        assertThat(one.dropped()).isEqualTo(Map.of(CursorLimits.OVER_MIN_FREE_DISK, dropped));
        deliver(one);
        one.pass(Duration.ofMinutes(1));
        balances(one, appended - dropped);
    }

    @Test
    void dropsWhatIsOlderThanItMayBeToTheMillisecond() throws IOException {
        Duration maxAge = Duration.ofSeconds(30);
        one.cursorLimits = new CursorLimits(PLENTY, maxAge, 0, true);
        begin(one);
        append(one);
        nextMillisecond();
        append(one);
        Instant written;
        try (JournalReader reader = log.journal().reader(0)) {
            written = Instant.ofEpochMilli(reader.next().written());
        }
        for (int late = -1; late <= 1; late++) {
            one.clock = Clock.fixed(written.plus(maxAge).plusMillis(late), ZoneOffset.UTC);
            restart(one);
            one.flusher.answer(Call::retry);
            one.flusher.open().forEach(Call::retry);
            one.pass(Duration.ofSeconds(3));
            assertThat(one.dropped())
                    .as(late + " ms older than it may be")
                    .isEqualTo(late > 0 ? Map.of(CursorLimits.OVER_MAX_AGE, (long) ROWS) : Map.of());
        }
        deliver(one);
        one.pass(Duration.ofMinutes(1));
        balances(one, ROWS);
    }

    @Test
    void whatIsSkippedUnreadIsCountedOnceAlsoWhenTheReaderCannotBeClosed() throws IOException {
        log.tailBytes = 1;
        one.cursorLimits = new CursorLimits(MOST, Duration.ZERO, 0, true);
        begin(one);
        one.flusher.answer(Call::retry);
        for (int i = 0; i < 15; i++) {
            append(one);
        }
        one.pass(Duration.ofSeconds(1)); // the lane is full, and a segment is open
        for (int i = 0; i < 100; i++) {
            one.append(one.batch("a", 1000 * appended, ROWS));
            appended += ROWS;
        }
        log.files.failCloses(true);
        one.loop.run();
        log.files.failCloses(false);
        deliver(one);
        one.pass(Duration.ofMinutes(1));
        long dropped = total(one.dropped());
        assertThat(dropped).isPositive();
        balances(one, appended - dropped);
        assertThat(received(one)).hasSize((int) (appended - dropped));
    }

    @Test
    void whatIsOnItsWayIsNotCountedAsDroppedWhenItArrives() throws IOException {
        log.segmentBytes = 1_000;
        one.cursorLimits = new CursorLimits(MOST, Duration.ZERO, 0, true);
        begin(one);
        append(one);
        Call first = one.flusher.last();
        for (int i = 0; i < 100; i++) {
            append(one);
        }
        assertThat(one.dropped()).isEmpty();
        assertThat(one.backlog()).isEqualTo(appended);
        assertThat(log.cursor("fake", one.cursorLimits).state().lowest()).isZero();
        first.delivered();
        one.loop.run();
        assertThat(one.delivered()).isEqualTo(ROWS);
        assertThat(log.cursor("fake", one.cursorLimits).backlogBytes()).isLessThanOrEqualTo(MOST);
        long dropped = total(one.dropped());
        assertThat(one.backlog()).isEqualTo(appended - ROWS - dropped);
        deliver(one);
        one.pass(Duration.ofMinutes(1));
        balances(one, appended - dropped);
    }

    @Test
    void aRequestThatIsToBeSentAgainIsCutWhereTheLimitIs() throws IOException {
        one.limits = new SliceLimits(1000, 1 << 20, Duration.ofSeconds(1));
        one.cursorLimits = new CursorLimits(MOST, Duration.ZERO, 0, true);
        begin(one);
        for (int i = 0; i < 10; i++) {
            append(one);
        }
        one.flusher.answer(Call::retry);
        one.pass(Duration.ofSeconds(2));
        assertThat(one.flusher.last().rows).hasSize(100);
        while (one.dropped().isEmpty()) {
            append(one);
        }
        long dropped = total(one.dropped());
        assertThat(dropped).isLessThan(100);
        deliver(one);
        one.pass(Duration.ofMinutes(1));
        assertThat(one.flusher.calls)
                .filteredOn(call -> call.answer.isDone() && call.rows.size() == 100 - dropped)
                .isNotEmpty();
        balances(one, appended - dropped);
    }

    @Test
    void aHeldFlusherProbesWithAnotherLaneWhenThatOfTheProbeGaveItsRequestUp() throws IOException {
        log.segmentBytes = 1_000;
        one.lanes = 2;
        one.cursorLimits = new CursorLimits(MOST, Duration.ZERO, 0, true);
        begin(one);
        one.flusher.answer(call -> call.held("wrong password"));
        one.appendSeries(World.seriesOf(0), 0, ROWS);
        one.appendSeries(World.seriesOf(1), 0, ROWS);
        one.flusher.answer(Call::retry);
        one.pass(Duration.ofMinutes(1));
        Call probe = one.flusher.last();
        assertThat(probe.rows).allMatch(row -> row.series().equals(World.seriesOf(0)));
        one.flusher.answer(Call::delivered);
        appended = 2 * ROWS;
        for (; total(one.dropped()) < ROWS; appended += ROWS) {
            one.appendSeries(World.seriesOf(1), appended * 1000, ROWS);
        }
        one.pass(Duration.ofMinutes(2));
        assertThat(one.status().held()).isEmpty();
        balances(one, appended - total(one.dropped()));
    }

    @Test
    void anEarlierLifesRequestsAndASmallerLimitFitTogether() throws IOException {
        log.segmentBytes = 1_000;
        one.lanes = 4;
        begin(one);
        for (int i = 0; i < 100; i++) {
            append(one);
        }
        one.kill();
        one.cursorLimits = new CursorLimits(MOST, Duration.ZERO, 0, true);
        one.log.open();
        begin(one);
        long dropped = total(one.dropped());
        assertThat(dropped).isPositive();
        assertThat(one.backlog()).isEqualTo(appended - dropped);
        deliver(one);
        one.pass(Duration.ofMinutes(1));
        balances(one, appended - dropped);
    }

    private static CursorLimits limits(Limit limit, boolean drops, long maxBytes) {
        return switch (limit) {
            case BYTES -> new CursorLimits(maxBytes, Duration.ZERO, 0, drops);
            case AGE -> new CursorLimits(PLENTY, drops ? Duration.ofSeconds(30) : Duration.ofMillis(1), 0, drops);
            case DISK -> new CursorLimits(PLENTY, Duration.ZERO, LEAST, drops);
        };
    }

    private void begin(World world) throws IOException {
        world.start();
    }

    private void restart(World world) throws IOException {
        world.loop.execute(world.dispatcher::stop);
        world.loop.pass(Duration.ofSeconds(5));
        world.start();
    }

    private static void deliver(World world) {
        world.flusher.answer(Call::delivered);
        world.flusher.open().forEach(Call::delivered);
    }

    private void both(Duration duration) {
        for (long left = duration.toMillis(); left > 0; left -= 100) {
            one.passMillis(100);
            neighbour.passMillis(100);
        }
    }

    /* As much as is taken, at most eight hundred items. */
    private Optional<Refusal> fill() {
        for (int i = 0; i < 80; i++) {
            Optional<Refusal> refusal = log.offer(one.batch("s" + i % 7, 1000L * i, ROWS));
            if (refusal.isPresent()) {
                return refusal;
            }
            appended += ROWS;
            one.loop.execute(() -> {});
            neighbour.loop.execute(() -> {});
            both(Duration.ofMillis(100));
        }
        return Optional.empty();
    }

    private void append(World world) {
        world.appendSeries("s" + appended % 7, appended * 1000, ROWS);
        appended += ROWS;
    }

    private static long[] received(World world) {
        return world.flusher.calls.stream()
                .filter(call -> call.answer.isDone() && call.answer.join() instanceof Outcome.Delivered)
                .flatMap(call -> call.rows.stream())
                .mapToLong(Call.Row::value)
                .sorted()
                .toArray();
    }

    private static void balances(World world, long delivered) {
        Snapshot counts = world.status().counts();
        assertThat(counts.backlog()).isZero();
        assertThat(counts.delivered()).isEqualTo(delivered);
        assertThat(counts.appended()).isEqualTo(counts.delivered() + total(counts.dropped()));
    }

    private static long total(Map<String, Long> dropped) {
        return dropped.values().stream().mapToLong(Long::longValue).sum();
    }

    private static long nextMillisecond() {
        long now = System.currentTimeMillis();
        while (System.currentTimeMillis() == now) {
            Thread.onSpinWait();
        }
        return now + 1;
    }

    /* What is free on the volume is looked up a few times a second, not in virtual time. */
    private void awaitDrops(World world) {
        long until = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        while (world.dropped().isEmpty() && System.nanoTime() < until) {
            both(Duration.ofSeconds(1));
        }
        both(Duration.ofSeconds(3));
    }

    private Refusal awaitRefusal() {
        long until = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        while (log.journal().refusal().isEmpty() && System.nanoTime() < until) {
            Thread.onSpinWait();
        }
        return log.journal().refusal().orElseThrow();
    }

    private boolean awaitNoRefusal() {
        long until = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        while (log.journal().refusal().isPresent() && System.nanoTime() < until) {
            Thread.onSpinWait();
        }
        return log.journal().refusal().isEmpty();
    }
}

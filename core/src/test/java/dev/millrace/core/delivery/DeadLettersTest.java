package dev.millrace.core.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import dev.millrace.core.journal.DeadLetter;
import dev.millrace.spi.event.Labels;
import dev.millrace.spi.event.LogBatch;
import dev.millrace.spi.event.MetricBatch;
import dev.millrace.spi.event.SpanId;
import dev.millrace.spi.event.Value;
import dev.millrace.spi.pipeline.Outcome;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class DeadLettersTest {
    @AutoClose
    private final World world = new World();

    @BeforeEach
    void start() throws IOException {
        world.start();
    }

    @Test
    void keepsARejectedRequestAsItWasSentWithTheAnswerVerbatim() throws IOException {
        world.append(5000, "a", "b");
        world.append(3000, "c");
        world.pass(Duration.ofSeconds(1));
        List<Call.Row> sent = world.flusher.last().rows;
        world.flusher.last().answer.complete(new Outcome.Rejected("400", "no\nnever\n", 1));
        world.loop.run();
        DeadLetter letter = only();
        assertThat(letter.status()).isEqualTo("400");
        assertThat(letter.answer()).isEqualTo("no\nnever\n");
        assertThat(letter.flusher()).isEqualTo("fake");
        assertThat(letter.delivered()).isEqualTo(1);
        assertThat(rows(letter)).isEqualTo(sent).hasSize(3);
        assertThat(world.status().deadLetters().kept()).isEqualTo(3);
        assertThat(world.status().deadLetters().bytes()).isPositive();
    }

    @Test
    void keepsLogs() throws IOException {
        LogBatch.Row row = new LogBatch.Row(7, 7, 9, "", new Value.Text("x"), new Value.Mapping(Map.of()), SpanId.NONE);
        LogBatch batch = new LogBatch(Labels.of("series", "log"), List.of(row, row));
        world.append(batch);
        world.pass(Duration.ofSeconds(1));
        world.flusher.last().rejected("400");
        world.loop.run();
        assertThat(only().batches()).isEqualTo(List.of(batch));
    }

    @Test
    void keepsWhatIsRejectedForAnyOtherReason() throws IOException {
        world.kill();
        world.retry = new DeliveryOptions.Retry(true, Optional.of(1), Duration.ofMillis(30), Duration.ofSeconds(30));
        world.start();
        world.appendSeries("a", 0, 10);
        world.flusher.last().retry();
        world.passMillis(100);
        world.flusher.last().retry();
        world.loop.run();
        world.appendSeries("b", 0, 1);
        world.pass(Duration.ofSeconds(1));
        world.flusher.last().split();
        world.loop.run();
        assertThat(world.log.readLetters())
                .extracting(DeadLetter::status, DeadLetter::items)
                .containsExactly(tuple("retries_exhausted", 10), tuple("too_large", 1));
    }

    @Test
    void keepsARefusedRepetitionWhichTheDestinationMayNotHave() throws IOException {
        world.appendSeries("a", 0, 10);
        world.flusher.last().unclear();
        world.passMillis(100);
        world.flusher.last().rejected("400");
        world.loop.run();
        assertThat(world.dropped()).isEqualTo(Map.of("repeat_refused", 10L));
        assertThat(only().status()).isEqualTo("repeat_refused");
        assertThat(only().items()).isEqualTo(10);
    }

    @Test
    void keepsNothingOfWhatWasDropped() throws IOException {
        world.appendSeries("a", 0, 10);
        world.flusher.last().deliveredBut(Map.of("too_old", 10));
        world.loop.run();
        assertThat(world.backlog()).isZero();
        assertThat(world.log.readLetters()).isEmpty();
    }

    @Test
    void isThereAfterAKillAndCountedOnce() throws IOException {
        world.appendSeries("a", 0, 10);
        world.flusher.last().rejected("400");
        world.loop.run();
        world.kill();
        world.start();
        world.pass(Duration.ofSeconds(2));
        assertThat(world.flusher.calls).isEmpty();
        assertThat(only().items()).isEqualTo(10);
        assertThat(world.status().rejectedByStatus()).isEqualTo(Map.of("400", 10L));
        assertThat(world.status().deadLetters().bytes()).isPositive();
        assertThat(world.backlog()).isZero();
    }

    @Test
    void isWrittenBeforeTheCursorPassesItsRows() throws IOException {
        world.appendSeries("a", 0, 10);
        world.log.files.failCursors(true);
        world.flusher.last().rejected("400");
        world.loop.run();
        world.log.files.failCursors(false);
        world.kill();
        assertThat(only().items()).isEqualTo(10);
        world.start();
        world.flusher.last().rejected("400");
        world.loop.run();
        assertThat(world.dropped()).isEqualTo(Map.of("repeat_refused", 10L));
        assertThat(world.log.readLetters()).extracting(DeadLetter::status).containsExactly("400", "repeat_refused");
    }

    @Test
    void deliversOnWhereItCannotBeWritten() throws IOException {
        world.log.files.failLetters(true);
        world.appendSeries("a", 0, 30);
        world.flusher.last().rejected("400");
        world.loop.run();
        world.flusher.last().delivered();
        world.loop.run();
        assertThat(world.delivered()).isEqualTo(10);
        assertThat(world.status().deadLetters().lost()).isEqualTo(10);
        assertThat(world.status().lastError().orElseThrow().message())
                .isEqualTo("cannot write what was rejected, which is only counted: no space left");
        world.log.files.failLetters(false);
        world.flusher.last().rejected("400");
        world.loop.run();
        assertThat(only().items()).isEqualTo(10);
        assertThat(world.status().deadLetters().kept()).isEqualTo(10);
        assertThat(world.status().counts().rejected()).isEqualTo(20);
    }

    private DeadLetter only() throws IOException {
        List<DeadLetter> letters = world.log.readLetters();
        assertThat(letters).hasSize(1);
        return letters.get(0);
    }

    private static List<Call.Row> rows(DeadLetter letter) {
        List<Call.Row> rows = new ArrayList<>();
        letter.batches()
                .forEach(batch -> IntStream.range(0, batch.size()).forEach(row -> {
                    MetricBatch metrics = (MetricBatch) batch;
                    rows.add(new Call.Row(
                            metrics.labels(row).get("series"), metrics.timestamp(row), metrics.valueBits(row)));
                }));
        return rows;
    }
}

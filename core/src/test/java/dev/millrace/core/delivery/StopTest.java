package dev.millrace.core.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class StopTest {
    @AutoClose
    private final World world = new World();

    @BeforeEach
    void start() throws IOException {
        world.start();
        world.appendSeries("a", 0, 30);
    }

    @Test
    void waitsForAnswersInFlightAndSendsNothingMore() {
        world.loop.execute(world.dispatcher::stop);
        world.pass(Duration.ofSeconds(3));
        assertThat(world.dispatcher.stopped().toCompletableFuture()).isNotDone();
        world.flusher.last().delivered();
        world.loop.run();
        assertThat(world.dispatcher.stopped().toCompletableFuture()).isDone();
        assertThat(world.flusher.calls).hasSize(1);
        assertThat(world.delivered()).isEqualTo(10);
    }

    @Test
    void repeatsWhatHadNoAnswerWithinFiveSeconds() throws IOException {
        Call unanswered = world.flusher.last();
        world.stop();
        assertThat(world.dispatcher.stopped().toCompletableFuture()).isDone();
        unanswered.delivered();
        world.start();
        assertThat(world.flusher.last().rows).isEqualTo(unanswered.rows);
        assertThat(world.flusher.last().slice.repeated()).isTrue();
        assertThat(world.backlog()).isEqualTo(30);
    }

    @Test
    void recordsNothingAfterItsEnd() throws IOException {
        Call unanswered = world.flusher.last();
        world.stop();
        CompletableFuture<Void> written = unanswered.slice.record("fake/2", 7).toCompletableFuture();
        assertThat(written).isCompletedExceptionally();
    }

    @Test
    void endsAlsoWhereItFailedAndTheDeadLettersCannotBeWrittenForWantOfMemory() {
        world.log.files.failMemory();
        world.flusher.last().rejected("400");
        world.loop.execute(() -> {
            throw new IllegalStateException("a bug");
        });
        assertThatThrownBy(world.loop::run).hasMessage("a bug");
        assertThatThrownBy(() -> world.dispatcher.failed(new IllegalStateException("a bug")))
                .isInstanceOf(OutOfMemoryError.class);
        assertThat(world.dispatcher.stopped().toCompletableFuture()).isDone();
    }

    @Test
    void keepsTheCounts() throws IOException {
        world.flusher.last().delivered();
        world.loop.run();
        world.flusher.last().deliveredBut(java.util.Map.of("too_old", 2));
        world.loop.run();
        world.flusher.last().rejected("409");
        world.stop();
        world.start();
        assertThat(world.delivered()).isEqualTo(18);
        assertThat(world.status().counts().rejected()).isEqualTo(10);
        assertThat(world.dropped()).isEqualTo(java.util.Map.of("too_old", 2L));
        assertThat(world.status().counts().appended()).isEqualTo(30);
        assertThat(world.backlog()).isZero();
    }
}

package dev.millrace.core.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.spi.pipeline.Flusher;
import dev.millrace.spi.pipeline.Outcome;
import dev.millrace.spi.pipeline.Slice;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class SendGuardTest {
    @AutoClose
    private final World world = new World();

    @BeforeEach
    void start() throws IOException {
        world.start();
    }

    @Test
    void abandonsACallThatDoesNotEndAndSendsAgain() {
        world.appendSeries("a", 0, 10);
        Call lost = world.flusher.last();
        world.pass(Duration.ofMinutes(10).minusNanos(1));
        assertThat(world.flusher.calls).hasSize(1);
        world.pass(Duration.ofSeconds(1));
        assertThat(world.flusher.calls).hasSize(2);
        assertThat(world.flusher.last().rows).isEqualTo(lost.rows);
        assertThat(world.flusher.last().slice.repeated()).isTrue();
        assertThat(world.status().abandonedCalls()).isEqualTo(1);
        lost.rejected("500");
        world.loop.run();
        assertThat(world.status().counts().rejected()).isZero();
        assertThat(world.status().strayAnswers()).isEqualTo(1);
    }

    @Test
    void refusesToRecordForACallThatIsOver() {
        world.appendSeries("a", 0, 10);
        Call call = world.flusher.last();
        call.retry();
        world.loop.run();
        CompletableFuture<Void> written = call.slice.record("fake/1", 1).toCompletableFuture();
        world.loop.run();
        assertThat(written).isCompletedExceptionally();
    }

    @Test
    void turnsWhateverAFlusherDoesIntoOneAnswer() {
        List<String> answers = new ArrayList<>();
        call(slice -> null, answers);
        call(
                slice -> {
                    throw new NoClassDefFoundError("x");
                },
                answers);
        call(slice -> CompletableFuture.failedFuture(new IOException("first\nsecond")), answers);
        call(slice -> CompletableFuture.completedFuture(null), answers);
        call(slice -> CompletableFuture.completedFuture(new Outcome.Held(null)), answers);
        assertThat(answers)
                .containsExactly(
                        "send returned null (expected: a stage)",
                        "send failed: java.lang.NoClassDefFoundError: x",
                        "send failed: java.io.IOException: first",
                        "send gave null (expected: an outcome without null)",
                        "send gave Held[reason=null] (expected: an outcome without null)");
    }

    @Test
    void survivesAnExecutorThatRefuses() {
        List<Outcome> answers = new ArrayList<>();
        SendCall call = new SendCall(slice -> null, anyAttempt(), answers::add);
        call.on(task -> {
            throw new java.util.concurrent.RejectedExecutionException("shut down");
        });
        Outcome.Retry retry = (Outcome.Retry) answers.get(0);
        assertThat(retry.reason()).startsWith("no worker takes the request");
        assertThat(retry.unclear()).isFalse();
    }

    private void call(java.util.function.Function<Slice, CompletionStage<Outcome>> code, List<String> answers) {
        Flusher flusher = code::apply;
        new SendCall(flusher, anyAttempt(), outcome -> {
                    assertThat(((Outcome.Retry) outcome).unclear()).isTrue();
                    answers.add(((Outcome.Retry) outcome).reason());
                })
                .run();
    }

    private Attempt anyAttempt() {
        world.appendSeries("a", 0, 10);
        return new Attempt(
                ((Attempt) world.flusher.last().slice).request(),
                false,
                0,
                (attempt, protocol, checksum) -> CompletableFuture.completedFuture(null));
    }
}

package dev.millrace.core.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.spi.pipeline.Outcome;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class VerdictsTest {
    @AutoClose
    private final World world = new World();

    @BeforeEach
    void start() throws IOException {
        world.start();
    }

    @Test
    void countsWhatADestinationDoesNotHaveByReason() {
        world.appendSeries("a", 0, 10);
        world.flusher.last().deliveredBut(Map.of("too_old", 3, "histogram", 1));
        world.loop.run();
        assertThat(world.delivered()).isEqualTo(6);
        assertThat(world.dropped()).isEqualTo(Map.of("too_old", 3L, "histogram", 1L));
        assertThat(world.backlog()).isZero();
    }

    @Test
    void ofASplitRequestNoMoreIsRejectedThanTheDestinationRefusedFromTheStart() {
        world.flusher.answer(call -> call.answer.complete(
                new Outcome.Split("no", new Outcome.Rejected("400", "no"), call.rows.size() == 10 ? 7 : 0)));
        world.appendSeries("a", 0, 10);
        world.pass(Duration.ofSeconds(1));
        assertThat(world.status().rejectedByStatus()).isEqualTo(Map.of("400", 3L));
        assertThat(world.dropped()).isEqualTo(Map.of("repeat_refused", 7L));
        assertThat(world.backlog()).isZero();
    }

    @Test
    void believesNoCountsThatCannotBe() {
        world.appendSeries("a", 0, 10);
        Map<String, Integer> wrong = new TreeMap<>(Map.of("a", -5, "b", 7, "c", 7));
        world.flusher.last().deliveredBut(wrong);
        world.loop.run();
        assertThat(world.delivered()).isZero();
        assertThat(world.dropped().values().stream().mapToLong(Long::longValue).sum())
                .isEqualTo(10);
    }

    @Test
    void boundsTheNumberOfReasons() {
        world.flusher.answer(call -> call.deliveredBut(Map.of("reason " + call.rows.get(0), 10)));
        world.appendSeries("a", 0, 1000);
        world.pass(Duration.ofSeconds(1));
        assertThat(world.dropped()).hasSize(33).containsEntry("other", 680L);
    }

    @Test
    void goesOnAfterARejectionAndCountsItByStatus() {
        world.appendSeries("a", 0, 20);
        world.flusher.last().rejected("400");
        world.loop.run();
        world.flusher.last().delivered();
        world.loop.run();
        assertThat(world.status().counts().rejected()).isEqualTo(10);
        assertThat(world.status().rejectedByStatus()).isEqualTo(Map.of("400", 10L));
        assertThat(world.status().lastError().orElseThrow().message())
                .isEqualTo("rejected 10 items with status 400: no");
        assertThat(world.delivered()).isEqualTo(10);
    }

    @Test
    void isAsFarAsTheNewestItemThatIsDoneWhateverBecameOfIt() {
        world.appendSeries("a", 0, 20);
        world.flusher.last().rejected("400");
        world.loop.run();
        assertThat(world.status().counts().newestDone()).isEqualTo(9_000);
        world.flusher.last().retry();
        world.loop.run();
        assertThat(world.status().counts().newestDone()).isEqualTo(9_000);
    }

    @Test
    void countsHowOftenAFullLaneStoppedTheReader() {
        world.appendSeries("a", 0, 10);
        assertThat(world.status().counts().laneWaits()).isZero();
        world.appendSeries("a", 10_000, (int) world.status().counts().laneCapacity() + 1);
        world.loop.run();
        assertThat(world.status().counts().laneWaits()).isEqualTo(1);
        world.flusher.last().delivered();
        world.loop.run();
        assertThat(world.status().counts().laneWaits()).isEqualTo(1);
    }

    @Test
    void countsWhatARejectingDestinationTookAllTheSame() {
        world.appendSeries("a", 0, 20);
        world.flusher.last().answer.complete(new Outcome.Rejected("400", "three are too old", 7));
        world.loop.run();
        assertThat(world.delivered()).isEqualTo(7);
        assertThat(world.status().rejectedByStatus()).isEqualTo(Map.of("400", 3L));
        world.flusher.last().answer.complete(new Outcome.Rejected("400", "it cannot have more", 70));
        world.loop.run();
        assertThat(world.delivered()).isEqualTo(17);
        assertThat(world.backlog()).isZero();
    }

    @Test
    void countsARefusalAfterAnUnclearAnswerAsARepeat() {
        world.appendSeries("a", 0, 10);
        world.flusher.last().unclear();
        world.passMillis(100);
        assertThat(world.flusher.last().slice.repeated()).isTrue();
        world.flusher.last().rejected("400");
        world.loop.run();
        assertThat(world.dropped()).isEqualTo(Map.of("repeat_refused", 10L));
        assertThat(world.status().counts().rejected()).isZero();
    }

    @Test
    void countsARefusalAfterAClearAnswerAsARejection() {
        world.appendSeries("a", 0, 10);
        world.flusher.last().retry();
        world.passMillis(100);
        assertThat(world.flusher.last().slice.repeated()).isFalse();
        world.flusher.last().rejected("400");
        world.loop.run();
        assertThat(world.status().rejectedByStatus()).isEqualTo(Map.of("400", 10L));
    }

    @Test
    void remembersAnUnclearAnswerThroughClearOnesHoldsAndSplits() {
        world.appendSeries("a", 0, 10);
        world.flusher.last().unclear();
        world.passMillis(100);
        world.flusher.last().retry();
        world.passMillis(200);
        world.flusher.last().held("wrong password");
        world.pass(Hold.INTERVAL);
        assertThat(world.flusher.calls).hasSize(4);
        assertThat(world.flusher.last().slice.repeated()).isTrue();
        world.flusher.last().split();
        world.loop.run();
        world.flusher.last().rejected("400");
        world.loop.run();
        world.flusher.last().delivered();
        world.loop.run();
        assertThat(world.dropped()).isEqualTo(Map.of("repeat_refused", 5L));
        assertThat(world.delivered()).isEqualTo(5);
    }

    @Test
    void isolatesTheRowThatARefusedRequestIsRefusedFor() {
        world.flusher.answer(call -> {
            if (call.rows.stream().anyMatch(row -> row.timestamp() == 4000)) {
                call.answer.complete(new Outcome.Split("bad", new Outcome.Rejected("400", "bad")));
            } else {
                call.delivered();
            }
        });
        world.appendSeries("a", 0, 10);
        world.pass(Duration.ofSeconds(1));
        assertThat(world.delivered()).isEqualTo(9);
        assertThat(world.status().rejectedByStatus()).isEqualTo(Map.of("400", 1L));
    }

    @Test
    void splitsUntilItFits() {
        world.flusher.answer(call -> {
            if (call.rows.size() > 3) {
                call.split();
            } else {
                call.delivered();
            }
        });
        world.appendSeries("a", 0, 10);
        world.pass(Duration.ofSeconds(1));
        assertThat(world.flusher.calls).extracting(call -> call.rows.size()).containsExactly(10, 5, 2, 3, 5, 2, 3);
        assertThat(world.delivered()).isEqualTo(10);
    }

    @Test
    void rejectsASingleRowThatIsTooLarge() {
        world.flusher.answer(call -> {
            if (call.rows.stream().anyMatch(row -> row.timestamp() == 4000)) {
                call.split();
            } else {
                call.delivered();
            }
        });
        world.appendSeries("a", 0, 10);
        world.pass(Duration.ofSeconds(1));
        assertThat(world.delivered()).isEqualTo(9);
        assertThat(world.status().rejectedByStatus()).isEqualTo(Map.of("too_large", 1L));
    }
}

package dev.millrace.core.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.core.journal.DeadLetter;
import dev.millrace.core.journal.DeadLetterFiles;
import dev.millrace.core.journal.DeadLetterFolder;
import dev.millrace.core.journal.FileAccess;
import dev.millrace.spi.ComponentId;
import dev.millrace.spi.event.Labels;
import dev.millrace.spi.event.MetricBatch;
import dev.millrace.spi.event.MetricBatchBuilder;
import dev.millrace.spi.pipeline.Outcome;
import dev.millrace.spi.pipeline.Slice;
import dev.millrace.spi.pipeline.SliceLimits;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** Dead letters that are sent again. */
final class ReplayTest {
    private static final Path FOLDER = Path.of("/journal/dead-letters/fake");

    private final FileAccess files = FileAccess.memory(1 << 24);
    private final DeadLetterFolder letters = new DeadLetterFolder(files, FOLDER, 1 << 20, Duration.ofDays(7), true);
    private final List<Integer> sent = new ArrayList<>();
    private Function<Slice, Outcome> destination = slice -> new Outcome.Delivered(Map.of());

    private Replay replay() {
        GroupedFlusher flusher = slice -> {
            sent.add(slice.size());
            return CompletableFuture.completedFuture(destination.apply(slice));
        };
        DeliverySettings settings =
                new DeliverySettings("web", ComponentId.parse("fake"), SliceLimits.DEFAULT, DeliveryOptions.DEFAULT);
        return new Replay(settings, letters, flusher, Runnable::run, Clock.systemUTC());
    }

    private void letter(int rows) throws IOException {
        letters.add(ofRows(rows));
        letters.write(1_700_000_000_000L + rows);
    }

    private static DeadLetter ofRows(int rows) {
        MetricBatchBuilder batch = MetricBatch.builder(rows);
        for (int row = 0; row < rows; row++) {
            batch.add(Labels.of("__name__", "up", "row", "r" + row), 1000 + row, 1L);
        }
        return new DeadLetter(1, "fake", "400", "no", 0, List.of(batch.build()));
    }

    @Test
    void whatTheDestinationTakesIsDeletedAndCounted() throws Exception {
        letter(3);
        letter(5);
        Replay replay = replay();
        assertThat(replay.run(name -> true)).isEqualTo(new Replay.Result(2, new Replay.Counts(8, 0, 0), List.of(), ""));
        assertThat(sent).containsExactly(3, 5);
        assertThat(letters.names()).isEmpty();
        assertThat(replay.counts()).isEqualTo(new Replay.Counts(8, 0, 0));
        assertThat(letters.counts().bytes()).isZero();
    }

    @Test
    void whatIsRejectedAgainStaysWithTheNewAnswer() throws Exception {
        letter(4);
        destination = slice -> new Outcome.Rejected("422", "never");
        assertThat(replay().run(name -> true).counts()).isEqualTo(new Replay.Counts(0, 4, 0));
        assertThat(letters.names()).hasSize(1);
        DeadLetter again = letters.read(letters.names().get(0)).letters().get(0);
        assertThat(again.status()).isEqualTo("422");
        assertThat(again.answer()).isEqualTo("never");
        assertThat(again.items()).isEqualTo(4);
    }

    @Test
    void whatIsDamagedIsCountedAndItsBytesAreKept() throws Exception {
        DeadLetterFiles.write(files, FOLDER, ofRows(3), ofRows(4));
        String name = letters.names().get(0);
        try (FileAccess.OpenFile file = files.open(FOLDER.resolve(name))) {
            file.write(ByteBuffer.wrap(new byte[] {-1, -1, -1, -1}), file.size() - 4);
        }
        assertThat(replay().run(any -> true))
                .isEqualTo(new Replay.Result(1, new Replay.Counts(3, 0, 4), List.of(), ""));
        assertThat(sent).containsExactly(3);
        assertThat(letters.names()).isEmpty();
        assertThat(files.list(Path.of("/journal/damaged"))).containsExactly("fake." + name + "-0");
    }

    @Test
    void aDamagedLetterThatCannotBeCopiedIsNotSent() throws Exception {
        DeadLetterFiles.write(files, FOLDER, ofRows(3), ofRows(4));
        String name = letters.names().get(0);
        try (FileAccess.OpenFile file = files.open(FOLDER.resolve(name))) {
            file.write(ByteBuffer.wrap(new byte[] {-1, -1, -1, -1}), file.size() - 4);
        }
        files.createFolder(Path.of("/journal/damaged"));
        try (FileAccess.OpenFile other = files.create(Path.of("/journal/all-the-rest"))) {
            other.write(ByteBuffer.allocate((int) files.usableBytes(FOLDER)), 0);
        }
        Replay.Result result = replay().run(any -> true);
        assertThat(result.left()).startsWith("the damaged bytes of " + name + " cannot be copied: ");
        assertThat(result.counts()).isEqualTo(new Replay.Counts(0, 0, 0));
        assertThat(sent).isEmpty();
        assertThat(letters.names()).containsExactly(name);
    }

    @Test
    void aLetterWhoseRowsAreAllDamagedStays() throws Exception {
        letter(3);
        String name = letters.names().get(0);
        try (FileAccess.OpenFile file = files.open(FOLDER.resolve(name))) {
            file.write(ByteBuffer.wrap(new byte[] {-1, -1, -1, -1}), file.size() - 4);
        }
        assertThat(replay().run(any -> true).unreadable()).containsExactly(name);
        assertThat(letters.names()).containsExactly(name);
    }

    @Test
    void aLetterOfWhichNothingCanBeReadStays() throws Exception {
        letter(3);
        String name = letters.names().get(0);
        try (FileAccess.OpenFile file = files.open(FOLDER.resolve(name))) {
            ByteBuffer nothing = ByteBuffer.allocate((int) file.size() - 64);
            file.write(nothing, 64);
        }
        assertThat(replay().run(any -> true))
                .isEqualTo(new Replay.Result(0, new Replay.Counts(0, 0, 0), List.of(name), ""));
        assertThat(letters.names()).containsExactly(name);
    }

    @Test
    void endsWhereTheDestinationIsAway() throws Exception {
        letter(3);
        letter(5);
        destination = slice -> new Outcome.Retry("connection refused", Optional.empty(), false);
        Replay.Result result = replay().run(name -> true);
        assertThat(result.letters()).isZero();
        assertThat(result.left()).isEqualTo("connection refused");
        assertThat(letters.names()).hasSize(2);
        assertThat(sent).containsExactly(3);
    }

    @Test
    void oneThatIsTooLargeGoesInParts() throws Exception {
        letter(8);
        destination = slice -> slice.size() > 2
                ? new Outcome.Split("too large", new Outcome.Rejected("413", "too large"))
                : new Outcome.Delivered(Map.of());
        assertThat(replay().run(name -> true).counts()).isEqualTo(new Replay.Counts(8, 0, 0));
        assertThat(sent).containsExactly(8, 4, 2, 2, 4, 2, 2);
    }

    @Test
    void onlyWhatIsChosenIsSent() throws Exception {
        letter(3);
        letter(5);
        String second = letters.names().get(1);
        assertThat(replay().run(second::equals).letters()).isEqualTo(1);
        assertThat(sent).containsExactly(5);
        assertThat(letters.names()).hasSize(1);
    }

    @Test
    void aFileOfSeveralLettersLosesNoneWhereTheDestinationGoesAway() throws Exception {
        DeadLetterFiles.write(files, FOLDER, ofRows(3), ofRows(4), ofRows(5), ofRows(6));
        destination = slice -> switch (slice.size()) {
            case 3 -> new Outcome.Delivered(Map.of());
            case 4 -> new Outcome.Rejected("422", "never");
            default -> new Outcome.Retry("connection refused", Optional.empty(), false);
        };
        assertThat(replay().run(name -> true))
                .isEqualTo(new Replay.Result(0, new Replay.Counts(3, 4, 0), List.of(), "connection refused"));
        assertThat(sent).containsExactly(3, 4, 5);
        List<String> left = new ArrayList<>();
        for (String name : letters.names()) {
            letters.read(name).letters().forEach(letter -> left.add(letter.status() + " " + letter.items()));
        }
        assertThat(left).containsExactly("422 4", "400 5", "400 6");
    }

    @Test
    void aStopEndsIt() throws Exception {
        letter(3);
        Replay replay = replay();
        replay.stop();
        assertThat(replay.run(name -> true).left()).isEqualTo("the flusher stops");
        assertThat(letters.names()).hasSize(1);
    }
}

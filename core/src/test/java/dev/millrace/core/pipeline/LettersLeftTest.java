package dev.millrace.core.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.core.journal.DeadLetter;
import dev.millrace.core.journal.DeadLetterFolder;
import dev.millrace.core.journal.FileAccess;
import dev.millrace.spi.event.Labels;
import dev.millrace.spi.event.MetricBatch;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class LettersLeftTest {
    private static final long NOW = Duration.ofDays(1000).toMillis();

    @TempDir
    Path journal;

    @Test
    void deletesOldLettersOfFlushersThatAreGoneOnly() throws IOException {
        letter("gone/old", NOW - Duration.ofDays(9).toMillis());
        letter("gone/new", NOW);
        letter("there", NOW - Duration.ofDays(9).toMillis());
        LettersLeft.trim("web", journal, Set.of("there"), NOW);
        assertThat(letters("gone/old")).isZero();
        assertThat(letters("gone/new")).isOne();
        assertThat(letters("there")).isOne();
    }

    @Test
    void findsNothingWhereThereIsNone() {
        LettersLeft.trim("web", journal, Set.of(), NOW);
        assertThat(journal).isEmptyDirectory();
    }

    private void letter(String flusher, long time) throws IOException {
        DeadLetterFolder folder = new DeadLetterFolder(
                FileAccess.real(), DeadLetterFolder.of(journal, flusher), 1 << 20, Duration.ofDays(7), false);
        MetricBatch batch =
                MetricBatch.builder(1).add(Labels.of("series", "a"), 1, 1).build();
        folder.add(new DeadLetter(time, flusher, "400", "no", 0, List.of(batch)));
        folder.write(time);
    }

    private long letters(String flusher) throws IOException {
        try (Stream<Path> files = Files.list(DeadLetterFolder.of(journal, flusher))) {
            return files.count();
        }
    }
}

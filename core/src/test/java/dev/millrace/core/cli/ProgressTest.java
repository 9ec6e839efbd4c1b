package dev.millrace.core.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** The line that says how far a long run is. */
final class ProgressTest {
    private final ByteArrayOutputStream output = new ByteArrayOutputStream();
    private final PrintStream terminal = new PrintStream(output, true, StandardCharsets.UTF_8);
    private final AtomicLong now = new AtomicLong(Long.MAX_VALUE - 1);

    private Progress progress(long bytes, boolean shown) {
        return new Progress("verify web", bytes, shown, terminal, now::get);
    }

    private String printed() {
        String text = output.toString(StandardCharsets.UTF_8);
        output.reset();
        return text.replace("\r\u001b[K", "<clear>");
    }

    @Test
    void aLineIsPaintedOverFiveTimesASecondAndClearedAtTheEnd() {
        try (Progress progress = progress(4 << 20, true)) {
            progress.accept(1 << 20);
            assertThat(printed()).as("a short run shows none").isEmpty();
            now.addAndGet(TimeUnit.MILLISECONDS.toNanos(200));
            progress.accept(1 << 20);
            assertThat(printed()).isEqualTo("<clear>verify web: 1.0 MiB of 4.0 MiB, 25 %");
            progress.accept(2 << 20);
            assertThat(printed()).isEmpty();
            now.addAndGet(TimeUnit.MILLISECONDS.toNanos(200));
            progress.accept(3 << 20);
            assertThat(printed()).isEqualTo("<clear>verify web: 3.0 MiB of 4.0 MiB, 75 %");
            progress.clear();
            progress.clear();
            assertThat(printed()).as("room for another line").isEqualTo("<clear>");
            now.addAndGet(TimeUnit.MILLISECONDS.toNanos(200));
            progress.accept(4 << 20);
            assertThat(printed()).isEqualTo("<clear>verify web: 4.0 MiB of 4.0 MiB, 100 %");
        }
        assertThat(printed()).isEqualTo("<clear>");
    }

    @Test
    void nothingIsPrintedWhereThereIsNoTerminal() {
        try (Progress progress = progress(0, false)) {
            now.addAndGet(TimeUnit.SECONDS.toNanos(1));
            progress.accept(0);
        }
        assertThat(printed()).isEmpty();
    }

    @Test
    void whatHasNothingToReadIsDone() {
        try (Progress progress = progress(0, true)) {
            now.addAndGet(TimeUnit.SECONDS.toNanos(1));
            progress.accept(0);
            assertThat(printed()).isEqualTo("<clear>verify web: 0 B of 0 B, 100 %");
        }
    }
}

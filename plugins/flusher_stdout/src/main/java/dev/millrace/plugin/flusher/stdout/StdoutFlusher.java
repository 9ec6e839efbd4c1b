package dev.millrace.plugin.flusher.stdout;

import dev.millrace.spi.pipeline.Flusher;
import dev.millrace.spi.pipeline.Outcome;
import dev.millrace.spi.pipeline.Slice;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Writes the lines of a slice, or one for all of it, at once, so that those of two lanes do not mix. */
final class StdoutFlusher implements Flusher {
    /* One for the process: the output is that of all pipelines. */
    private static final Object OUTPUT = new Object();

    private final OutputStream output;

    private final StdoutFlusherOptions.Form form;

    StdoutFlusher(OutputStream output, StdoutFlusherOptions.Form form) {
        this.output = output;
        this.form = form;
    }

    @Override
    public CompletionStage<Outcome> send(Slice slice) {
        StringBuilder lines = new StringBuilder();
        if (form == StdoutFlusherOptions.Form.SUMMARY) {
            SummaryLine.append(lines, slice);
            lines.append('\n');
        } else {
            for (int i = 0; i < slice.size(); i++) {
                EventLine.append(lines, slice.batch(i), slice.row(i));
                lines.append('\n');
            }
        }
        byte[] bytes = lines.toString().getBytes(StandardCharsets.UTF_8);
        try {
            synchronized (OUTPUT) {
                output.write(bytes);
            }
        } catch (IOException e) {
            return CompletableFuture.completedFuture(new Outcome.Retry("standard output: " + e.getMessage()));
        }
        return CompletableFuture.completedFuture(Outcome.Delivered.ALL);
    }
}

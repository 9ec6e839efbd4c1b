package dev.millrace.core.cli;

import dev.millrace.core.host.ExitCode;
import dev.millrace.core.journal.DeadLetter;
import dev.millrace.core.json.EventJson;
import dev.millrace.core.json.JsonObject;
import dev.millrace.spi.event.EventBatch;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Prints the items of dead letters as lines of JSON, each with the answer that its request got. The collector may run. */
@Command(
        name = "export",
        description = "Print the items that destinations will never take, as lines of JSON.",
        mixinStandardHelpOptions = true)
final class DeadLettersExportCommand implements Callable<Integer> {
    @Mixin
    private FolderOptions options = new FolderOptions();

    @Override
    public Integer call() throws IOException {
        new LetterFiles(options.folders().data()).each(DeadLettersExportCommand::print);
        return ExitCode.OK.code();
    }

    private static void print(String pipeline, Path file, DeadLetter letter) {
        StringBuilder lines = new StringBuilder();
        for (EventBatch batch : letter.batches()) {
            for (int row = 0; row < batch.size(); row++) {
                int at = row;
                JsonObject.append(lines, json -> {
                    json.field("pipeline", pipeline)
                            .field("letter", LetterFiles.letter(file))
                            .field("flusher", letter.flusher())
                            .field(
                                    "rejected",
                                    Instant.ofEpochMilli(letter.time()).toString())
                            .field("status", letter.status())
                            .field("answer", letter.answer());
                    EventJson.append(json, batch, at);
                });
                lines.append('\n');
            }
        }
        System.out.print(lines);
    }
}

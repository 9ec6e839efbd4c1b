package dev.millrace.core.cli;

import dev.millrace.core.host.ExitCode;
import dev.millrace.core.journal.DeadLetter;
import dev.millrace.core.json.EventJson;
import dev.millrace.core.json.JsonObject;
import dev.millrace.spi.event.EventBatch;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Shows dead letters for a person: when, where, the whole answer, and each item. The collector may run. */
@Command(
        name = "show",
        description = "Show dead letters: the status, the whole answer, and the items, one in a line.",
        mixinStandardHelpOptions = true)
final class DeadLettersShowCommand implements Callable<Integer> {
    @Mixin
    private LetterOptions options = new LetterOptions();

    @Override
    public Integer call() throws IOException {
        Optional<List<LetterFiles.Place>> places = options.places();
        if (places.isEmpty()) {
            return ExitCode.USAGE.code();
        }
        new LetterFiles(options.data()).each(places.get(), DeadLettersShowCommand::print);
        return ExitCode.OK.code();
    }

    private static void print(String pipeline, Path file, DeadLetter letter) {
        StringBuilder text = new StringBuilder();
        text.append("letter   ").append(LetterFiles.letter(file)).append('\n');
        text.append("flusher  ")
                .append(pipeline)
                .append('/')
                .append(letter.flusher())
                .append('\n');
        text.append("rejected ").append(Instant.ofEpochMilli(letter.time())).append('\n');
        text.append("status   ").append(shown(letter.status())).append('\n');
        text.append("items    ").append(letter.items());
        if (letter.delivered() > 0) {
            text.append(", of which the destination took ")
                    .append(letter.delivered())
                    .append(" all the same");
        }
        text.append("\nanswer   ").append(shown(letter.answer().strip())).append('\n');
        for (EventBatch batch : letter.batches()) {
            for (int row = 0; row < batch.size(); row++) {
                int at = row;
                text.append("  ");
                JsonObject.append(text, json -> EventJson.append(json, batch, at));
                text.append('\n');
            }
        }
        System.out.println(text);
    }

    /** A text from elsewhere, of which nothing but the ends of its lines has a meaning for a terminal. */
    static String shown(String text) {
        StringBuilder shown = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\n' || !Character.isISOControl(c)) {
                shown.append(c);
            } else {
                shown.append(String.format("\\u%04x", (int) c));
            }
        }
        return shown.toString();
    }
}

package dev.millrace.core.cli;

import dev.millrace.core.host.ExitCode;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Has the running collector send dead letters again. */
@Command(
        name = "replay",
        description =
                "Have the running collector send dead letters again, encoded anew. Those that the destination takes"
                        + " are deleted; those that it rejects are kept with the new answer. Where this command is ended, the"
                        + " collector goes on.",
        mixinStandardHelpOptions = true)
final class DeadLettersReplayCommand implements Callable<Integer> {
    private static final int FOR_EVER = 0;
    private static final long BETWEEN_LOOKS = 500;

    @Mixin
    private LetterOptions options = new LetterOptions();

    @Override
    public Integer call() throws IOException, InterruptedException {
        Optional<List<LetterFiles.Place>> places = options.places();
        if (places.isEmpty()) {
            return ExitCode.USAGE.code();
        }
        CompletableFuture<Boolean> replay = new CompletableFuture<>();
        Thread asking = new Thread(() -> ask(replay), "replay");
        asking.setDaemon(true);
        asking.start();
        try {
            return await(replay, places.get()) ? ExitCode.OK.code() : ExitCode.FAILURE.code();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof NotRunningException notRunning) {
                System.err.println("millrace: " + notRunning.getMessage()
                        + "; a replay needs the flushers of a collector that runs");
                return ExitCode.NOT_RUNNING.code();
            }
            throw new IllegalStateException(e.getCause());
        }
    }

    /* It takes as long as the destination does. What was sent is no longer there. */
    private static boolean await(CompletableFuture<Boolean> replay, List<LetterFiles.Place> places)
            throws IOException, InterruptedException, ExecutionException {
        long bytes = bytes(places);
        try (Progress progress = Progress.of("replay", bytes)) {
            while (true) {
                try {
                    return replay.get(BETWEEN_LOOKS, TimeUnit.MILLISECONDS);
                } catch (TimeoutException e) {
                    progress.accept(Math.max(0, bytes - bytes(places)));
                }
            }
        }
    }

    private static long bytes(List<LetterFiles.Place> places) throws IOException {
        long bytes = 0;
        for (LetterFiles.Place place : places) {
            try {
                bytes += Files.size(place.file());
            } catch (NoSuchFileException e) {
                // it was sent, or deleted
            }
        }
        return bytes;
    }

    /* Letter after letter, where some are named. */
    private void ask(CompletableFuture<Boolean> replay) {
        Collector collector = new Collector(options.data());
        List<@Nullable String> asked = new ArrayList<>(options.letters);
        if (asked.isEmpty()) {
            asked.add(null);
        }
        boolean ok = true;
        try {
            for (String letter : asked) {
                Collector.Answer answer = collector.ask("POST", target(letter), FOR_EVER);
                (answer.ok() ? System.out : System.err).print(answer.text());
                ok &= answer.ok();
            }
            replay.complete(ok);
        } catch (NotRunningException | RuntimeException e) {
            replay.completeExceptionally(e);
        }
    }

    private String target(@Nullable String letter) {
        return "/api/v1/dead-letters/replay?" + parameter("pipeline", options.pipeline)
                + parameter("flusher", options.flusher) + parameter("letter", letter);
    }

    private static String parameter(String name, @Nullable String value) {
        return value == null ? "" : name + "=" + URLEncoder.encode(value, StandardCharsets.UTF_8) + "&";
    }
}

package dev.millrace.core.cli;

import dev.millrace.core.host.ExitCode;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Has the running collector send dead letters again. */
@Command(
        name = "replay",
        description =
                "Have the running collector send dead letters again, encoded anew. Those that the destination takes"
                        + " are deleted; those that it rejects are kept with the new answer.",
        mixinStandardHelpOptions = true)
final class DeadLettersReplayCommand implements Callable<Integer> {
    private static final int READ_MILLIS = 600_000;

    @Mixin
    private LetterOptions options = new LetterOptions();

    @Override
    public Integer call() {
        Collector collector = new Collector(options.data());
        boolean ok = true;
        try {
            List<@Nullable String> asked = new ArrayList<>(options.letters);
            if (asked.isEmpty()) {
                asked.add(null);
            }
            for (String letter : asked) {
                Collector.Answer answer = collector.ask("POST", target(letter), READ_MILLIS);
                (answer.ok() ? System.out : System.err).print(answer.text());
                ok &= answer.ok();
            }
        } catch (NotRunningException e) {
            System.err.println(
                    "millrace: " + e.getMessage() + "; a replay needs the flushers of a collector that runs");
            return ExitCode.NOT_RUNNING.code();
        }
        return ok ? ExitCode.OK.code() : ExitCode.FAILURE.code();
    }

    private String target(@Nullable String letter) {
        return "/api/v1/dead-letters/replay?" + parameter("pipeline", options.pipeline)
                + parameter("flusher", options.flusher) + parameter("letter", letter);
    }

    private static String parameter(String name, @Nullable String value) {
        return value == null ? "" : name + "=" + URLEncoder.encode(value, StandardCharsets.UTF_8) + "&";
    }
}

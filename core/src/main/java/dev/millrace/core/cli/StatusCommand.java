package dev.millrace.core.cli;

import dev.millrace.core.host.ExitCode;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** Shows how the running host is, once or again and again. */
@Command(
        name = "status",
        description = "Show how the running collector is: pipelines, rates, backlogs, errors.",
        mixinStandardHelpOptions = true)
final class StatusCommand implements Callable<Integer> {
    @Mixin
    private FolderOptions folders = new FolderOptions();

    @Option(names = "--json", description = "Print JSON, as GET /api/v1/status answers it.")
    private boolean json;

    @Option(names = "--watch", description = "Show it again and again, until SIGINT.")
    private boolean watch;

    @Option(
            names = "--interval",
            paramLabel = "SECONDS",
            description = "The time between two looks of --watch, at least 1 (default: ${DEFAULT-VALUE}).",
            defaultValue = "2",
            converter = Seconds.class)
    private Duration interval = Duration.ofSeconds(2);

    /** A whole number of seconds, at least one. */
    static final class Seconds implements ITypeConverter<Duration> {
        private static final Pattern NUMBER = Pattern.compile("[1-9][0-9]{0,8}");

        @Override
        public Duration convert(String text) {
            if (!NUMBER.matcher(text).matches()) {
                throw new TypeConversionException("'" + text + "' (expected: a number of seconds, at least 1)");
            }
            return Duration.ofSeconds(Long.parseLong(text));
        }
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        StatusQuestion question =
                new StatusQuestion(new Collector(folders.folders().data()), json);
        try {
            if (watch) {
                new StatusWatch(question, interval).run();
                return ExitCode.OK.code();
            }
            Collector.Answer answer = question.ask(Terminal.current());
            (answer.ok() ? System.out : System.err).print(answer.text());
            return answer.ok() ? ExitCode.OK.code() : ExitCode.FAILURE.code();
        } catch (NotRunningException e) {
            System.err.println("millrace: " + e.getMessage());
            return ExitCode.NOT_RUNNING.code();
        }
    }
}

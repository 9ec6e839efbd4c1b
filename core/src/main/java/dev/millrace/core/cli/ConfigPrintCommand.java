package dev.millrace.core.cli;

import dev.millrace.core.host.EffectiveConfiguration;
import dev.millrace.core.host.ExitCode;
import dev.millrace.core.logging.Logging;
import java.io.IOException;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.slf4j.event.Level;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Prints the configuration as the host understands it. */
@Command(
        name = "print",
        description = "Print the configuration as the collector understands it: variables and files put in, references"
                + " resolved, each value with where it comes from, secrets redacted. Nothing is started.",
        mixinStandardHelpOptions = true)
final class ConfigPrintCommand implements Callable<Integer> {
    private static final int READ_MILLIS = 30_000;

    @Mixin
    private FolderOptions options = new FolderOptions();

    @Option(names = "--effective", description = "With all defaults, too.")
    private boolean effective;

    @Option(
            names = "--running",
            description = "What the running collector has, with all defaults, not what the files say.")
    private boolean running;

    @Parameters(
            paramLabel = "PIPELINE",
            arity = "0..1",
            description = "Print this pipeline only; of what runs all is printed.")
    private @Nullable String pipeline;

    @Override
    public Integer call() throws IOException {
        Logging.start(Logging.Format.TEXT, Level.WARN);
        return running ? printRunning() : print(EffectiveConfiguration.of(options.folders()));
    }

    private int print(EffectiveConfiguration configuration) {
        String name = pipeline;
        if (name != null && configuration.disabled().contains(name)) {
            System.out.println("enable: false");
            return ExitCode.OK.code();
        }
        if (name == null || !configuration.pipelines().containsKey(name)) {
            configuration.problems().forEach(System.err::println);
        }
        if (name != null && !configuration.pipelines().containsKey(name)) {
            Set<String> others = configuration.pipelines().keySet();
            System.err.println(
                    CommandMessage.PIPELINE_UNKNOWN.line(name, others.isEmpty() ? "none" : String.join(", ", others)));
            return ExitCode.CONFIGURATION.code();
        }
        if (name == null && effective) {
            options.origins().forEach(line -> System.out.println("# " + line));
        }
        System.out.print(configuration.yaml(Optional.ofNullable(name), effective));
        boolean good = name != null || configuration.problems().isEmpty();
        return good ? ExitCode.OK.code() : ExitCode.CONFIGURATION.code();
    }

    private int printRunning() {
        try {
            Collector.Answer answer = new Collector(options.folders().data()).ask("GET", "/api/v1/config", READ_MILLIS);
            (answer.ok() ? System.out : System.err).print(answer.text());
            return answer.ok() ? ExitCode.OK.code() : ExitCode.FAILURE.code();
        } catch (NotRunningException e) {
            System.err.println("millrace: " + e.getMessage());
            return ExitCode.NOT_RUNNING.code();
        }
    }
}

package dev.millrace.core.cli;

import dev.millrace.core.host.EffectiveConfiguration;
import dev.millrace.core.host.ExitCode;
import dev.millrace.core.logging.Logging;
import dev.millrace.core.matching.SeriesText;
import dev.millrace.spi.config.LabelRules.Subject;
import dev.millrace.spi.event.Labels;
import java.io.IOException;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.slf4j.event.Level;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Shows what the rules of a pipeline make of labels. */
@Command(
        name = "explain",
        description =
                "Show, rule by rule, what the relabelling of inputs and the processors of a pipeline make of a target"
                        + " or of a series. Nothing is started.",
        mixinStandardHelpOptions = true)
final class RelabelExplainCommand implements Callable<Integer> {
    @Mixin
    private FolderOptions options = new FolderOptions();

    @Option(names = "--pipeline", paramLabel = "NAME", description = "This pipeline only (default: all).")
    private @Nullable String pipeline;

    @ArgGroup(multiplicity = "1")
    private Given given = new Given();

    /** What has the labels. */
    static final class Given {
        @Option(
                names = "--target",
                paramLabel = "LABELS",
                description = "A target with its labels, such as '{__address__=\"db:9100\"}'.")
        private @Nullable String target;

        @Option(
                names = "--series",
                paramLabel = "LABELS",
                description = "A series, such as 'up{job=\"node\",instance=\"db:9100\"}'.")
        private @Nullable String series;
    }

    @Override
    public Integer call() throws IOException {
        Logging.start(Logging.Format.TEXT, Level.WARN);
        String target = given.target;
        String text = target == null ? String.valueOf(given.series) : target;
        Labels labels;
        try {
            labels = SeriesText.parse(text);
        } catch (IllegalArgumentException e) {
            System.err.println(CommandMessage.LABELS_MALFORMED.line(target == null ? "series" : "target", text));
            return ExitCode.USAGE.code();
        }
        return explain(target == null ? Subject.SERIES : Subject.TARGET, labels);
    }

    private int explain(Subject subject, Labels labels) throws IOException {
        Set<String> names = new TreeSet<>();
        StringBuilder explained = new StringBuilder();
        EffectiveConfiguration.forEach(options.folders(), config -> {
                    names.add(config.name());
                    if (Optional.ofNullable(pipeline).orElse(config.name()).equals(config.name())) {
                        explained.append(EffectiveConfiguration.explanation(config, subject, labels));
                    }
                })
                .forEach(System.err::println);
        if (explained.isEmpty()) {
            String name = pipeline == null ? "*" : pipeline;
            System.err.println(
                    CommandMessage.PIPELINE_UNKNOWN.line(name, names.isEmpty() ? "none" : String.join(", ", names)));
            return ExitCode.CONFIGURATION.code();
        }
        System.out.print(explained);
        return ExitCode.OK.code();
    }
}

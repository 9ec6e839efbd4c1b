package dev.millrace.distribution.init;

import dev.millrace.core.cli.FolderOptions;
import dev.millrace.core.cli.Subcommand;
import dev.millrace.core.config.PipelineReader;
import dev.millrace.core.config.Problem;
import dev.millrace.core.host.ExitCode;
import dev.millrace.core.host.Folders;
import dev.millrace.core.logging.Logging;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.event.Level;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Writes a pipeline: of Prometheus' configuration, or a commented one to begin with. */
@Command(
        name = "init",
        description = "Write a pipeline: of your prometheus.yml, or a commented one to begin with.",
        mixinStandardHelpOptions = true)
public final class InitCommand implements Subcommand {
    @Mixin
    private FolderOptions options = new FolderOptions();

    @Option(
            names = "--from",
            paramLabel = "FILE",
            description = "The prometheus.yml to take over; what cannot be taken over is said line by line.")
    private @Nullable Path from;

    @Option(
            names = "--remote-write",
            paramLabel = "URL",
            description = "Where to write to, in the place of the remote_write sections of FILE.")
    private @Nullable String remoteWrite;

    @Option(
            names = "--name",
            paramLabel = "NAME",
            description = "The name of the pipeline, and so of its file (default: prometheus with --from, else first).")
    private @Nullable String name;

    @Option(names = "--force", description = "Overwrite the pipeline's file. No other file is ever overwritten.")
    private boolean force;

    @Override
    public Integer call() {
        Logging.start(Logging.Format.TEXT, Level.WARN);
        try {
            write();
            return ExitCode.OK.code();
        } catch (InitException e) {
            e.lines().forEach(System.err::println);
            return e.exitCode().code();
        } catch (IOException e) {
            System.err.println("millrace: the configuration cannot be written: " + reason(e));
            return ExitCode.CONFIGURATION.code();
        }
    }

    private void write() throws InitException, IOException {
        String pipeline = Optional.ofNullable(name).orElse(from == null ? "first" : "prometheus");
        if (!PipelineReader.isName(pipeline)) {
            throw InitException.usage("--name: '" + pipeline
                    + "' (expected: letters, digits, '.', '_' and '-', the first a letter or digit)");
        }
        Folders folders = options.folders();
        ConfigurationFolder conf = new ConfigurationFolder(folders.conf());
        Path file = conf.pipeline(pipeline, force);
        Draft draft = Draft.in(folders, pipeline);
        if (from == null) {
            begin(conf, file, draft);
        } else {
            takeOver(from, conf, file, draft);
        }
    }

    private void takeOver(Path source, ConfigurationFolder conf, Path file, Draft draft)
            throws InitException, IOException {
        Conversion conversion = Conversion.of(source, remoteWrite);
        String text = conversion.pipeline(draft);
        conf.writePipeline(file, text);
        conversion.remarks().forEach(System.err::println);
        System.out.println(wrote(file) + ": " + counted(conversion, true) + " taken over" + leftOut(conversion));
        if (!text.contains("ExternalLabels:")) {
            System.out.println(
                    "note: take these jobs out of the Prometheus that is written to, or tell the two apart by external_labels:"
                            + " the second writer of a series is refused as out of order");
        }
        finish(conf);
    }

    private static String reason(IOException e) {
        return e instanceof AccessDeniedException denied
                ? "no permission to write "
                        + Path.of(denied.getFile()).toAbsolutePath().getParent()
                : e.toString();
    }

    private static String leftOut(Conversion conversion) {
        String left = counted(conversion, false);
        return left.isEmpty() ? "" : "; " + left + " left out, and kept in it as a comment";
    }

    private static String counted(Conversion conversion, boolean taken) {
        String jobs = counted(conversion.count(Part.Kind.JOB, taken), "job");
        String destinations = counted(conversion.count(Part.Kind.DESTINATION, taken), "destination");
        return jobs + (jobs.isEmpty() || destinations.isEmpty() ? "" : ", ") + destinations;
    }

    private static String counted(long count, String what) {
        return count == 0 ? "" : count + " " + what + (count == 1 ? "" : "s");
    }

    private void begin(ConfigurationFolder conf, Path file, Draft draft) throws InitException, IOException {
        String endpoint = remoteWrite == null
                ? "'${env:MILLRACE_ENDPOINT:-http://127.0.0.1:9090/api/v1/write}'"
                : YamlLines.text(remoteWrite);
        String text = ConfigurationFolder.resource("first.yaml").replace("@ENDPOINT@", endpoint);
        List<Problem> problems = draft.problems(text);
        if (!problems.isEmpty()) {
            throw InitException.usage("--remote-write: " + problems.get(0).message());
        }
        conf.writePipeline(file, text);
        System.out.println(wrote(file));
        finish(conf);
    }

    private static String wrote(Path pipeline) {
        return "wrote " + pipeline + ", which only its owner can read";
    }

    private void finish(ConfigurationFolder conf) throws IOException {
        System.out.println(conf.writeHost() ? "wrote " + conf.host() : conf.host() + " stays as it is");
        System.out.println("next: bin/millrace run" + options.given()
                + " (where it runs already, it takes the pipeline within three seconds)");
    }
}

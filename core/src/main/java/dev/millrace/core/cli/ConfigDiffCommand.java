package dev.millrace.core.cli;

import dev.millrace.core.admin.Operations.Report;
import dev.millrace.core.host.EffectiveConfiguration;
import dev.millrace.core.host.ExitCode;
import dev.millrace.core.host.Folders;
import dev.millrace.core.logging.Logging;
import dev.millrace.core.message.Wording;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.slf4j.event.Level;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Says in what the configuration of two folders differs, or that of a folder and what runs. */
@Command(
        name = "diff",
        description =
                "Say in what the files differ from what the running collector has, and what a reload would do about"
                        + " it: those of the collector, another folder, or some files alone; or in what two folders"
                        + " differ. Comments, layout, the order of keys and the form of a value are"
                        + " no difference; a secret that changed is not shown.",
        mixinStandardHelpOptions = true,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:There is no difference",
            "1:There are differences",
            "2:They cannot be compared: the command line or a file is wrong, or no host runs with this data folder"
        })
final class ConfigDiffCommand implements Callable<Integer> {
    private static final int READ_MILLIS = 120_000;

    @Mixin
    private FolderOptions options = new FolderOptions();

    @Parameters(
            paramLabel = "FOLDER|FILE",
            arity = "0..*",
            description = "A configuration folder, or files of pipelines and millrace.yaml (default: what the running"
                    + " collector reads).")
    private List<Path> files = List.of();

    @ArgGroup(exclusive = false)
    private @Nullable Between between;

    /** The folders that are compared. */
    static final class Between {
        @Option(
                names = "--from",
                paramLabel = "DIR",
                required = true,
                description = "Compare with this configuration folder, not with what runs.")
        private Path from = Path.of("");

        @Option(names = "--to", paramLabel = "DIR", description = "The other folder (default: that of --conf).")
        private @Nullable Path to;
    }

    @Override
    public Integer call() {
        Logging.start(Logging.Format.TEXT, Level.WARN);
        Optional<Wording> wrong = wrong();
        if (wrong.isPresent()) {
            System.err.println("millrace: " + wrong.get());
            return ExitCode.USAGE.code();
        }
        try {
            return report(between == null ? running() : folders(options.folders(), between));
        } catch (NotRunningException e) {
            System.err.println("millrace: " + e.getMessage());
        } catch (IOException e) {
            System.err.println("millrace: " + FileTrouble.line(e));
        }
        return ExitCode.USAGE.code();
    }

    private Optional<Wording> wrong() {
        if (!files.isEmpty() && between != null) {
            return Optional.of(CommandMessage.FILES_AND_FOLDERS.with());
        }
        for (Path file : files) {
            if (!Files.exists(file)) {
                return Optional.of(CommandMessage.FILE_MISSING.with(file));
            }
            if (files.size() > 1 && Files.isDirectory(file)) {
                return Optional.of(CommandMessage.FOLDER_AMONG_FILES.with(file));
            }
        }
        return Optional.empty();
    }

    private Report running() throws NotRunningException, IOException {
        Collector collector = new Collector(options.folders().data());
        if (files.isEmpty()) {
            return ask(collector, "");
        }
        Path list = collector.leave(files);
        try {
            return ask(collector, "?files=" + list.getFileName());
        } finally {
            Files.deleteIfExists(list);
        }
    }

    private static Report ask(Collector collector, String query) throws NotRunningException {
        Collector.Answer answer = collector.ask("GET", "/api/v1/config/diff" + query, READ_MILLIS);
        return new Report(answer.ok(), answer.text());
    }

    private static Report folders(Folders here, Between between) throws IOException {
        Path to = between.to == null ? here.conf() : between.to;
        return EffectiveConfiguration.differences(
                new Folders(between.from, here.data(), here.plugins()), new Folders(to, here.data(), here.plugins()));
    }

    private static int report(Report report) {
        if (!report.ok()) {
            System.err.print(report.text());
            return ExitCode.USAGE.code();
        }
        System.out.print(report.text().isEmpty() ? "no difference\n" : report.text());
        return report.text().isEmpty() ? ExitCode.OK.code() : ExitCode.FAILURE.code();
    }
}

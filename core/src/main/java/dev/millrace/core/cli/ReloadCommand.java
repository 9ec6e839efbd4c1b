package dev.millrace.core.cli;

import dev.millrace.core.host.ExitCode;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Asks the running host to take the configuration as it is now, and says what came of it. */
@Command(
        name = "reload",
        description = "Make the running collector take its configuration as it is now.",
        mixinStandardHelpOptions = true)
final class ReloadCommand implements Callable<Integer> {
    private static final int READ_MILLIS = 120_000;

    @Mixin
    private FolderOptions folders = new FolderOptions();

    @Option(names = "--dry-run", description = "Say what would change, and change nothing.")
    private boolean dryRun;

    @Override
    public Integer call() {
        try {
            Collector collector = new Collector(folders.folders().data());
            Collector.Answer answer = collector.ask("POST", "/-/reload" + (dryRun ? "?dry-run=true" : ""), READ_MILLIS);
            (answer.ok() ? System.out : System.err).print(answer.text());
            return answer.ok() ? ExitCode.OK.code() : ExitCode.CONFIGURATION.code();
        } catch (NotRunningException e) {
            System.err.println("millrace: " + e.getMessage());
            return ExitCode.NOT_RUNNING.code();
        }
    }
}

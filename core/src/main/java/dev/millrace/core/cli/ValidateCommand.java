package dev.millrace.core.cli;

import dev.millrace.core.host.ExitCode;
import dev.millrace.core.host.Validation;
import dev.millrace.core.logging.Logging;
import java.io.IOException;
import java.util.concurrent.Callable;
import org.slf4j.event.Level;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Checks the configuration and starts nothing. */
@Command(
        name = "validate",
        description = "Check plugins and configuration, report every problem, and start nothing.",
        mixinStandardHelpOptions = true)
final class ValidateCommand implements Callable<Integer> {
    @Mixin
    private FolderOptions folders = new FolderOptions();

    @Override
    public Integer call() throws IOException {
        Logging.start(Logging.Format.TEXT, Level.WARN);
        Validation validation = Validation.of(folders.folders());
        validation.notices().forEach(notice -> System.err.println("note: " + notice));
        validation.problems().forEach(System.err::println);
        if (!validation.problems().isEmpty()) {
            return ExitCode.CONFIGURATION.code();
        }
        System.out.println("valid: " + validation.summary());
        return ExitCode.OK.code();
    }
}

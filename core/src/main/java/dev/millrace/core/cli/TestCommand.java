package dev.millrace.core.cli;

import dev.millrace.core.host.PipelineTests;
import dev.millrace.core.logging.Logging;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.slf4j.event.Level;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Runs tests of pipelines. */
@Command(
        name = "test",
        description =
                "Run tests of pipelines: what the processors and the aggregator of a pipeline make of samples, and which"
                        + " flusher is given what. Nothing is sent, and no data folder is used.",
        mixinStandardHelpOptions = true,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:All tests passed", "1:A test failed", "2:A file is wrong"})
final class TestCommand implements Callable<Integer> {
    @Mixin
    private FolderOptions options = new FolderOptions();

    @Parameters(arity = "1..*", paramLabel = "FILE", description = "Files of tests.")
    private List<Path> files = new ArrayList<>();

    @Override
    public Integer call() throws IOException {
        Logging.start(Logging.Format.TEXT, Level.WARN);
        return new PipelineTests(System.out::println, line -> System.err.println("millrace: " + line))
                .run(options.folders(), files)
                .code();
    }
}

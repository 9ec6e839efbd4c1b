package dev.millrace.distribution.demo;

import dev.millrace.core.cli.Subcommand;
import dev.millrace.core.host.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Shows what becomes of samples when the receiver is away and the collector is killed. */
@Command(
        name = "demo",
        description =
                "Show in half a minute, on this machine and with nothing else, that samples survive an outage of the"
                        + " receiver and a kill -9 of the collector, counted by both ends.",
        mixinStandardHelpOptions = true,
        subcommands = ReceiverCommand.class,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:Everything arrived, in order",
            "1:Something was lost or out of order, or the demo could not run to its end"
        })
public final class DemoCommand implements Subcommand {
    @Option(names = "--keep", description = "Keep the temporary folder: configuration, journal, logs, requests.")
    private boolean keep;

    @Option(names = "--swallow-request", paramLabel = "N", hidden = true)
    private int swallow;

    @Override
    public Integer call() throws IOException, InterruptedException {
        Path launcher = Path.of(System.getProperty("millrace.home", ".")).resolve("bin/millrace");
        if (!Files.isExecutable(launcher)) {
            System.err.println("millrace demo: " + launcher.toAbsolutePath()
                    + " is no launcher; start the demo as bin/millrace demo of an unpacked distribution");
            return ExitCode.FAILURE.code();
        }
        try (Stage stage = Stage.open(launcher, new Screen(Terminal.output(), Terminal.isInteractive()), keep)) {
            return new Demonstration(stage, swallow).run() ? ExitCode.OK.code() : ExitCode.FAILURE.code();
        } catch (DemoException e) {
            System.err.println("millrace demo: " + e.getMessage());
            return ExitCode.FAILURE.code();
        }
    }
}

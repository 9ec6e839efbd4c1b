package dev.millrace.core.cli;

import dev.millrace.core.host.Host;
import dev.millrace.core.host.StartException;
import dev.millrace.core.logging.Logging;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Runs the collector until SIGTERM or SIGINT; SIGHUP reloads the configuration. */
@Command(
        name = "run",
        description = "Run the collector until SIGTERM or SIGINT. SIGHUP reloads the configuration.",
        mixinStandardHelpOptions = true)
final class RunCommand implements Callable<Integer> {
    @Mixin
    private FolderOptions folders = new FolderOptions();

    @Option(names = "--log-format", description = "How log lines are written: text or json (default: text).")
    private Logging.Format logFormat = Logging.Format.TEXT;

    @Option(names = "--log-level", description = "The least level that is logged (default: info).")
    private Level logLevel = Level.INFO;

    @Override
    public Integer call() throws InterruptedException {
        Logging.start(logFormat, logLevel);
        Logger log = LoggerFactory.getLogger("dev.millrace.host");
        CountDownLatch stop = new CountDownLatch(1);
        Signals.on("TERM", () -> stop.countDown());
        Signals.on("INT", () -> stop.countDown());
        try (Host host = Host.start(folders.folders())) {
            Signals.on("HUP", () -> host.requestReload("SIGHUP"));
            stop.await();
        } catch (StartException e) {
            log.error("{}", e.getMessage());
            return e.exitCode().code();
        }
        return 0;
    }
}

package dev.millrace.core.cli;

import dev.millrace.core.host.ExitCode;
import dev.millrace.core.host.Host;
import dev.millrace.core.host.StartException;
import dev.millrace.core.logging.Logging;
import dev.millrace.core.sharing.ClassArchive;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
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
    private static final Duration STOP_LIMIT = Duration.ofSeconds(90);

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
        AtomicReference<@Nullable Host> running = new AtomicReference<>();
        Signals.on("HUP", () -> reload(running.get()));
        Signals.on("TERM", () -> stop("SIGTERM", stop, log));
        Signals.on("INT", () -> stop("SIGINT", stop, log));
        try (ClassArchive archive = ClassArchive.ofLauncher();
                Host host = Host.start(folders.folders())) {
            running.set(host);
            if (archive != null) {
                archive.keep();
            }
            log.info("`bin/millrace status` shows what runs; docs/operations.md says what to do when");
            stop.await();
        } catch (StartException e) {
            log.error("{}", e.getMessage());
            return e.exitCode().code();
        }
        return ExitCode.OK.code();
    }

    /* A signal that comes before the host has started needs no reload: the files are read at the start. */
    private static void reload(@Nullable Host host) {
        if (host != null) {
            host.requestReload("SIGHUP");
        }
    }

    /* The journal is whole at every moment, so that a stop that does not end may be cut off. */
    private static synchronized void stop(String signal, CountDownLatch stop, Logger log) {
        if (stop.getCount() == 0) {
            log.info("{}: the collector is stopping already", signal);
            return;
        }
        log.info("{}: stopping", signal);
        Thread limit = new Thread(
                () -> {
                    long end = System.nanoTime() + STOP_LIMIT.toNanos();
                    while (System.nanoTime() - end < 0) {
                        LockSupport.parkNanos(end - System.nanoTime());
                    }
                    log.error("the stop did not end within {} s and is cut off", STOP_LIMIT.toSeconds());
                    Runtime.getRuntime().halt(ExitCode.FAILURE.code());
                },
                "stop limit");
        limit.setDaemon(true);
        limit.start();
        stop.countDown();
    }
}

package dev.millrace.core.cli;

import dev.millrace.core.host.ExitCode;
import dev.millrace.core.host.Folders;
import dev.millrace.core.host.PluginChange;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Makes a change of the installed plugins, has the running collector take it, and takes it back where that fails. */
final class PluginExchange {
    private static final int READ_MILLIS = 120_000;

    private final Folders folders;
    private final String done;

    /**
     * An exchange.
     *
     * @param done what is said when it is made, such as {@code installed flusher_x 0.1.0}
     */
    PluginExchange(Folders folders, String done) {
        this.folders = folders;
        this.done = done;
    }

    /** Makes the change, and returns the exit code. */
    int make(@Nullable Path old, @Nullable Path added) throws IOException {
        try (PluginChange change = new PluginChange(folders, old, added)) {
            List<String> problems = change.problems();
            if (!problems.isEmpty()) {
                System.err.println("millrace: nothing was changed, because then:");
                problems.forEach(problem -> System.err.println("  " + problem));
                return ExitCode.CONFIGURATION.code();
            }
            change.apply();
            Path target = change.target();
            return taken(change, done + (target == null ? "" : " (" + target + ")"));
        }
    }

    private int taken(PluginChange change, String text) throws IOException {
        Collector collector = new Collector(folders.data());
        try {
            Collector.Answer answer = collector.ask("POST", "/-/reload", READ_MILLIS);
            if (answer.ok()) {
                System.out.println(text);
                System.out.print(answer.text());
                return ExitCode.OK.code();
            }
            System.err.print(answer.text());
            change.undo();
            collector.ask("POST", "/-/reload", READ_MILLIS);
            System.err.println("millrace: the running collector could not take it; the plugins are as before");
            return ExitCode.CONFIGURATION.code();
        } catch (NotRunningException e) {
            System.out.println(text + "; no collector runs, so it counts from the next start");
            return ExitCode.OK.code();
        }
    }
}

package dev.millrace.core.cli;

import dev.millrace.core.host.ExitCode;
import dev.millrace.core.host.Folders;
import dev.millrace.core.host.PluginChange;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
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
            Optional<Set<String>> before = reload().map(Reload::troubles);
            change.apply();
            Path target = change.target();
            String text = done + (target == null ? "" : " (" + target + ")");
            if (before.isEmpty()) {
                change.done();
                System.out.println(text + "; no collector runs, so it counts from the next start");
                return ExitCode.OK.code();
            }
            return taken(change, text, before.get());
        }
    }

    private int taken(PluginChange change, String text, Set<String> before) throws IOException {
        Optional<Reload> after = reload();
        if (after.isEmpty()) {
            change.done();
            System.err.println(
                    "millrace: " + text + ", but the collector did not say what came of it; see millrace status");
            return ExitCode.FAILURE.code();
        }
        if (before.containsAll(after.get().troubles())) {
            change.done();
            System.out.println(text);
            System.out.print(after.get().text());
            return ExitCode.OK.code();
        }
        System.err.print(after.get().text());
        change.undo();
        System.err.println(
                reload().isPresent()
                        ? "millrace: the running collector could not take it; the plugins are as before"
                        : "millrace: the running collector could not take it; the jars are as before, and a reload is due");
        return ExitCode.CONFIGURATION.code();
    }

    /** What the running collector said to a reload. */
    private record Reload(String text) {
        private static final Pattern FINE =
                Pattern.compile("pipeline \\S+: (unchanged|changed|started|stopped: .*|not run: enable: false)");

        /** What is wrong: with one pipeline it may have been so before. */
        Set<String> troubles() {
            return text.lines().filter(line -> !FINE.matcher(line).matches()).collect(Collectors.toSet());
        }
    }

    /* Empty where no collector runs, or it does not answer. */
    private Optional<Reload> reload() {
        try {
            return Optional.of(new Reload(new Collector(folders.data())
                    .ask("POST", "/-/reload", READ_MILLIS)
                    .text()));
        } catch (NotRunningException e) {
            return Optional.empty();
        }
    }
}

package dev.millrace.distribution.demo;

import dev.millrace.core.config.FileProblem;
import dev.millrace.core.files.FileTree;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What the demo acts with: its temporary folder, the launcher, and the processes that are to run at the moment. It is cleared
 * away at the end, and when a signal ends the JVM.
 */
final class Stage implements AutoCloseable {
    /** The time in which a signal that went to all processes of a terminal reaches this one too. */
    private static final long SIGNAL_MILLIS = 200;

    private final Path launcher;
    private final Path folder;
    private final Screen screen;
    private final Object lock = new Object();
    private final List<Child> children = new ArrayList<>();
    private final Set<Child> running = new HashSet<>();
    private int started;
    private boolean keep;
    private boolean closed;

    private Stage(Path launcher, Path folder, Screen screen, boolean keep) {
        this.launcher = launcher;
        this.folder = folder;
        this.screen = screen;
        this.keep = keep;
    }

    static Stage open(Path launcher, Screen screen, boolean keep) throws DemoException {
        Stage stage = new Stage(launcher, temporaryFolder(), screen, keep);
        Runtime.getRuntime().addShutdownHook(new Thread(stage::close, "clear the stage"));
        return stage;
    }

    Path folder() {
        return folder;
    }

    Screen screen() {
        return screen;
    }

    /** Whether the folder stays. */
    boolean isKept() {
        synchronized (lock) {
            return keep;
        }
    }

    /** Lets the folder stay. */
    void keep() {
        synchronized (lock) {
            keep = true;
        }
    }

    /** Starts {@code bin/millrace} with arguments. From now on it is to run. */
    Child start(String name, List<String> arguments) throws DemoException, IOException {
        List<String> command = new ArrayList<>(List.of(launcher.toString()));
        command.addAll(arguments);
        // The archive of classes is made by a process of its own, which is not worth it for some seconds.
        Map<String, String> environment = Map.of("MILLRACE_CLASS_SHARING", "off");
        synchronized (lock) {
            if (closed) {
                throw new DemoException("stopped");
            }
            Path log = folder.resolve(++started + "-" + name + ".log");
            Child child = Child.start(name, log, environment, command);
            children.add(child);
            running.add(child);
            return child;
        }
    }

    /** Ends one in good order. */
    void stop(Child child) throws DemoException, InterruptedException {
        expectEnd(child);
        child.terminate();
    }

    /** Ends one with {@code kill -9}. */
    void kill(Child child) throws InterruptedException {
        expectEnd(child);
        child.kill();
    }

    /** Fails if a process that is to run does not. */
    void check() throws DemoException, InterruptedException {
        Child ended = ended();
        if (ended == null) {
            return;
        }
        Thread.sleep(SIGNAL_MILLIS);
        synchronized (lock) {
            throw closed ? new DemoException("stopped") : ended.failed("has ended, with exit code " + ended.exitCode());
        }
    }

    /** What to tell the user when it does not go on: the reason and what the processes that run wrote last. */
    DemoException failed(String reason) {
        synchronized (lock) {
            return new DemoException(reason
                    + System.lineSeparator()
                    + running.stream().map(Child::lastLines).collect(Collectors.joining(System.lineSeparator())));
        }
    }

    /** Ends all processes and removes the folder, unless it is kept. */
    @Override
    public void close() {
        synchronized (lock) {
            if (closed) {
                return;
            }
            closed = true;
            screen.close();
            try {
                for (Child child : children) {
                    child.kill();
                }
                if (!keep) {
                    FileTree.delete(folder);
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /* Where the launcher makes its own: the JVM does not look at TMPDIR. */
    private static Path temporaryFolder() throws DemoException {
        String environment = System.getenv("TMPDIR");
        Path parent = Path.of(
                environment == null || environment.isEmpty() ? System.getProperty("java.io.tmpdir") : environment);
        String problem = "no temporary folder can be made in " + parent + ": ";
        String remedy = "; set TMPDIR to a folder that can be written";
        if (!Files.isDirectory(parent)) {
            throw new DemoException(problem + (Files.exists(parent) ? "not a folder" : "no such folder") + remedy);
        }
        try {
            return Files.createTempDirectory(parent, "millrace-demo-");
        } catch (IOException e) {
            throw new DemoException(problem + FileProblem.reason(e) + remedy, e);
        }
    }

    private void expectEnd(Child child) {
        synchronized (lock) {
            running.remove(child);
        }
    }

    private @Nullable Child ended() {
        synchronized (lock) {
            return running.stream().filter(child -> !child.alive()).findFirst().orElse(null);
        }
    }
}

package dev.millrace.distribution.run;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/** A process that a test started: its lines are kept, and it is ended with the test. Thread-safe. */
public final class ChildProcess implements AutoCloseable {
    private final String name;
    private final Process process;
    private final List<String> lines = new ArrayList<>();
    private final Thread reader;

    private ChildProcess(String name, Process process) {
        this.name = name;
        this.process = process;
        this.reader = new Thread(this::read, name + " lines");
        reader.setDaemon(true);
        reader.start();
    }

    /** Starts a command; standard output and error are kept together. */
    public static ChildProcess start(String name, Path folder, Map<String, String> environment, List<String> command) {
        try {
            ProcessBuilder builder = new ProcessBuilder(command)
                    .directory(folder.toFile())
                    .redirectErrorStream(true)
                    .redirectInput(ProcessBuilder.Redirect.from(new java.io.File("/dev/null")));
            builder.environment().putAll(environment);
            return new ChildProcess(name, builder.start());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The process ID. */
    public long pid() {
        return process.pid();
    }

    /** Whether it still runs. */
    public boolean alive() {
        return process.isAlive();
    }

    /** All lines so far. */
    public List<String> lines() {
        synchronized (lines) {
            return List.copyOf(lines);
        }
    }

    /** Waits for a line. */
    public String awaitLine(String what, Duration deadline, Predicate<String> wanted) {
        Await.until(
                name + " writes " + what,
                deadline,
                () -> lines().stream().anyMatch(wanted),
                () -> String.join("\n", lines()));
        return lines().stream().filter(wanted).findFirst().orElseThrow();
    }

    /** Asks it to end, as a service manager does, and returns its exit code. */
    public int terminate(Duration deadline) {
        process.toHandle().destroy(); // Process.destroy would close the stream of its last lines
        return awaitExit(deadline);
    }

    /** Ends it as {@code kill -9} does. */
    public void kill() {
        process.destroyForcibly();
        awaitExit(Duration.ofSeconds(10));
    }

    /** Waits for its end and returns its exit code. */
    public int awaitExit(Duration deadline) {
        try {
            if (!process.waitFor(deadline.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new AssertionError(name + " did not end within " + deadline + "\n" + String.join("\n", lines()));
            }
            reader.join(TimeUnit.SECONDS.toMillis(5));
            return process.exitValue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    @Override
    public void close() {
        if (process.isAlive()) {
            process.destroyForcibly();
            awaitExit(Duration.ofSeconds(10));
        }
    }

    private void read() {
        try (BufferedReader input = process.inputReader(StandardCharsets.UTF_8)) {
            for (String line = input.readLine(); line != null; line = input.readLine()) {
                synchronized (lines) {
                    lines.add(line);
                }
            }
        } catch (IOException e) {
            synchronized (lines) {
                lines.add("(the stream ended: " + e.getMessage() + ")");
            }
        }
    }
}

package dev.millrace.distribution.demo;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * A process of the demo, whose output is in a file.
 *
 * <p>It does not outlive the demo, whatever ends that: beside it waits a small shell for the end of its standard input, which
 * comes when this JVM ends, and then kills it.
 */
final class Child {
    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final int LAST_LINES = 12;

    private final String name;
    private final Path log;
    private final Process process;
    private final Process leash;

    private Child(String name, Path log, Process process, Process leash) {
        this.name = name;
        this.log = log;
        this.process = process;
        this.leash = leash;
    }

    static Child start(String name, Path log, Map<String, String> environment, List<String> command)
            throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectInput(Path.of("/dev/null").toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        builder.environment().remove("MILLRACE_PLUGINS");
        builder.environment().putAll(environment);
        Process process = builder.start();
        try {
            Process leash = new ProcessBuilder(
                            "/bin/sh", "-c", "read -r end || kill -9 \"$1\"", "leash", Long.toString(process.pid()))
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            return new Child(name, log, process, leash);
        } catch (IOException e) {
            process.destroyForcibly();
            throw e;
        }
    }

    long pid() {
        return process.pid();
    }

    boolean alive() {
        return process.isAlive();
    }

    /** Asks it to end, as a service manager does. */
    void terminate() throws DemoException, InterruptedException {
        process.toHandle().destroy();
        if (!process.waitFor(LIMIT.toMillis(), TimeUnit.MILLISECONDS)) {
            throw failed("did not stop within " + LIMIT.toSeconds() + " s");
        }
        release();
    }

    /** Ends it with {@code kill -9}, if it runs, and waits for its end. */
    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
        release();
    }

    /** The exit code of a process that has ended. */
    int exitCode() {
        return process.exitValue();
    }

    /** Whether it has written a line that begins so. */
    boolean hasWritten(String start) throws IOException {
        return lines().stream().anyMatch(line -> line.startsWith(start));
    }

    /** What to tell the user when it failed: the reason and its last lines. */
    DemoException failed(String reason) {
        return new DemoException("the " + name + " " + reason + System.lineSeparator() + lastLines());
    }

    /** What it wrote last, for the user. */
    String lastLines() {
        List<String> text = new ArrayList<>(List.of("The " + name + " (pid " + pid() + ") wrote last:"));
        try {
            List<String> lines = lines();
            lines.stream().skip(Math.max(0, lines.size() - LAST_LINES)).forEach(line -> text.add("  " + line));
        } catch (IOException e) {
            text.add("  (it can not be read: " + e + ")");
        }
        return String.join(System.lineSeparator(), text);
    }

    private List<String> lines() throws IOException {
        return new String(Files.readAllBytes(log), StandardCharsets.UTF_8)
                .lines()
                .toList();
    }

    private void release() {
        try (OutputStream input = leash.getOutputStream()) {
            input.write('\n');
        } catch (IOException e) {
            leash.destroyForcibly(); // it ended before: a signal to all processes of the terminal reached it too
        }
    }
}

package dev.millrace.plugin.metric.host;

import java.io.File;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A run of the program {@code stat}, which asks for the room in some file systems, one after the other. The JDK knows no inodes,
 * and where a server does not answer, whoever asks hangs, and cannot be interrupted: so another process asks. Nothing here waits
 * for it. Not thread-safe.
 */
final class StatRun {
    /** How many file systems one run asks for: what it says of them fits into a pipe, so that it ends without being read. */
    static final int MOST = 100;

    private static final File NOTHING = new File("/dev/null");
    /** The program with its arguments, before the paths. */
    static final List<String> COMMAND = List.of("stat", "-f", "-c", "%S %b %f %a %c %d %n", "--");

    private final List<FileSystem> asked;
    private final Process process;

    private StatRun(List<FileSystem> asked, Process process) {
        this.asked = asked;
        this.process = process;
    }

    /**
     * Begins to ask.
     *
     * @param program prints a line for each path that comes after it: {@link #COMMAND}
     * @throws IOException if the program cannot be started; the message says what to do
     */
    static StatRun start(List<String> program, List<FileSystem> asked) throws IOException {
        List<String> command = new ArrayList<>(program);
        for (FileSystem one : asked) {
            one.ask();
            command.add(one.mount().path());
        }
        try {
            Process process = started(
                    new ProcessBuilder(command).redirectInput(NOTHING).redirectError(ProcessBuilder.Redirect.DISCARD));
            return new StatRun(List.copyOf(asked), process);
        } catch (IOException e) {
            throw new IOException(
                    e.getMessage()
                            + " (expected: the program stat, of coreutils or busybox, in the PATH; or Collectors without filesystem)",
                    e);
        }
    }

    /* The thread with which the JDK waits for all processes inherits the class loader, and would keep the plugin's. */
    private static Process started(ProcessBuilder program) throws IOException {
        Thread thread = Thread.currentThread();
        ClassLoader loader = thread.getContextClassLoader();
        thread.setContextClassLoader(ClassLoader.getPlatformClassLoader());
        try {
            return program.start();
        } finally {
            thread.setContextClassLoader(loader);
        }
    }

    /** Whether the process has not ended. */
    boolean isAlive() {
        return process.isAlive();
    }

    /** Takes what was said so far. */
    void takeAnswers(ProcText text, double[] numbers) throws IOException {
        text.readAvailable(process.getInputStream(), "stat -f");
        int next = 0;
        while (text.nextLine()) {
            FileSystem.numbers(text, numbers);
            while (next < asked.size() && !asked.get(next).take(text, numbers)) {
                next++; // there is a line for each that could be asked
            }
        }
    }

    /** The file system that the run waits for: the first without an answer. */
    Optional<FileSystem> waitsFor() {
        return asked.stream().filter(one -> !one.isAnswered()).findFirst();
    }

    /** Ends the process, as soon as the kernel lets it. */
    void kill() {
        process.destroyForcibly();
    }
}

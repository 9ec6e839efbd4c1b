package dev.millrace.distribution.comparison.load;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * A part of a large load in a process of its own. It is told and answers line by line, over its standard input and output:
 *
 * <pre>
 * at the start      the addresses of its targets, with spaces between them
 * scrapes FIRST     how the first so many were scraped
 * hold, resume      an empty line, when it does
 * end of input      nothing: it ends
 * </pre>
 *
 * <p>Thread-safe.
 */
final class TargetProcess implements AutoCloseable {
    private final Object lock = new Object();
    private final Process process;
    private final BufferedReader output;
    private final List<String> addresses;

    /** Starts the targets of a load behind {@code first} others. */
    TargetProcess(Load load, int first) throws IOException {
        process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:+UseSerialGC",
                        "-Xmx256m",
                        "-XX:MaxDirectMemorySize=1g",
                        "-cp",
                        System.getProperty("java.class.path"),
                        TargetProcess.class.getName(),
                        Integer.toString(load.targets()),
                        Integer.toString(load.series()),
                        Long.toString(load.interval().toMillis()),
                        Long.toString(load.seed()),
                        Integer.toString(first))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        output = process.inputReader(StandardCharsets.UTF_8);
        addresses = List.of(line().split(" "));
    }

    /** Takes the numbers of a load, and how many targets stand before its own. */
    public static void main(String[] arguments) throws IOException {
        Load load = new Load(
                Integer.parseInt(arguments[0]),
                Integer.parseInt(arguments[1]),
                Duration.ofMillis(Long.parseLong(arguments[2])),
                Long.parseLong(arguments[3]));
        BufferedReader input = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        try (TargetFleet fleet = TargetFleet.start(load, Integer.parseInt(arguments[4]))) {
            System.out.println(String.join(" ", fleet.addresses()));
            for (String line = input.readLine(); line != null; line = input.readLine()) {
                System.out.println(answer(fleet, line));
            }
        }
    }

    private static String answer(TargetFleet fleet, String line) {
        String[] words = line.split(" ");
        switch (words[0]) {
            case "hold" -> fleet.hold();
            case "resume" -> fleet.resume();
            default -> {
                return fleet.scrapes(Integer.parseInt(words[1])).line();
            }
        }
        return "";
    }

    List<String> addresses() {
        return addresses;
    }

    double cpuSeconds() throws IOException {
        return ProcessFigures.of(process.pid()).cpuSeconds();
    }

    Scrapes scrapes(int first) {
        return Scrapes.parse(ask("scrapes " + first));
    }

    void hold() {
        ask("hold");
    }

    void resume() {
        ask("resume");
    }

    @Override
    public void close() {
        process.destroyForcibly().onExit().join();
    }

    private String ask(String question) {
        synchronized (lock) {
            try {
                process.outputWriter(StandardCharsets.UTF_8).write(question + "\n");
                process.outputWriter(StandardCharsets.UTF_8).flush();
                return line();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private String line() throws IOException {
        String line = output.readLine();
        if (line == null) {
            throw new IOException("a process of targets ended by itself, exit code "
                    + process.onExit().join().exitValue());
        }
        return line;
    }
}

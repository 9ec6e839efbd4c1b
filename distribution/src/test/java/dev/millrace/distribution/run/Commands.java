package dev.millrace.distribution.run;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Commands that run to their end. */
public final class Commands {
    private static final Duration DEADLINE = Duration.ofSeconds(60);

    private Commands() {}

    /** What a command left: its exit code and the lines of standard output and error, apart. */
    public record Result(int exitCode, List<String> output, List<String> errors) {}

    /** Runs {@code bin/millrace} of the unpacked tarball with arguments. */
    public static Result millrace(String... arguments) {
        return millrace(Millrace.HOME, Map.of(), arguments);
    }

    /** Runs {@code bin/millrace} below {@code home} with arguments and variables; an empty variable is removed. */
    public static Result millrace(Path home, Map<String, String> environment, String... arguments) {
        List<String> command =
                new ArrayList<>(List.of(home.resolve("bin/millrace").toString()));
        command.addAll(List.of(arguments));
        return run(environment, command);
    }

    /** Runs a command with variables; an empty variable is removed. */
    public static Result run(Map<String, String> environment, List<String> command) {
        Path output = null;
        Path errors = null;
        try {
            output = Files.createTempFile("output", ".txt");
            errors = Files.createTempFile("errors", ".txt");
            ProcessBuilder builder = new ProcessBuilder(command)
                    .redirectInput(Path.of("/dev/null").toFile())
                    .redirectOutput(output.toFile())
                    .redirectError(errors.toFile());
            environment.forEach((name, value) -> {
                builder.environment().remove(name);
                if (!value.isEmpty()) {
                    builder.environment().put(name, value);
                }
            });
            Process process = builder.start();
            if (!process.waitFor(DEADLINE.toSeconds(), TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
                throw new AssertionError(command + " did not end within " + DEADLINE + "\n" + Files.readString(errors));
            }
            return new Result(process.exitValue(), lines(output), lines(errors));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        } finally {
            delete(output);
            delete(errors);
        }
    }

    private static List<String> lines(Path file) throws IOException {
        return Files.readAllLines(file, StandardCharsets.UTF_8);
    }

    private static void delete(Path file) {
        try {
            if (file != null) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

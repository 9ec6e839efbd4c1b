package dev.millrace.distribution.comparison;

import dev.millrace.distribution.comparison.load.CountingReceiver.Versions;
import dev.millrace.distribution.numbered.Ports;
import dev.millrace.distribution.run.ChildProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * A program of others that reads a configuration of Prometheus, or one with such a part.
 *
 * @param name its name
 * @param binary where it is, if it is there
 * @param remedy what is to do where it is not
 * @param version what it is, with its version; asked for only where it is there
 * @param options its options, in which CONFIG, FOLDER, ADDRESS and ENDPOINT stand for files and addresses
 * @param configuration makes the text of its configuration
 * @param versions what the receiver that it writes to takes
 * @param takesOtlp whether OTLP may be pushed to it
 */
record PeerProgram(
        String name,
        Optional<Path> binary,
        String remedy,
        VersionOf version,
        List<String> options,
        Function<Task, String> configuration,
        Versions versions,
        boolean takesOtlp)
        implements Program {
    private static final String CONFIGURATION = "peer.yml";

    /** Finds out which version a program is. */
    @FunctionalInterface
    interface VersionOf {
        String get() throws IOException;
    }

    @Override
    public Optional<String> missing() {
        return binary.isPresent() ? Optional.empty() : Optional.of(remedy);
    }

    @Override
    public String describe() throws IOException {
        return version.get();
    }

    @Override
    public void configure(Path folder, Task task) throws IOException {
        Files.writeString(folder.resolve(CONFIGURATION), configuration.apply(task));
    }

    @Override
    public ChildProcess start(Path folder, Task task) {
        String address = "127.0.0.1:" + Ports.free();
        List<String> command = new ArrayList<>();
        command.add(binary.orElseThrow().toString());
        for (String option : options) {
            command.add(option.replace("CONFIG", folder.resolve(CONFIGURATION).toString())
                    .replace("FOLDER", folder.toString())
                    .replace("ADDRESS", address)
                    .replace("ENDPOINT", task.endpoint()));
        }
        return ChildProcess.start(name, folder, Map.of(), command);
    }

    @Override
    public String command() {
        return binary.orElseThrow().getFileName() + " " + String.join(" ", options);
    }
}

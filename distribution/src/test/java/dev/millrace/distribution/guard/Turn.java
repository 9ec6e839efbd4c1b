package dev.millrace.distribution.guard;

import dev.millrace.distribution.run.ChildProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** All steps of two builds measured in a JVM of its own, because no JVM compiles as the one before did. */
final class Turn {
    private static final Duration LONGEST = Duration.ofMinutes(10);
    private static final String SEPARATOR = ": ";

    private Turn() {}

    /** Runs it; files go to a folder that is there. */
    static Map<String, Pair> run(Path baseline, Path now, Path classes, Path folder) throws IOException {
        List<String> command = List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-Xmx512m",
                "-cp",
                classes.toString(),
                Turn.class.getName(),
                baseline.toString(),
                now.toString(),
                classes.toString(),
                Files.createTempDirectory(folder, "turn").toString());
        try (ChildProcess process = ChildProcess.start("turn", folder, Map.of(), command)) {
            if (process.awaitExit(LONGEST) != 0) {
                throw new IllegalStateException(String.join("\n", process.lines()));
            }
            Map<String, Pair> pairs = new LinkedHashMap<>();
            for (String line : process.lines()) {
                String[] parts = line.split(SEPARATOR, 2);
                pairs.put(parts[0], Pair.parse(parts[1]));
            }
            return pairs;
        }
    }

    /** Takes the folders of the baseline, of this build, of the compiled steps, and one for files. */
    public static void main(String[] arguments) throws IOException {
        Path classes = Path.of(arguments[2]);
        Path folder = Path.of(arguments[3]);
        Map<String, Runnable> baseline = Build.load(Path.of(arguments[0]), classes, folder.resolve("baseline"));
        Map<String, Runnable> now = Build.load(Path.of(arguments[1]), classes, folder.resolve("now"));
        baseline.forEach((step, run) -> System.out.println(step + SEPARATOR + Pair.of(run, now.get(step))));
        System.exit(0); // the plugins and journals are not stopped
    }
}

package dev.millrace.distribution.comparison;

import dev.millrace.distribution.comparison.load.CountingReceiver.Versions;
import dev.millrace.distribution.run.ChildProcess;
import dev.millrace.distribution.run.ClassArchive;
import dev.millrace.distribution.run.Commands;
import dev.millrace.distribution.run.EquationsWatch;
import dev.millrace.distribution.run.Millrace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Millrace from an unpacked tarball: its launcher, with every default on but what the end of its name says: {@code -2.0}
 * has a receiver that takes remote write 2.0, {@code -write} a journal that is not forced to the disk, {@code -memory} none
 * on the disk.
 *
 * @param name its name
 * @param home the unpacked tarball
 */
record MillraceProgram(String name, Path home) implements Program {
    /** The one that this build made. */
    MillraceProgram() {
        this("millrace", Millrace.HOME);
    }

    @Override
    public Optional<String> missing() {
        return Files.isExecutable(home.resolve("bin/millrace"))
                ? Optional.empty()
                : Optional.of(home + " has no bin/millrace (expected: an unpacked tarball)");
    }

    @Override
    public String describe() {
        String version = Commands.millrace(home, Map.of(), "--version").output().get(0);
        String title = version.replaceFirst("^millrace ([^ ]+).*", "Millrace $1");
        return name.equals("millrace") ? title : title + " (" + name.replaceFirst("^millrace-", "") + ")";
    }

    @Override
    public Versions versions() {
        return name.endsWith("-2.0") ? Versions.ONE_AND_TWO : Versions.ONE;
    }

    @Override
    public boolean takesOtlp() {
        return true;
    }

    @Override
    public boolean hasHeap() {
        return true;
    }

    /** The archive of classes. */
    @Override
    public void prepare(Path folder) {
        try (Millrace first = Millrace.in(prepared(folder), home, Map.of()).unwatched()) {
            ClassArchive.make(first);
        }
    }

    private Path prepared(Path folder) {
        return folder.resolve(name + ".prepared");
    }

    @Override
    public void configure(Path folder, Task task) throws IOException {
        Path data = folder.resolve("data");
        Path prepared = prepared(folder.resolveSibling("."));
        if (!Files.exists(data) && Files.exists(prepared)) {
            ClassArchive.copy(prepared.resolve("data"), data);
        }
        Millrace.in(folder, home, Map.of())
                .pipeline(
                        "node",
                        global() + "inputs:\n"
                                + task.otlp().map(MillraceProgram::otlp).orElseGet(() -> scrapes(task))
                                + "flushers:\n  - Type: flusher_prometheus\n    Endpoint: '" + task.endpoint() + "'\n");
    }

    @Override
    public ChildProcess start(Path folder, Task task) {
        return Millrace.in(folder, home, Map.of()).unwatched().launch().process();
    }

    @Override
    public EquationsWatch watch(Path folder) {
        return EquationsWatch.begin(() -> folder);
    }

    @Override
    public String command() {
        return System.getenv().entrySet().stream()
                        .filter(variable -> variable.getKey().startsWith("MILLRACE_"))
                        .sorted(Map.Entry.comparingByKey())
                        .map(variable -> variable.getKey() + "=" + variable.getValue() + " ")
                        .collect(Collectors.joining())
                + "millrace run --conf FOLDER/conf --data FOLDER/data"
                + (global().isEmpty() ? "" : " # " + global().strip().replaceAll("\\s+", " "));
    }

    private static String scrapes(Task task) {
        return "  - Type: input_prometheus\n    ScrapeConfigs:\n"
                + task.scrapeConfigs().indent(6);
    }

    private static String otlp(Task.Otlp pushed) {
        return "  - Type: service_otlp\n    Protocols: {" + pushed.protocol().name() + ": {Endpoint: '"
                + pushed.address() + "'}}\n";
    }

    private String global() {
        for (String durability : new String[] {"memory", "write"}) {
            if (name.endsWith("-" + durability)) {
                return "global:\n  Durability: " + durability + "\n";
            }
        }
        return "";
    }
}

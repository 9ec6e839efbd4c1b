package dev.millrace.distribution.comparison;

import dev.millrace.distribution.run.ChildProcess;
import dev.millrace.distribution.run.Commands;
import dev.millrace.distribution.run.EquationsWatch;
import dev.millrace.distribution.run.Millrace;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Millrace from an unpacked tarball: its launcher, with every default on.
 *
 * @param name its name in a scenario
 * @param home the unpacked tarball
 */
record MillraceProgram(String name, Path home) implements Program {
    /** The one that this build made. */
    MillraceProgram() {
        this("millrace", Millrace.HOME);
    }

    @Override
    public String describe() {
        return Commands.millrace(home, Map.of(), "--version").output().get(0);
    }

    @Override
    public ChildProcess start(Path folder, Task task) {
        String pipeline = "inputs:\n  - Type: input_prometheus\n    ScrapeConfigs:\n"
                + task.scrapeConfigs().indent(6)
                + "flushers:\n  - Type: flusher_prometheus\n    Endpoint: '" + task.endpoint() + "'\n";
        return Millrace.in(folder, home, Map.of())
                .unwatched()
                .pipeline("node", pipeline)
                .launch()
                .process();
    }

    @Override
    public EquationsWatch watch(Path folder) {
        return EquationsWatch.begin(() -> folder);
    }

    @Override
    public List<String> command() {
        List<String> command = new ArrayList<>();
        System.getenv().entrySet().stream()
                .filter(variable -> variable.getKey().startsWith("MILLRACE_"))
                .sorted(Map.Entry.comparingByKey())
                .forEach(variable -> command.add(variable.getKey() + "=" + variable.getValue()));
        command.addAll(List.of("millrace", "run", "--conf", "FOLDER/conf", "--data", "FOLDER/data"));
        return command;
    }
}

package dev.millrace.distribution.comparison;

import dev.millrace.distribution.run.ChildProcess;
import dev.millrace.distribution.run.Commands;
import dev.millrace.distribution.run.EquationsWatch;
import dev.millrace.distribution.run.Millrace;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Millrace from the built tarball: its launcher, its journal on the disk. */
record MillraceProgram() implements Program {
    @Override
    public String name() {
        return "millrace";
    }

    @Override
    public String describe() {
        return Commands.millrace("--version").output().get(0);
    }

    @Override
    public ChildProcess start(Path folder, Task task) {
        String pipeline = "inputs:\n  - Type: input_prometheus\n    ScrapeConfigs:\n"
                + task.scrapeConfigs().indent(6)
                + "flushers:\n  - Type: flusher_prometheus\n    Endpoint: '" + task.endpoint() + "'\n";
        return Millrace.in(folder, Millrace.HOME, Map.of())
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

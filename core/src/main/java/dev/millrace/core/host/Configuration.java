package dev.millrace.core.host;

import dev.millrace.core.calls.ComponentException;
import dev.millrace.core.calls.PluginCall;
import dev.millrace.core.calls.PluginCalls;
import dev.millrace.core.config.ConfigMessage;
import dev.millrace.core.config.Factories;
import dev.millrace.core.config.Location;
import dev.millrace.core.config.PipelineFile;
import dev.millrace.core.config.PipelineReader;
import dev.millrace.core.config.Problem;
import dev.millrace.core.config.Problems;
import dev.millrace.core.delivery.DeliveryOptions;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * All pipeline files of a folder, read at one moment.
 *
 * @param files one for each file
 * @param complete whether these are all; a folder that cannot be read says nothing about the files in it
 * @param problems what is wrong in them
 */
record Configuration(List<Source> files, boolean complete, Problems problems) {
    /**
     * A file and what came of reading it.
     *
     * @param path where it is
     * @param content what it holds
     * @param problems what is wrong in it
     */
    record Source(Path path, PipelineFile<DeliveryOptions> content, List<Problem> problems) {
        String name() {
            return content.name();
        }
    }

    /** Reads them; what plugins do in it has a deadline. */
    static Configuration read(Path conf, Factories factories, PluginCalls calls) {
        Problems problems = new Problems();
        Path folder = conf.resolve("pipelines");
        List<Path> found = PipelineReader.files(folder, problems);
        Location whole = Location.of(folder.toString());
        boolean complete = problems.problems().stream()
                .noneMatch(problem -> problem.location().equals(whole));
        return new Configuration(read(found, factories, calls, problems), complete, problems);
    }

    /** Reads some files, which say nothing about others. */
    static Configuration read(List<Path> files, Factories factories, PluginCalls calls) {
        Problems problems = new Problems();
        List<Path> found = PipelineReader.oneOfEachName(files, problems);
        return new Configuration(read(found, factories, calls, problems), false, problems);
    }

    private static List<Source> read(List<Path> found, Factories factories, PluginCalls calls, Problems problems) {
        PipelineReader<DeliveryOptions> reader = new PipelineReader<>(factories, DeliveryOptions.class, System::getenv);
        List<Source> files = new ArrayList<>();
        for (Path file : found) {
            Read read = read(file, reader, calls);
            files.add(new Source(file, read.content(), read.problems().problems()));
            problems.addAll(read.problems());
        }
        return List.copyOf(files);
    }

    private record Read(PipelineFile<DeliveryOptions> content, Problems problems) {}

    /* Options are records of plugins, which check themselves. */
    private static Read read(Path file, PipelineReader<DeliveryOptions> reader, PluginCalls calls) {
        String name = PipelineReader.name(file);
        try {
            return new PluginCall(name, Configuration.class.getClassLoader(), calls)
                    .run("its options", calls.deadlines().stop(), () -> {
                        Problems own = new Problems();
                        return new Read(reader.read(file, own), own);
                    });
        } catch (ComponentException e) {
            Problems failed = new Problems();
            failed.add(
                    Location.of(file.toString()),
                    "",
                    ConfigMessage.PLUGIN_FAILED,
                    "its options",
                    String.valueOf(e.getMessage()));
            return new Read(new PipelineFile.Invalid<>(name), failed);
        }
    }
}

package dev.millrace.core.host;

import dev.millrace.core.config.Factories;
import dev.millrace.core.config.PipelineFile;
import dev.millrace.core.config.PipelineReader;
import dev.millrace.core.config.Problems;
import dev.millrace.core.delivery.DeliveryOptions;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * All pipeline files of a folder, read at one moment.
 *
 * @param files one for each file
 * @param problems what is wrong in them
 */
record Configuration(List<PipelineFile<DeliveryOptions>> files, Problems problems) {
    static Configuration read(Path conf, Factories factories) {
        Problems problems = new Problems();
        PipelineReader<DeliveryOptions> reader = new PipelineReader<>(factories, DeliveryOptions.class, System::getenv);
        List<PipelineFile<DeliveryOptions>> files = new ArrayList<>();
        for (Path file : PipelineReader.files(conf.resolve("pipelines"), problems)) {
            files.add(reader.read(file, problems));
        }
        return new Configuration(List.copyOf(files), problems);
    }
}

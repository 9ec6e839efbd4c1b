package dev.millrace.distribution.init;

import dev.millrace.core.config.Problem;
import dev.millrace.core.host.Folders;
import dev.millrace.core.host.Validation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Says what {@code millrace validate} would say of a pipeline that is not written yet. */
@FunctionalInterface
interface Draft {
    /** What is wrong in the text of a pipeline's file; empty where it is valid. */
    List<Problem> problems(String text) throws IOException;

    /** A draft in a temporary folder, of the pipeline {@code name}. */
    static Draft in(Folders folders, String name) {
        return text -> {
            Path conf = Files.createTempDirectory("millrace-init");
            Path host = conf.resolve("millrace.yaml");
            Path pipelines = conf.resolve("pipelines");
            Path pipeline = pipelines.resolve(name + ".yaml");
            try {
                Files.writeString(host, "");
                Files.createDirectory(pipelines);
                Files.writeString(pipeline, text);
                return Validation.of(new Folders(conf, folders.data(), folders.plugins()))
                        .inPipelines();
            } finally {
                for (Path path : List.of(pipeline, pipelines, host, conf)) {
                    Files.deleteIfExists(path);
                }
            }
        };
    }
}

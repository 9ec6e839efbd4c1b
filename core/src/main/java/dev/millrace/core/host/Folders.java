package dev.millrace.core.host;

import java.nio.file.Path;
import java.util.List;

/**
 * Where a host finds its things.
 *
 * @param conf the folder with {@code millrace.yaml} and {@code pipelines/}
 * @param data the data folder
 * @param plugins folders of plugins; {@code millrace.yaml} can name more
 */
public record Folders(Path conf, Path data, List<Path> plugins) {
    public Folders {
        plugins = List.copyOf(plugins);
    }
}

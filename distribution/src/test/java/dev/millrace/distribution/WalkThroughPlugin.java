package dev.millrace.distribution;

import dev.millrace.distribution.run.Commands;
import dev.millrace.distribution.run.ReadmeFiles;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** The plugin {@code flusher_line_file}, built from the page and with the commands that the SPI's walk-through gives. */
final class WalkThroughPlugin {
    /** The JDK's programs. */
    static final Path TOOLS = Path.of(System.getProperty("java.home"), "bin");

    private final ReadmeFiles readme;

    private WalkThroughPlugin(ReadmeFiles readme) {
        this.readme = readme;
    }

    static WalkThroughPlugin of(Path page) throws IOException {
        return new WalkThroughPlugin(ReadmeFiles.of(page));
    }

    /** Compiles it in a folder of its own against the distribution in {@code home}, and copies the jar to a folder. */
    Commands.Result install(Path sources, Path home, Path plugins) throws IOException {
        readme.writeTo(sources);
        String commands = readme.commands().get(0).replace("\"$MILLRACE/plugins/\"", "'" + plugins + "/'");
        return Commands.run(
                Map.of("MILLRACE", home.toString(), "PATH", TOOLS + ":" + System.getenv("PATH")),
                List.of("sh", "-e", "-c", "cd '" + sources + "'\n" + commands));
    }

    /** The pipeline of the walk-through, with another file to write to. */
    String pipeline(String file) {
        return readme.files().get("pipelines/lines.yaml").replace("/tmp/lines.txt", file);
    }
}

package dev.millrace.core.config;

import java.nio.file.Path;
import java.util.List;

/**
 * Reads the files of pipelines. Not thread-safe.
 *
 * @param <F> the record of the host's options in each flusher's entry
 */
public final class PipelineReader<F extends Record> {
    private final Factories factories;
    private final Class<F> flusherOptions;
    private final Environment environment;

    /**
     * A reader.
     *
     * @param factories the plugins that files can name
     * @param flusherOptions the host's options, which stand in each flusher's entry beside the plugin's own
     * @param environment the variables that files can refer to
     */
    public PipelineReader(Factories factories, Class<F> flusherOptions, Environment environment) {
        this.factories = factories;
        this.flusherOptions = flusherOptions;
        this.environment = environment;
    }

    /** The files of pipelines in a folder, sorted by name: {@code *.yaml} and {@code *.yml}, unless hidden. */
    public static List<Path> files(Path folder, Problems problems) {
        throw new UnsupportedOperationException();
    }

    /** Reads a file, and reports all that is wrong in it. */
    public PipelineFile<F> read(Path file, Problems problems) {
        throw new UnsupportedOperationException("" + factories + flusherOptions + environment);
    }
}

package dev.millrace.core.config;

/**
 * What came of reading a pipeline's file.
 *
 * @param <F> the record of the host's options in each flusher's entry
 */
public sealed interface PipelineFile<F extends Record> {
    /** The pipeline's name: the file's name without its ending. */
    String name();

    /** What stands in a file beside the {@linkplain Section sections}. */
    static OptionsType<?> head() {
        return PipelineHead.TYPE;
    }

    /**
     * The pipeline can be built.
     *
     * @param <F> as above
     * @param config the pipeline
     */
    record Valid<F extends Record>(PipelineConfig<F> config) implements PipelineFile<F> {
        @Override
        public String name() {
            return config.name();
        }
    }

    /**
     * The file says {@code enable: false}; of the rest only the syntax was checked.
     *
     * @param <F> as above
     * @param name the pipeline's name
     */
    record Disabled<F extends Record>(String name) implements PipelineFile<F> {}

    /**
     * The file has problems, which were added to {@link Problems}.
     *
     * @param <F> as above
     * @param name the pipeline's name
     */
    record Invalid<F extends Record>(String name) implements PipelineFile<F> {}
}

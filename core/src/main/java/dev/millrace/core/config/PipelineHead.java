package dev.millrace.core.config;

import dev.millrace.spi.config.Default;
import dev.millrace.spi.config.Doc;
import dev.millrace.spi.config.Ignored;
import dev.millrace.spi.config.SnakeCase;

/**
 * What stands in a pipeline's file beside its sections.
 *
 * @param enable whether the pipeline runs
 * @param global settings of the pipeline as a whole
 * @param version a key of iLogtail's
 */
@SnakeCase
record PipelineHead(
        @Default("true") @Doc("Whether the pipeline runs; if not, of the rest of its file only the syntax is checked.")
        boolean enable,

        @Doc("Settings of the pipeline as a whole.") PipelineSettings global,

        @Doc("all plugins share one data model") Ignored version) {
    static final OptionsType<PipelineHead> TYPE = OptionsType.of(PipelineHead.class);
}

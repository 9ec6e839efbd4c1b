package dev.millrace.core.config;

import dev.millrace.spi.config.ByteSize;
import dev.millrace.spi.config.Default;
import dev.millrace.spi.config.Doc;
import java.util.List;
import java.util.Optional;

/**
 * The settings of a pipeline, under {@code global} in its file.
 *
 * @param structureType a key of iLogtail's
 * @param durability what a batch survives once it is acknowledged
 * @param maxBytes the size that the journal may have
 */
@Doc("Settings of the pipeline as a whole.")
public record PipelineSettings(
        @Doc("Accepted from iLogtail's files; there is one data model here.")
        Optional<String> structureType,

        @Doc("What a batch survives once it is acknowledged: a loss of power, the end of the process, or neither.")
        @Default("fsync")
        Durability durability,

        @Doc("The size that the journal may have.") Optional<ByteSize> maxBytes)
        implements Notices {

    /** What a batch survives once it is acknowledged. */
    public enum Durability {
        /** A loss of power. */
        FSYNC,
        /** The end of the process. */
        WRITE,
        /** Neither. */
        MEMORY
    }

    @Override
    public List<Notice> notices() {
        return structureType.isPresent()
                ? List.of(new Notice("structureType", "has no effect: all plugins share one data model"))
                : List.of();
    }
}

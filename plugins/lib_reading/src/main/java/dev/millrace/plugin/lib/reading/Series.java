package dev.millrace.plugin.lib.reading;

import dev.millrace.spi.event.Labels;
import dev.millrace.spi.event.Metadata;
import org.jspecify.annotations.Nullable;

/** A series, made once and used in every reading; the metadata are those of its family, null where nobody knows them. */
public record Series(Labels labels, @Nullable Metadata metadata) {}

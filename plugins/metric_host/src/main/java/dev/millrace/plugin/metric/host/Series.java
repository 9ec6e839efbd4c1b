package dev.millrace.plugin.metric.host;

import dev.millrace.spi.event.Labels;
import dev.millrace.spi.event.Metadata;

/** A series, made once and used in every reading. */
record Series(Labels labels, Metadata metadata) {}

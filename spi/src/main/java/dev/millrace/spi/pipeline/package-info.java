/** The stations of a pipeline: inputs, processors, aggregators and flushers. */
@NullMarked
package dev.millrace.spi.pipeline;

import org.jspecify.annotations.NullMarked;

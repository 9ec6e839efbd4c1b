/** One pipeline: its components, what they are given, and the way of a batch from an input to the journal. */
@NullMarked
package dev.millrace.core.pipeline;

import org.jspecify.annotations.NullMarked;

/**
 * The journal: one append-only log for each pipeline, from which every flusher reads at its own pace.
 *
 * <p>{@link dev.millrace.core.journal.Journal} is the entry.
 */
@NullMarked
package dev.millrace.core.journal;

import org.jspecify.annotations.NullMarked;

/**
 * Delivery: for each flusher one reader of the journal, lanes of slots, requests, retries, and the counts of what became
 * of every item.
 */
@NullMarked
package dev.millrace.core.delivery;

import org.jspecify.annotations.NullMarked;

/** Logs: one line for each event on standard error, as text or as JSON. */
@NullMarked
package dev.millrace.core.logging;

import org.jspecify.annotations.NullMarked;

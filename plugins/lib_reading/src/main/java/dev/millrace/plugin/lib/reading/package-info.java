/** What inputs share that read at intervals what they themselves can see: when, what has gone since, and what was skipped. */
@NullMarked
package dev.millrace.plugin.lib.reading;

import org.jspecify.annotations.NullMarked;

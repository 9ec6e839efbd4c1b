/** How the host and its pipelines are at a moment, with what changed in the minute before: as JSON and as a page. */
@NullMarked
package dev.millrace.core.status;

import org.jspecify.annotations.NullMarked;

/** JSON, as far as the host writes it: log lines and the status. */
@NullMarked
package dev.millrace.core.json;

import org.jspecify.annotations.NullMarked;

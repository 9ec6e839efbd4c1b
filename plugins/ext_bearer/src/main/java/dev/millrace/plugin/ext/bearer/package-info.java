/** A fixed token for outgoing HTTP requests. */
@NullMarked
package dev.millrace.plugin.ext.bearer;

import org.jspecify.annotations.NullMarked;

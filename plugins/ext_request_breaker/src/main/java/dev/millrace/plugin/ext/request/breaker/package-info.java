/** Spares a destination that fails: the plugin {@code ext_request_breaker}. */
@NullMarked
package dev.millrace.plugin.ext.request.breaker;

import org.jspecify.annotations.NullMarked;

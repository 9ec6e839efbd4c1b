/** Basic authentication for outgoing HTTP requests. */
@NullMarked
package dev.millrace.plugin.ext.basicauth;

import org.jspecify.annotations.NullMarked;

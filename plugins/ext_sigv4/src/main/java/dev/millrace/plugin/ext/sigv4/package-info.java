/** Signatures for requests to Amazon's services: the plugin {@code ext_sigv4}. */
@NullMarked
package dev.millrace.plugin.ext.sigv4;

import org.jspecify.annotations.NullMarked;

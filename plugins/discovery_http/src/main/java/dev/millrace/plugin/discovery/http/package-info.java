/** Targets that a server names. */
@NullMarked
package dev.millrace.plugin.discovery.http;

import org.jspecify.annotations.NullMarked;

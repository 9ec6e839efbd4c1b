/** Targets that name servers know. */
@NullMarked
package dev.millrace.plugin.discovery.dns;

import org.jspecify.annotations.NullMarked;

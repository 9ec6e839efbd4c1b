/** What the Prometheus plugins share. */
@NullMarked
package dev.millrace.plugin.lib.prometheus;

import org.jspecify.annotations.NullMarked;

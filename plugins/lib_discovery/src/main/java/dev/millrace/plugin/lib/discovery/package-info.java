/** What plugins that discover targets share. */
@NullMarked
package dev.millrace.plugin.lib.discovery;

import org.jspecify.annotations.NullMarked;

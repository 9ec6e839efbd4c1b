/** Targets that stand in files. */
@NullMarked
package dev.millrace.plugin.discovery.file;

import org.jspecify.annotations.NullMarked;

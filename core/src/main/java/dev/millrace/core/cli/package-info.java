/** The command line: {@code bin/millrace}. */
@NullMarked
package dev.millrace.core.cli;

import org.jspecify.annotations.NullMarked;

/** What a plugin compiles against. */
@NullMarked
package dev.millrace.spi;

import org.jspecify.annotations.NullMarked;

/** What a plugin is: a factory that the host finds, the components it creates, and what the host gives them. */
@NullMarked
package dev.millrace.spi;

import org.jspecify.annotations.NullMarked;

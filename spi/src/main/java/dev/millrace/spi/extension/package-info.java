/** Components that others call by ID: encoders, decoders, authenticators. */
@NullMarked
package dev.millrace.spi.extension;

import org.jspecify.annotations.NullMarked;

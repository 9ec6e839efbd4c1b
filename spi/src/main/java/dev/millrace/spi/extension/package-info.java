/** Components that others call by ID: encoders, decoders, authenticators, interceptors. */
@NullMarked
package dev.millrace.spi.extension;

import org.jspecify.annotations.NullMarked;

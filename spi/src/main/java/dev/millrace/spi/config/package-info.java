/**
 * How a plugin describes its options.
 *
 * <p>Options are a record. A component {@code maxDelay} is the key {@code MaxDelay}; {@link Key} and {@link SnakeCase}
 * say otherwise. Types: {@code String} (with {@link Choices} one of some texts), {@code boolean}, {@code int}, {@code long}, {@code double}, enums (written as
 * their lower-case name), {@link java.time.Duration} ({@code 500ms}, {@code 1m30s}), {@link ByteSize} ({@code 64KiB}),
 * {@link java.nio.file.Path} (a relative one starts at the folder of the configuration file), {@link Secret}, {@link ComponentRef} (with {@link KeyPattern} those of all keys of a form), {@link Document}, {@link DocumentFile}, {@link Ignored}, other records, {@code List} and {@code Map<String, …>} of these, and
 * {@code Optional} of any.
 *
 * <p>A key is required unless it has a {@link Default}, is an {@code Optional}, {@code List} or {@code Map} (absent:
 * empty), is {@link Ignored}, or is a record in which nothing is required. A compact constructor validates and throws
 * {@link InvalidOptionException}, or {@code IllegalArgumentException} where no single key is to blame.
 */
@NullMarked
package dev.millrace.spi.config;

import org.jspecify.annotations.NullMarked;

/** Compression by name: gzip of the JDK, snappy and zstd of their native libraries. */
@NullMarked
package dev.millrace.core.compression;

import org.jspecify.annotations.NullMarked;

package dev.millrace.plugin.flusher.http.spi;

/** How a body is compressed; the lower-case name is the {@code Content-Encoding}. */
public enum ContentEncoding {
    /** Not at all. */
    NONE,
    /** By gzip. */
    GZIP,
    /** By snappy, in its block format. */
    SNAPPY,
    /** By Zstandard. */
    ZSTD
}

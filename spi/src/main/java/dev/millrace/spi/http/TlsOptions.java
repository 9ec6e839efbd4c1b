package dev.millrace.spi.http;

/**
 * A record of options that says how connections are encrypted, under keys of its own. Its components are named as those of
 * {@link TlsSettings}, so that the host can report what is wrong with the files at the keys that name them.
 */
public interface TlsOptions {
    /** What it says. */
    TlsSettings settings();
}

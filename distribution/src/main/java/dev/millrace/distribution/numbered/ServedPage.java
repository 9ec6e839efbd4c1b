package dev.millrace.distribution.numbered;

/**
 * A page that a numbered target handed over whole. Its times are milliseconds since the epoch.
 *
 * @param asked when it was asked for
 * @param ended when its last byte was handed over
 */
public record ServedPage(long asked, long ended) {}

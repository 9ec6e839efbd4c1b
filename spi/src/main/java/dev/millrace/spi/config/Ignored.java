package dev.millrace.spi.config;

/**
 * An option that is accepted whatever its value is, and has no effect: a key of files that were written for another program.
 * Where it is given, the user is told so, with the option's {@link Doc} as the reason.
 */
public record Ignored() {}

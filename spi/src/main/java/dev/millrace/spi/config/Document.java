package dev.millrace.spi.config;

/**
 * An option whose value is a text that is YAML itself, such as a file of another program. What is wrong in it is reported
 * with its place there. A mapping that stands there in place of the text is taken as well; <code>${env:NAME}</code> means nothing in it.
 *
 * @param <T> the record that it is bound to
 * @param content what it says
 */
public record Document<T extends Record>(T content) {}

package dev.millrace.spi.config;

/**
 * An option whose value is the path of a file that is YAML, as {@link Document} for its content. A change of the file is a
 * change of the configuration; relative paths in it start at its folder.
 *
 * @param <T> the record that it is bound to
 * @param content what the file says
 */
public record DocumentFile<T extends Record>(T content) {}

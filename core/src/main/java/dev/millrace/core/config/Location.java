package dev.millrace.core.config;

/**
 * A place in a configuration file.
 *
 * @param file the file, as messages name it
 * @param line the line, from 1; 0 where the file as a whole is meant
 * @param column the column, from 1, in code points; 0 where the file as a whole is meant
 */
public record Location(String file, int line, int column) {
    /** The file as a whole. */
    public static Location of(String file) {
        return new Location(file, 0, 0);
    }

    /** The place, for a text that names the file already: {@code 7:5}. */
    String inFile() {
        return line + ":" + column;
    }

    @Override
    public String toString() {
        return line == 0 ? file : file + ":" + line + ":" + column;
    }
}

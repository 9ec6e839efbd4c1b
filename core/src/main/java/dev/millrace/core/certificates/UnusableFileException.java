package dev.millrace.core.certificates;

/** Says what is wrong with the content of a file, and what was expected; the file is not named. */
final class UnusableFileException extends Exception {
    private static final long serialVersionUID = 1;

    UnusableFileException(String message) {
        super(message);
    }
}

package dev.millrace.core.status;

/** How words stand out on a terminal that has colours; elsewhere they are left as they are. */
enum Paint {
    /** As it is. */
    PLAIN(""),
    /** Something is wrong. */
    ALARM("\u001b[1;31m"),
    /** Something may become wrong. */
    WARNING("\u001b[33m"),
    /** The name of what follows. */
    TITLE("\u001b[1m"),
    /** Of less weight. */
    FAINT("\u001b[2m");

    private static final String END = "\u001b[0m";

    private final String begin;

    Paint(String begin) {
        this.begin = begin;
    }

    String on(String text, boolean colour) {
        return colour && this != PLAIN && !text.isBlank() ? begin + text + END : text;
    }
}

package dev.millrace.core.delivery;

/** How many rows of a request a destination can still refuse for good, by what it said of the whole; all parts share it. */
final class Refusable {
    private int left;

    Refusable(int left) {
        this.left = Math.max(0, left);
    }

    /** Takes some of them; false if there are not so many. */
    boolean take(int rows) {
        boolean enough = rows <= left;
        left -= enough ? rows : 0;
        return enough;
    }
}

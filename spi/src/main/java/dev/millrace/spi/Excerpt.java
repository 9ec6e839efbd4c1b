package dev.millrace.spi;

/** Foreign text in a message: of whatever comes from outside, one line that is not long. */
public final class Excerpt {
    private static final int LONGEST = 100;

    private Excerpt() {}

    /** The first hundred characters of a text, with dots for what could break the line, and an ellipsis where there is more. */
    public static String of(String text) {
        StringBuilder line = new StringBuilder();
        text.codePoints().limit(LONGEST).forEach(c -> line.appendCodePoint(isPlain(c) ? c : '.'));
        boolean more = text.length() > line.length();
        return more ? line.append('…').toString() : line.toString();
    }

    private static boolean isPlain(int c) {
        return !Character.isISOControl(c) && c != '\u2028' && c != '\u2029';
    }
}

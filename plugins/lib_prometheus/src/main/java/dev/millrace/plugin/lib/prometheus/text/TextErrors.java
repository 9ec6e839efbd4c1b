package dev.millrace.plugin.lib.prometheus.text;

import java.nio.charset.StandardCharsets;

/** Words errors: the place by line and column, what stands there, and what was expected. */
final class TextErrors {
    private static final int SHOWN = 24;

    private final byte[] bytes;
    private final int length;

    TextErrors(byte[] bytes, int length) {
        this.bytes = bytes;
        this.length = length;
    }

    /** An error at an offset. */
    TextFormatException expected(int at, String what) {
        int end = at;
        while (end < length && end - at < SHOWN && !blank(bytes[end])) {
            end++;
        }
        boolean carriageReturn = end > at && bytes[end - 1] == '\r';
        return at(
                at,
                found(at, end) + " (expected: " + (carriageReturn ? "lines that end in \\n, not \\r\\n" : what) + ")");
    }

    /** An error at the offset of a quote that nothing closes. */
    TextFormatException unclosed(int quote) {
        return at(quote, "'\"' (expected: a closing quote after it)");
    }

    private TextFormatException at(int at, String message) {
        int line = 1;
        int lineStart = 0;
        for (int i = 0; i < at; i++) {
            if (bytes[i] == '\n') {
                line++;
                lineStart = i + 1;
            }
        }
        return new TextFormatException(line, at - lineStart + 1, message);
    }

    private String found(int from, int to) {
        if (from >= length) {
            return "the end of the page";
        }
        if (from == to) {
            return bytes[from] == '\n' ? "the end of the line" : "a blank";
        }
        StringBuilder text = new StringBuilder("'");
        String raw = new String(bytes, from, to - from, StandardCharsets.UTF_8);
        raw.codePoints().forEach(c -> text.appendCodePoint(Character.isISOControl(c) ? '.' : c));
        return text.append(to - from == SHOWN ? "…'" : "'").toString();
    }

    private static boolean blank(byte value) {
        return value == ' ' || value == '\t' || value == '\n';
    }
}

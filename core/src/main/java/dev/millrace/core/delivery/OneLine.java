package dev.millrace.core.delivery;

/** The first line of a text that came from elsewhere, bounded and without control characters, fit for a log. */
public final class OneLine {
    private OneLine() {}

    /** The line, of at most {@code longest} characters and a mark where more was cut off. */
    public static String of(String text, int longest) {
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\n' || c == '\r') {
                if (line.length() == 0) {
                    continue;
                }
                break;
            }
            if (line.length() == longest) {
                line.append('…');
                break;
            }
            line.append(Character.isISOControl(c) ? ' ' : c);
        }
        return line.toString().strip();
    }
}

package dev.millrace.plugin.lib.prometheus.names;

/**
 * The names that every Prometheus accepts, before version 3 allowed any UTF-8.
 *
 * <p>A metric is named {@code [a-zA-Z_:][a-zA-Z0-9_:]*}, a label {@code [a-zA-Z_][a-zA-Z0-9_]*} (remote write 1.0,
 * "Labels"). All of them are ASCII, so that UTF-8 bytes can be checked as they are.
 */
public final class LegacyNames {
    /** What a metric's name looks like, for messages. */
    public static final String METRIC = "[a-zA-Z_:][a-zA-Z0-9_:]*";

    /** What a label's name looks like, for messages. */
    public static final String LABEL = "[a-zA-Z_][a-zA-Z0-9_]*";

    private LegacyNames() {}

    /** Whether a metric may have this name. */
    public static boolean isMetric(String name) {
        return isName(name, true);
    }

    /** Whether a label may have this name. */
    public static boolean isLabel(String name) {
        return isName(name, false);
    }

    /** Whether a metric may have the name that stands in {@code length} bytes from {@code offset} on. */
    public static boolean isMetric(byte[] utf8, int offset, int length) {
        return isName(utf8, offset, length, true);
    }

    /** Whether a label may have the name that stands in {@code length} bytes from {@code offset} on. */
    public static boolean isLabel(byte[] utf8, int offset, int length) {
        return isName(utf8, offset, length, false);
    }

    private static boolean isName(String name, boolean colons) {
        if (name.isEmpty() || isDigit(name.charAt(0))) {
            return false;
        }
        for (int i = 0; i < name.length(); i++) {
            if (!isAllowed(name.charAt(i), colons)) {
                return false;
            }
        }
        return true;
    }

    private static boolean isName(byte[] utf8, int offset, int length, boolean colons) {
        if (length == 0 || isDigit(utf8[offset])) {
            return false;
        }
        for (int i = offset; i < offset + length; i++) {
            if (!isAllowed(utf8[i], colons)) {
                return false;
            }
        }
        return true;
    }

    static boolean isAllowed(int c, boolean colons) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || isDigit(c) || c == '_' || colons && c == ':';
    }

    static boolean isDigit(int c) {
        return c >= '0' && c <= '9';
    }
}

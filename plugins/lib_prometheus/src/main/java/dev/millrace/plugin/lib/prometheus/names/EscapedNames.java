package dev.millrace.plugin.lib.prometheus.names;

/**
 * Names of any characters as names that every Prometheus accepts, in a way that can be undone.
 *
 * <p>It is the scheme {@code values} of Prometheus' specification of escaping: {@code U__} comes first, each character that
 * is not allowed becomes its code point in hexadecimal between underscores, and an underscore becomes two, so that
 * {@code http.requests} is {@code U__http_2e_requests}. A name that is allowed stays as it is. No two names become the
 * same, unless one of them looks like an escaped name already.
 */
public final class EscapedNames {
    private static final String MARK = "U__";

    private EscapedNames() {}

    /** The name of a metric, for {@link LegacyNames#isMetric}. */
    public static String metric(String name) {
        return LegacyNames.isMetric(name) ? name : escape(name, true);
    }

    /** The name of a label, for {@link LegacyNames#isLabel}. */
    public static String label(String name) {
        return LegacyNames.isLabel(name) ? name : escape(name, false);
    }

    private static String escape(String name, boolean colons) {
        StringBuilder escaped = new StringBuilder(MARK);
        for (int i = 0; i < name.length(); i += Character.charCount(name.codePointAt(i))) {
            int c = name.codePointAt(i);
            if (c == '_') {
                escaped.append("__");
            } else if (LegacyNames.isAllowed(c, colons) && (i > 0 || !LegacyNames.isDigit(c))) {
                escaped.appendCodePoint(c);
            } else {
                escaped.append('_').append(Integer.toHexString(c)).append('_');
            }
        }
        return escaped.toString();
    }
}

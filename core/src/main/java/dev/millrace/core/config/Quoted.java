package dev.millrace.core.config;

/** Shows texts of users in messages: in quotes, and cut where they are long. */
final class Quoted {
    private static final int LONGEST = 80;

    private Quoted() {}

    static String text(String text) {
        if (text.codePointCount(0, text.length()) <= LONGEST) {
            return "'" + text + "'";
        }
        return "'" + text.substring(0, text.offsetByCodePoints(0, LONGEST)) + "…'";
    }
}

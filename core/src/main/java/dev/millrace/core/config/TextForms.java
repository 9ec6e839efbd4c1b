package dev.millrace.core.config;

/**
 * Regular expressions of what may stand in a file where a text does, in the syntax that JSON Schema and Java share; each
 * is of the whole text.
 */
public final class TextForms {
    private static final String REFERENCE = "\\$\\{(?:env:[A-Za-z_][A-Za-z0-9_]*(?::-[^}]*)?|file:[^}]*)\\}";
    private static final String NONE = "\\$(?!\\{(?:env|file):)";

    /** Any text; what looks like a reference to a variable or file is one. */
    public static final String ANY = "[^$]*(?:(?:" + REFERENCE + "|" + NONE + ")[^$]*)*";

    /** A text in which something is replaced, so that it says nothing of the value. */
    public static final String REPLACED = "[^$]*(?:" + NONE + "[^$]*)*" + REFERENCE + ANY;

    /** The name of a component: what may stand behind the slash of {@code type/name}. */
    public static final String NAME = TypeNames.NAME.pattern();

    private TextForms() {}
}

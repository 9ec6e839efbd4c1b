package dev.millrace.plugin.lib.otlp.naming;

/** Makes the names of labels, by the rules of Prometheus' {@code otlptranslator}. Immutable and thread-safe. */
public final class LabelNames {
    private final boolean escapes;
    private final boolean sanitizesUnderscore;
    private final boolean keepsUnderscores;

    /**
     * Names by a strategy.
     *
     * @param sanitizesUnderscore whether a name that begins with one underscore gets {@code key} before it
     * @param keepsUnderscores whether several underscores in a row stay several
     */
    public LabelNames(TranslationStrategy strategy, boolean sanitizesUnderscore, boolean keepsUnderscores) {
        this.escapes = strategy.escapes();
        this.sanitizesUnderscore = sanitizesUnderscore;
        this.keepsUnderscores = keepsUnderscores;
    }

    /** Whether two attributes may get the same name. */
    public boolean mayCollide() {
        return escapes;
    }

    /**
     * The name of an attribute's label.
     *
     * @throws NameException if nothing that can be a name is left
     */
    public String of(String attribute) throws NameException {
        if (!escapes) {
            return checked(attribute, attribute);
        }
        StringBuilder name = new StringBuilder(attribute.length() + 4);
        for (int i = 0; i < attribute.length(); i += Character.charCount(attribute.codePointAt(i))) {
            int c = attribute.codePointAt(i);
            char made = isAllowed(c) ? (char) c : '_';
            if (made != '_' || keepsUnderscores || name.isEmpty() || name.charAt(name.length() - 1) != '_') {
                name.append(made);
            }
        }
        if (!name.isEmpty() && name.charAt(0) >= '0' && name.charAt(0) <= '9') {
            name.insert(0, "key_");
        } else if (sanitizesUnderscore && name.indexOf("_") == 0 && name.indexOf("__") != 0) {
            name.insert(0, "key");
        }
        return checked(attribute, name.toString());
    }

    private static String checked(String attribute, String name) throws NameException {
        if (name.chars().allMatch(c -> c == '_')) {
            throw new NameException("attribute name: '" + attribute + "' (expected: one with a letter or digit)");
        }
        return name;
    }

    private static boolean isAllowed(int c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '_';
    }
}

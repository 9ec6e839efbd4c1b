package dev.millrace.core.config;

/**
 * The way to an option, in two forms.
 *
 * @param shown as messages show it, with positions: {@code flushers[0].Interceptors[1]}
 * @param key as an identity, from the component on and without positions: {@code Interceptors}
 */
record OptionPath(String shown, String key) {
    static final OptionPath ROOT = new OptionPath("", "");

    /** The way to a component's entry. */
    static OptionPath component(String shown) {
        return new OptionPath(shown, "");
    }

    OptionPath child(String name) {
        return new OptionPath(joined(shown, name), joined(key, name));
    }

    OptionPath item(int index) {
        return new OptionPath(shown + "[" + index + "]", key);
    }

    private static String joined(String before, String name) {
        return before.isEmpty() ? name : before + "." + name;
    }
}

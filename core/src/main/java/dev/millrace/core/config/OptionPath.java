package dev.millrace.core.config;

/**
 * The way to an option, in three forms.
 *
 * @param shown as messages show it, with positions: {@code flushers[0].Interceptors[1]}; in a document it begins anew
 * @param key as an identity, from the component on and without positions: {@code Interceptors}
 * @param whole with positions, from the pipeline's file on: no other option has it
 */
record OptionPath(String shown, String key, String whole) {
    static final OptionPath ROOT = new OptionPath("", "", "");

    /** The way to a component's entry in a section. */
    static OptionPath component(String shown) {
        return new OptionPath(shown, "", shown);
    }

    /** The way to the entry of a component that an option on this way holds. */
    OptionPath component() {
        return new OptionPath(shown, "", whole);
    }

    OptionPath child(String name) {
        return new OptionPath(joined(shown, name), joined(key, name), joined(whole, name));
    }

    OptionPath item(int index) {
        String position = "[" + index + "]";
        return new OptionPath(shown + position, key, whole + position);
    }

    /** The same way, with a name in its identity. */
    OptionPath named(String name) {
        return new OptionPath(shown, joined(key, name), whole);
    }

    /** The way to the root of a document that the option on this way holds. */
    OptionPath document() {
        return new OptionPath("", key, whole);
    }

    private static String joined(String before, String name) {
        return before.isEmpty() ? name : before + "." + name;
    }
}

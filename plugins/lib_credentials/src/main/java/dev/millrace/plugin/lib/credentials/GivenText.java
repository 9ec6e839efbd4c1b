package dev.millrace.plugin.lib.credentials;

import dev.millrace.spi.config.Secret;

/** A text that stands in the configuration. */
record GivenText(Secret text) implements SecretText {
    @Override
    public String get() {
        return text.reveal();
    }

    @Override
    public boolean refresh() {
        return false;
    }
}

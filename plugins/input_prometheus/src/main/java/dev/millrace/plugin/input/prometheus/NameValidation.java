package dev.millrace.plugin.input.prometheus;

/** Which names of metrics and labels are legal. */
public enum NameValidation {
    /** Any that is valid UTF-8. */
    UTF8,
    /** Those of {@link dev.millrace.plugin.lib.prometheus.names.LegacyNames}. */
    LEGACY
}

package dev.millrace.plugin.lib.otlp.metrics;

/**
 * An attribute.
 *
 * @param key its name
 * @param value its value as a text
 */
record Attribute(String key, String value) {}

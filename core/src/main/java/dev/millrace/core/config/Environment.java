package dev.millrace.core.config;

import org.jspecify.annotations.Nullable;

/** The variables that <code>${env:NAME}</code> reads; {@code System::getenv} outside of tests. */
@FunctionalInterface
public interface Environment {
    /** The value of a variable, or null if it is not set. */
    @Nullable
    String get(String name);
}

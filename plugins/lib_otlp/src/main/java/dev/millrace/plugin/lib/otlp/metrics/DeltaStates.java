package dev.millrace.plugin.lib.otlp.metrics;

import java.util.Optional;
import java.util.Set;

/** Where {@link DeltaStreams} keeps what it must not forget, in parts that change each on its own. */
public interface DeltaStates {
    /** The names of all parts. */
    Set<String> names();

    /** A part; empty where there is none. */
    Optional<byte[]> get(String name);

    /** Replaces a part; no bytes remove it. */
    void set(String name, byte[] part);
}

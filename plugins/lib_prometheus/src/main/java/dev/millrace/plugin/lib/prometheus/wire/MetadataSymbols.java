package dev.millrace.plugin.lib.prometheus.wire;

import dev.millrace.spi.event.Metadata;
import dev.millrace.spi.event.Symbol;
import org.jspecify.annotations.Nullable;

/**
 * Descriptions and units as symbols, remembered because making a symbol of a text takes longer than writing a sample.
 *
 * <p>A text has one place in a table of fixed size, by its hash, and gives it up to the next one. Used again and again; not
 * thread-safe.
 */
final class MetadataSymbols {
    private static final int ENTRIES = 4096;

    private final @Nullable Entry[] entries = new Entry[ENTRIES];

    private record Entry(String text, Symbol symbol) {}

    /** The symbol of {@link Metadata#help()}. */
    Symbol help(Metadata metadata) {
        return symbol(metadata.help());
    }

    /** The symbol of {@link Metadata#unit()}. */
    Symbol unit(Metadata metadata) {
        return symbol(metadata.unit());
    }

    private Symbol symbol(String text) {
        if (text.isEmpty()) {
            return Symbol.EMPTY;
        }
        int hash = text.hashCode();
        int index = (hash ^ (hash >>> 16)) & (ENTRIES - 1);
        Entry entry = entries[index];
        if (entry == null || !entry.text.equals(text)) {
            entry = new Entry(text, Symbol.of(text));
            entries[index] = entry;
        }
        return entry.symbol;
    }
}

package dev.millrace.plugin.lib.prometheus.wire;

import dev.millrace.plugin.lib.prometheus.names.LabelLimit;
import dev.millrace.spi.event.Labels;
import dev.millrace.spi.event.LabelsBuilder;
import dev.millrace.spi.event.Symbol;

/** Makes labels of references, by the rules of version 2.0 ("Labels"). Used again and again. */
final class LabelRefsReader {
    /** The most that all labels of a message may come to when they are written out; references make more of a few bytes. */
    private static final long MOST_BYTES = 1L << 30;

    private final ReceivedSymbols symbols;
    private long bytes;
    private final LabelsBuilder builder = Labels.builder();

    LabelRefsReader(ReceivedSymbols symbols) {
        this.symbols = symbols;
    }

    /**
     * The labels of references in pairs; one with an empty value is no label.
     *
     * @throws IllegalArgumentException if a reference is out of range, there is an odd number of them, or a name is empty
     *     or does not come after the one before
     */
    Labels labels(Longs refs, String field) {
        if (refs.size() % 2 != 0) {
            throw new IllegalArgumentException(field + ": " + refs.size() + " references (expected: pairs)");
        }
        if (refs.size() > 2 * LabelLimit.MOST) {
            throw new IllegalArgumentException(field + ": more than " + LabelLimit.MOST + " labels (expected: fewer)");
        }
        builder.clear();
        Symbol before = Symbol.EMPTY;
        for (int i = 0; i < refs.size(); i += 2) {
            Symbol name = symbols.symbol(refs.get(i), field);
            if (name == Symbol.EMPTY) {
                throw new IllegalArgumentException(field + ": an empty name (expected: names)");
            }
            if (name.compareTo(before) <= 0) {
                throw new IllegalArgumentException(
                        field + ": " + name + " after " + before + " (expected: sorted names, each once)");
            }
            Symbol value = symbols.symbol(refs.get(i + 1), field);
            bytes += name.length() + value.length();
            if (bytes > MOST_BYTES) {
                throw new IllegalArgumentException(
                        field + ": more than " + MOST_BYTES + " bytes of labels in a request (expected: fewer)");
            }
            builder.add(name, value);
            before = name;
        }
        return builder.build();
    }
}

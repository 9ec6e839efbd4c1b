package dev.millrace.spi.event;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The identity of a series: an immutable set of names with values, sorted by name in UTF-8 byte order.
 *
 * <p>Made once for each series and used again on every scrape. Names occur once, neither a name nor a value is empty;
 * the metric's own name is the label {@code __name__}. Equal by content: the hash narrows a search, it is never an
 * identity.
 *
 * <p>The hash is specified, because the journal's slots are made from it: start with 0; for each label in order, first
 * for its name and then for its value, {@code h = rotateLeft((h ^ fnv1a64(utf8)) * 0x9E3779B97F4A7C15, 31)}; at the end
 * MurmurHash3's 64-bit finalizer. {@link #slot()} is its highest six bits. This is version {@value #HASH_VERSION}.
 *
 * <p>Immutable and thread-safe.
 */
public final class Labels {
    /** The label that holds the metric's name. */
    public static final String METRIC_NAME = "__name__";

    /** No labels. */
    public static final Labels EMPTY = new Labels(new Symbol[0]);

    /** How many slots {@link #slot()} tells apart. */
    public static final int SLOTS = 64;

    /** The version of the hash, which changes with any change to {@link #slot()}. */
    public static final int HASH_VERSION = 1;

    /* The tags and lengths of a label, of its name and of its value, where they are short, in protobuf. */
    private static final int LABEL_BYTES = 6;

    /* Name, value, name, value. */
    private final Symbol[] symbols;
    private final long hash;
    private final int encodedLength;

    /** What {@link AddedLabels} keeps here; its fields are final, so any thread may read it. */
    AddedLabels.@Nullable Extended extended;

    Labels(Symbol[] symbols) {
        this.symbols = symbols;
        this.hash = hash(symbols);
        this.encodedLength = encodedLength(symbols);
    }

    /**
     * Labels of alternating names and values, in any order; a label with an empty value is left out.
     *
     * @throws IllegalArgumentException if a value is missing, a name is empty or occurs twice
     */
    public static Labels of(String... namesAndValues) {
        if (namesAndValues.length % 2 != 0) {
            throw new IllegalArgumentException("labels: " + namesAndValues.length + " strings (expected: pairs)");
        }
        LabelsBuilder builder = new LabelsBuilder();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            builder.add(Symbol.of(namesAndValues[i]), Symbol.of(namesAndValues[i + 1]));
        }
        return builder.build();
    }

    /** Labels of a map from names to values. */
    public static Labels of(Map<String, String> labels) {
        LabelsBuilder builder = new LabelsBuilder();
        labels.forEach(builder::set);
        return builder.build();
    }

    /** An empty builder. */
    public static LabelsBuilder builder() {
        return new LabelsBuilder();
    }

    /** A builder that starts with these labels. */
    public LabelsBuilder toBuilder() {
        return new LabelsBuilder(symbols);
    }

    /** The number of labels. */
    public int size() {
        return symbols.length / 2;
    }

    /** About how many bytes the labels take in a request, before compression: names, values and six more for each label. */
    public int encodedLength() {
        return encodedLength;
    }

    /** The name of the label at {@code index}, which is below {@link #size()}. */
    public Symbol name(int index) {
        return symbols[2 * index];
    }

    /** The value of the label at {@code index}, which is below {@link #size()}. */
    public Symbol value(int index) {
        return symbols[2 * index + 1];
    }

    /** The value of a label, or null where there is none of that name. */
    public @Nullable Symbol get(Symbol name) {
        for (int i = 0; i < symbols.length; i += 2) {
            if (symbols[i] == name) {
                return symbols[i + 1];
            }
        }
        return null;
    }

    /** The value of a label, or the empty string where there is none of that name. */
    public String get(String name) {
        Symbol value = get(Symbol.of(name));
        return value == null ? "" : value.toString();
    }

    /** The labels as a map in their order. */
    public Map<String, String> toMap() {
        Map<String, String> map = new LinkedHashMap<>();
        for (int i = 0; i < size(); i++) {
            map.put(name(i).toString(), value(i).toString());
        }
        return map;
    }

    /** The slot of the series, from 0 to 63, the same on every machine and in every run. */
    public int slot() {
        return (int) (hash >>> 58);
    }

    private static int encodedLength(Symbol[] symbols) {
        int length = symbols.length / 2 * LABEL_BYTES;
        for (Symbol symbol : symbols) {
            length += symbol.length();
        }
        return length;
    }

    private static long hash(Symbol[] symbols) {
        long h = 0;
        for (Symbol symbol : symbols) {
            h = Long.rotateLeft((h ^ symbol.hash()) * 0x9E3779B97F4A7C15L, 31);
        }
        h = (h ^ (h >>> 33)) * 0xff51afd7ed558ccdL;
        h = (h ^ (h >>> 33)) * 0xc4ceb9fe1a85ec53L;
        return h ^ (h >>> 33);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return this == other
                || other instanceof Labels that && hash == that.hash && Arrays.equals(symbols, that.symbols);
    }

    @Override
    public int hashCode() {
        return Long.hashCode(hash);
    }

    /** The labels as {@code {name="value", …}}, for messages. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder("{");
        for (int i = 0; i < size(); i++) {
            text.append(i == 0 ? "" : ", ")
                    .append(name(i))
                    .append("=\"")
                    .append(value(i))
                    .append('"');
        }
        return text.append('}').toString();
    }
}

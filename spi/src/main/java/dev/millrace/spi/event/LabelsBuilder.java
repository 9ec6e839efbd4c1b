package dev.millrace.spi.event;

import java.util.Arrays;
import java.util.Comparator;

/** A mutable set of labels, in any order. Not thread-safe; use it again after {@link #clear()}. */
public final class LabelsBuilder {
    /* As many symbols as are sorted in place; each of more would be moved too often. */
    private static final int FEW = 128;

    private Symbol[] symbols;
    private int length;

    LabelsBuilder() {
        symbols = new Symbol[32];
    }

    LabelsBuilder(Symbol[] start) {
        symbols = Arrays.copyOf(start, Math.max(32, start.length + 8));
        length = start.length;
    }

    /** Sets a label; an empty value removes it. */
    public LabelsBuilder set(String name, String value) {
        return set(Symbol.of(name), Symbol.of(value));
    }

    /** Sets a label; an empty value removes it. */
    public LabelsBuilder set(Symbol name, Symbol value) {
        if (value == Symbol.EMPTY) {
            return remove(name);
        }
        int at = find(name);
        if (at < 0) {
            return append(name, value);
        }
        symbols[at + 1] = value;
        return this;
    }

    /** Adds a label without looking for one of the same name; {@link #build()} refuses two. An empty value adds nothing. */
    public LabelsBuilder add(Symbol name, Symbol value) {
        return value == Symbol.EMPTY && name != Symbol.EMPTY ? this : append(name, value);
    }

    /** Removes a label, if it is there. */
    public LabelsBuilder remove(Symbol name) {
        int at = find(name);
        if (at >= 0) {
            symbols[at] = symbols[length - 2];
            symbols[at + 1] = symbols[length - 1];
            length -= 2;
        }
        return this;
    }

    /** Removes a label, if it is there. */
    public LabelsBuilder remove(String name) {
        return remove(Symbol.of(name));
    }

    /** The value of a label, or the empty string. */
    public String get(String name) {
        return get(Symbol.of(name)).toString();
    }

    /** The value of a label, or {@link Symbol#EMPTY}. */
    public Symbol get(Symbol name) {
        int at = find(name);
        return at < 0 ? Symbol.EMPTY : symbols[at + 1];
    }

    /** The number of labels so far, with those of one name that {@link #add} added twice. */
    public int size() {
        return length / 2;
    }

    /** Removes all labels. */
    public LabelsBuilder clear() {
        length = 0;
        return this;
    }

    /**
     * The labels set so far. The builder can be used on.
     *
     * @throws IllegalArgumentException if a name is empty or occurs twice
     */
    public Labels build() {
        sort();
        for (int i = 0; i < length; i += 2) {
            if (symbols[i] == Symbol.EMPTY) {
                throw new IllegalArgumentException("label name: \"\" (expected: not empty)");
            }
            if (i > 0 && symbols[i] == symbols[i - 2]) {
                throw new IllegalArgumentException("label name: " + symbols[i] + " twice (expected: once)");
            }
        }
        return length == 0 ? Labels.EMPTY : new Labels(Arrays.copyOf(symbols, length));
    }

    private LabelsBuilder append(Symbol name, Symbol value) {
        if (length == symbols.length) {
            symbols = Arrays.copyOf(symbols, length * 2);
        }
        symbols[length++] = name;
        symbols[length++] = value;
        return this;
    }

    private int find(Symbol name) {
        for (int i = 0; i < length; i += 2) {
            if (symbols[i] == name) {
                return i;
            }
        }
        return -1;
    }

    /* Insertion sort: series have few labels, and those of one target arrive nearly sorted. */
    private void sort() {
        if (length > FEW) {
            sortMany();
            return;
        }
        for (int i = 2; i < length; i += 2) {
            Symbol name = symbols[i];
            Symbol value = symbols[i + 1];
            int j = i;
            for (; j > 0 && symbols[j - 2].compareTo(name) > 0; j -= 2) {
                symbols[j] = symbols[j - 2];
                symbols[j + 1] = symbols[j - 1];
            }
            symbols[j] = name;
            symbols[j + 1] = value;
        }
    }

    private void sortMany() {
        Symbol[][] labels = new Symbol[length / 2][];
        Arrays.setAll(labels, i -> new Symbol[] {symbols[2 * i], symbols[2 * i + 1]});
        Arrays.sort(labels, Comparator.comparing(label -> label[0]));
        for (int i = 0; i < labels.length; i++) {
            symbols[2 * i] = labels[i][0];
            symbols[2 * i + 1] = labels[i][1];
        }
    }
}

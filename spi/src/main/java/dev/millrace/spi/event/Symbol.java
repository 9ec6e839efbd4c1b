package dev.millrace.spi.event;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A string that occurs in labels, held once in the process as UTF-8.
 *
 * <p>Two symbols with the same bytes are the same object, so identity is equality. {@link #number()} is small, unique
 * among the symbols that are alive, and dense, so that an encoder finds a symbol's place in its request in an array
 * instead of a hash table. A symbol that nothing refers to is garbage collected and its number used again.
 *
 * <p>Thread-safe.
 */
public final class Symbol implements Comparable<Symbol> {
    /** The empty string. */
    public static final Symbol EMPTY = Symbol.of("");

    private final byte[] utf8;
    private final long hash;
    private final int number;

    /** What {@link LabelEncoding} keeps here. */
    LabelEncoding.@Nullable Kept kept;

    Symbol(byte[] utf8, long hash, int number) {
        this.utf8 = utf8;
        this.hash = hash;
        this.number = number;
    }

    /** The symbol of a string. A lone surrogate becomes {@code ?}, as in every Java encoder. */
    public static Symbol of(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return SymbolTable.SHARED.intern(bytes, 0, bytes.length);
    }

    /** The symbol of UTF-8 bytes, which are copied when they are new. The caller has checked that they are UTF-8. */
    public static Symbol of(byte[] utf8, int offset, int length) {
        return SymbolTable.SHARED.intern(utf8, offset, length);
    }

    /** The length in bytes. */
    public int length() {
        return utf8.length;
    }

    /** A number from 0, unique among the symbols that are alive. */
    public int number() {
        return number;
    }

    /** FNV-1a, 64 bits, of the bytes. */
    long hash() {
        return hash;
    }

    /** Copies all bytes to {@code target} and returns the offset behind them. */
    public int copyTo(byte[] target, int offset) {
        System.arraycopy(utf8, 0, target, offset, utf8.length);
        return offset + utf8.length;
    }

    boolean holds(byte[] bytes, int offset, int length) {
        return Arrays.equals(utf8, 0, utf8.length, bytes, offset, offset + length);
    }

    /** Orders by UTF-8 bytes, unsigned: the order that remote write asks for, which is not that of {@code String}. */
    @Override
    public int compareTo(Symbol other) {
        return this == other ? 0 : Arrays.compareUnsigned(utf8, other.utf8);
    }

    /** The same in every process, unlike the identity's. Identity is equality, so {@code equals} is the inherited one. */
    @Override
    public int hashCode() {
        return Long.hashCode(hash);
    }

    /** The text. */
    @Override
    public String toString() {
        return new String(utf8, StandardCharsets.UTF_8);
    }
}

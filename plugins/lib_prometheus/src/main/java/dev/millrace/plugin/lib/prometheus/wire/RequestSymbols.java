package dev.millrace.plugin.lib.prometheus.wire;

import dev.millrace.spi.event.Symbol;
import java.util.Arrays;

/**
 * The symbols of a request: each once, in the order in which they were first asked for, the empty one first.
 *
 * <p>A symbol's place is found in an array by its number, without a hash. What the array holds is the place plus a base
 * that grows with each request by the number of its symbols, so that what an earlier request left there is below the
 * base and nothing has to be cleared. The symbols of the request are referred to until it ends, so that no number changes
 * hands meanwhile. Used again and again; not thread-safe.
 */
final class RequestSymbols {
    private static final int HIGHEST_BASE = Integer.MAX_VALUE / 2;

    private int[] places = new int[1024];
    private Symbol[] symbols = new Symbol[1024];
    private int base = 1;
    private int count;
    private int bytes;

    /** Begins a request. */
    void begin() {
        count = 0;
        bytes = 0;
        add(Symbol.EMPTY);
    }

    /** Ends the request, whose symbols are forgotten. */
    void end() {
        Arrays.fill(symbols, 0, count, Symbol.EMPTY);
        base += count;
        if (base > HIGHEST_BASE) {
            Arrays.fill(places, 0);
            base = 1;
        }
    }

    /** The place of a symbol in the request, which it gets here where it has none. */
    int place(Symbol symbol) {
        int place = known(symbol);
        return place >= 0 ? place : add(symbol);
    }

    /** The place of a symbol in the request; negative where it has none. */
    int known(Symbol symbol) {
        int number = symbol.number();
        return number < places.length ? places[number] - base : -1;
    }

    private int add(Symbol symbol) {
        int number = symbol.number();
        if (number >= places.length) {
            places = Arrays.copyOf(places, Math.max(number + 1, places.length + places.length / 2));
        }
        if (count == symbols.length) {
            symbols = Arrays.copyOf(symbols, count * 2);
        }
        places[number] = base + count;
        symbols[count] = symbol;
        bytes += 1 + FieldWriter.varintSize(symbol.length()) + symbol.length();
        return count++;
    }

    /** The number of bytes that {@link #write} writes. */
    int bytes() {
        return bytes;
    }

    /** Writes all symbols, each as a field 4 of the request. */
    void write(byte[] target, int offset) {
        int at = offset;
        for (int i = 0; i < count; i++) {
            Symbol symbol = symbols[i];
            target[at++] = RequestTags.REQUEST_SYMBOLS;
            at = FieldWriter.putVarint(target, at, symbol.length());
            at = symbol.copyTo(target, at);
        }
    }
}

package dev.millrace.plugin.lib.prometheus.wire;

import dev.millrace.spi.event.Symbol;
import dev.millrace.spi.extension.DecodingException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The strings of a received request. Only those that labels refer to become symbols, when they are first asked for, so
 * that a string that nobody needs costs no more than a number.
 */
final class ReceivedSymbols {
    private final byte[] body;

    /* Where each string stands: its start, and its length in the lower half. */
    private final Longs places = new Longs();
    private @Nullable Symbol[] symbols = new Symbol[0];
    private final Map<Integer, String> texts = new HashMap<>();

    ReceivedSymbols(byte[] body) {
        this.body = body;
    }

    /** Reads one more. */
    void read(MessageReader reader) throws IOException {
        int length = reader.text();
        places.add((long) (reader.position() - length) << 32 | length);
    }

    /**
     * Ends reading; from now on there are no others.
     *
     * @throws DecodingException if the first is not the empty one
     */
    void complete() throws DecodingException {
        symbols = new Symbol[places.size()];
        if (places.size() > 0 && length(0) > 0) {
            throw new DecodingException("symbols[0]: " + length(0) + " bytes (expected: the empty string)");
        }
    }

    /**
     * The symbol at a place.
     *
     * @throws IllegalArgumentException if there is no such place
     */
    Symbol symbol(long place, String field) {
        int index = check(place, field);
        Symbol symbol = symbols[index];
        if (symbol == null) {
            symbol = Symbol.of(body, start(index), length(index));
            symbols[index] = symbol;
        }
        return symbol;
    }

    /**
     * The string at a place, which is made once, however many series refer to it.
     *
     * @throws IllegalArgumentException if there is no such place
     */
    String text(long place, String field) {
        if (place == 0) {
            return ""; // also where there are no symbols, because a field that is not there is 0
        }
        int index = check(place, field);
        return texts.computeIfAbsent(index, i -> new String(body, start(i), length(i), StandardCharsets.UTF_8));
    }

    private int check(long place, String field) {
        if (place < 0 || place >= places.size()) {
            throw new IllegalArgumentException(
                    field + ": " + place + " (expected: below " + places.size() + ", the number of symbols)");
        }
        return (int) place;
    }

    private int start(int index) {
        return (int) (places.get(index) >>> 32);
    }

    private int length(int index) {
        return (int) places.get(index);
    }
}

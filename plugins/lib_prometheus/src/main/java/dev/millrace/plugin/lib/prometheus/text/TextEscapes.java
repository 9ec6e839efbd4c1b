package dev.millrace.plugin.lib.prometheus.text;

import dev.millrace.spi.event.Symbol;
import java.nio.charset.StandardCharsets;

/**
 * Resolves {@code \\}, {@code \n} and, in quoted text, {@code \"}. Any other backslash stands for itself, as in
 * Prometheus.
 */
final class TextEscapes {
    private TextEscapes() {}

    /** The symbol of quoted text. */
    static Symbol symbol(byte[] bytes, int from, int to) {
        for (int i = from; i < to; i++) {
            if (bytes[i] == '\\') {
                byte[] plain = new byte[to - from];
                return Symbol.of(plain, 0, resolve(bytes, from, to, true, plain));
            }
        }
        return Symbol.of(bytes, from, to - from);
    }

    static String decode(byte[] bytes, int from, int to, boolean quoted) {
        byte[] plain = new byte[to - from];
        return new String(plain, 0, resolve(bytes, from, to, quoted, plain), StandardCharsets.UTF_8);
    }

    private static int resolve(byte[] bytes, int from, int to, boolean quoted, byte[] target) {
        int length = 0;
        for (int i = from; i < to; i++) {
            byte next = bytes[i] == '\\' && i + 1 < to ? bytes[i + 1] : 0;
            if (next == '\\' || quoted && next == '"') {
                target[length++] = next;
                i++;
            } else if (next == 'n') {
                target[length++] = '\n';
                i++;
            } else {
                target[length++] = bytes[i];
            }
        }
        return length;
    }
}

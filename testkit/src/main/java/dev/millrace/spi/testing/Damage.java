package dev.millrace.spi.testing;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** Changes bytes as networks, bugs and enemies do: cuts, flips, lies about lengths, repeats, and mixes with something else. */
final class Damage {
    private static final int MOST_CHANGES = 4;
    private static final int LONG_RUN = 100_000;

    private final Random random;
    private final List<byte[]> tokens;

    /** Damage in which {@code tokens} turn up, which mean something to a parser. */
    Damage(Random random, List<String> tokens) {
        this.random = random;
        this.tokens = tokens.stream()
                .map(token -> token.getBytes(StandardCharsets.UTF_8))
                .toList();
    }

    /** The bytes with some changes; {@code other} is what parts are taken of. */
    byte[] of(byte[] whole, byte[] other) {
        byte[] bytes = whole.clone();
        for (int changes = random.nextInt(MOST_CHANGES) + 1; changes > 0 && bytes.length > 0; changes--) {
            bytes = changed(bytes, random.nextInt(bytes.length), other);
        }
        return bytes;
    }

    private byte[] changed(byte[] bytes, int at, byte[] other) {
        return switch (random.nextInt(tokens.isEmpty() ? 7 : 9)) {
            case 0 -> Arrays.copyOf(bytes, at);
            case 1 -> with(bytes, at, (byte) (bytes[at] ^ 1 << random.nextInt(8)));
            case 2 -> with(bytes, at, (byte) random.nextInt());
            case 3 -> filled(bytes, at);
            case 4 -> replaced(bytes, at, at, noise());
            case 5 -> replaced(bytes, at, at + random.nextInt(bytes.length - at), part(other));
            case 6 -> replaced(bytes, at, at, run(new byte[] {bytes[at]}));
            case 7 -> replaced(bytes, at, at + random.nextInt(2), token());
            default -> replaced(bytes, at, at, run(token()));
        };
    }

    private static byte[] with(byte[] bytes, int at, byte changed) {
        bytes[at] = changed;
        return bytes;
    }

    /* A length or a reference that lies: the largest numbers of all encodings are bytes of ones. */
    private byte[] filled(byte[] bytes, int at) {
        Arrays.fill(bytes, at, Math.min(bytes.length, at + 1 + random.nextInt(11)), (byte) 0xff);
        return bytes;
    }

    private byte[] noise() {
        byte[] noise = new byte[1 + random.nextInt(9)];
        random.nextBytes(noise);
        return noise;
    }

    private byte[] part(byte[] whole) {
        int from = random.nextInt(whole.length + 1);
        return Arrays.copyOfRange(whole, from, from + random.nextInt(whole.length - from + 1));
    }

    private byte[] token() {
        return tokens.get(random.nextInt(tokens.size()));
    }

    private byte[] run(byte[] unit) {
        int times = 1 + random.nextInt(random.nextInt(50) == 0 ? LONG_RUN / unit.length : 100);
        byte[] run = new byte[times * unit.length];
        for (int i = 0; i < run.length; i++) {
            run[i] = unit[i % unit.length];
        }
        return run;
    }

    private static byte[] replaced(byte[] bytes, int from, int to, byte[] by) {
        byte[] result = Arrays.copyOf(bytes, from + by.length + bytes.length - to);
        System.arraycopy(by, 0, result, from, by.length);
        System.arraycopy(bytes, to, result, from + by.length, bytes.length - to);
        return result;
    }
}

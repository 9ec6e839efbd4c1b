package dev.millrace.plugin.lib.otlp.metrics;

import java.util.Random;

/** Changes bytes at random. */
public final class Damage {
    private Damage() {}

    public static void damage(byte[] bytes, Random random) {
        if (bytes.length == 0) {
            return;
        }
        for (int i = random.nextInt(4); i >= 0; i--) {
            int at = random.nextInt(bytes.length);
            switch (random.nextInt(3)) {
                case 0 -> bytes[at] = (byte) random.nextInt();
                case 1 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
                default -> {
                    int from = random.nextInt(bytes.length);
                    int count = Math.min(random.nextInt(16), bytes.length - Math.max(from, at));
                    System.arraycopy(bytes, from, bytes, at, count);
                }
            }
        }
    }
}

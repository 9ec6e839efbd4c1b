package dev.millrace.plugin.lib.prometheus.protobuf;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Reads what protobuf has written, and damaged forms of it. The profile {@code long} makes the tests longer. */
@Timeout(value = 900, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class ProtobufParserOracleTest {
    private static final int PAGES = Integer.getInteger("millrace.batches", 10_000);
    private static final Duration TIME =
            Duration.parse("PT" + System.getProperty("millrace.fuzz", "2s").toUpperCase(Locale.ROOT));

    private final Random random = new Random(seed());

    private static long seed() {
        long seed = Long.getLong("millrace.seed", System.nanoTime());
        System.out.println("millrace.seed=" + seed);
        return seed;
    }

    @Test
    void readsWhatProtobufWrites() throws ProtobufFormatException {
        int rows = 0;
        for (int i = 0; i < PAGES; i++) {
            boolean natives = random.nextInt(4) > 0;
            boolean classicToo = random.nextBoolean();
            RandomFamilies families = new RandomFamilies(random, natives, classicToo);
            assertThat(ParsedRow.of(families.page(), natives, classicToo)).isEqualTo(families.rows());
            rows += families.rows().size();
        }
        assertThat(rows).isGreaterThan(10_000);
    }

    @Test
    void refusesDamageInWordsOrReadsOn() {
        long end = System.nanoTime() + TIME.toNanos();
        int refused = 0;
        for (int i = 0; i < 2_000 || System.nanoTime() < end; i++) {
            byte[] page = damaged(new RandomFamilies(random, true, true).page());
            try {
                ParsedRow.of(page, random.nextBoolean(), random.nextBoolean());
            } catch (ProtobufFormatException e) {
                assertThat(e).hasMessageContaining("(expected: ");
                refused++;
            }
        }
        assertThat(refused).isPositive();
    }

    private byte[] damaged(byte[] page) {
        byte[] damaged = page.clone();
        for (int i = random.nextInt(4); i > 0 && damaged.length > 0; i--) {
            int at = random.nextInt(damaged.length);
            switch (random.nextInt(5)) {
                case 0 -> damaged = Arrays.copyOf(damaged, at);
                case 1 -> damaged[at] ^= (byte) (1 << random.nextInt(8));
                case 2 -> damaged[at] = (byte) random.nextInt();
                case 3 -> Arrays.fill(damaged, at, Math.min(damaged.length, at + random.nextInt(12)), (byte) 0xff);
                default -> {
                    byte[] more = new byte[damaged.length + random.nextInt(9)];
                    random.nextBytes(more);
                    System.arraycopy(damaged, 0, more, 0, at);
                    System.arraycopy(damaged, at, more, more.length - (damaged.length - at), damaged.length - at);
                    damaged = more;
                }
            }
        }
        return damaged;
    }
}

package dev.millrace.plugin.lib.prometheus.protobuf;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.spi.testing.Fuzz;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Reads what protobuf has written, and damaged forms of it. The profile {@code long} makes the tests longer. */
@Timeout(value = 900, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class ProtobufParserOracleTest {
    private static final int PAGES = Integer.getInteger("millrace.batches", 10_000);

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
        Fuzz.Figures figures = Fuzz.of(
                        "exposition as protobuf", random -> new RandomFamilies(random, true, true).page())
                .run(
                        page -> {
                            for (int i = 0; i < 4; i++) {
                                ParsedRow.of(page, i % 2 == 0, i < 2);
                            }
                        },
                        ProtobufFormatException.class,
                        e -> assertThat(e).hasMessageContaining("(expected: "));
        assertThat(figures.refused()).isPositive();
    }
}

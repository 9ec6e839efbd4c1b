package dev.millrace.core.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

final class RealColumnTest {
    private final PayloadOutput out = new PayloadOutput();

    private int sizeOf(double value) {
        out.clear();
        RealColumn.write(out, Double.doubleToRawLongBits(value));
        return out.size();
    }

    @Test
    void keepsEveryBit() throws MalformedPayloadException {
        Random random = new Random(Long.getLong("millrace.seed", 1));
        long[] bits = new long[100_000];
        for (int i = 0; i < bits.length; i++) {
            long pattern = random.nextLong() << random.nextInt(64);
            bits[i] = random.nextBoolean()
                    ? pattern
                    : Double.doubleToRawLongBits((double) (pattern >> random.nextInt(64)));
            RealColumn.write(out, bits[i]);
        }
        PayloadInput in = new PayloadInput().reset(out.toBuffer().array(), 0, out.size());
        for (long expected : bits) {
            assertThat(RealColumn.read(in)).isEqualTo(expected);
        }
    }

    @Test
    void isShortForWhatIsCommon() {
        assertThat(sizeOf(0)).isEqualTo(1);
        assertThat(sizeOf(1)).isEqualTo(1);
        assertThat(sizeOf(4000)).isEqualTo(2);
        assertThat(sizeOf(0.5)).isEqualTo(3);
        assertThat(sizeOf(0.1)).isEqualTo(9);
    }
}

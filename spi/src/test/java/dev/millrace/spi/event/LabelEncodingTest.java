package dev.millrace.spi.event;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.spi.BodyBuffer;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class LabelEncodingTest {
    private static final AtomicInteger TESTS = new AtomicInteger();

    /* Values of this test alone: what they keep outlives it. */
    private final String one = "one of test " + TESTS.incrementAndGet();
    private final String two = "two of test " + TESTS.get();

    private final Labels labels = Labels.of("a", one, "b", two);
    private final Counted encoding = new Counted("");

    private static final class Counted extends LabelEncoding {
        private final String prefix;
        private int calls;

        Counted(String prefix) {
            this.prefix = prefix;
        }

        @Override
        protected void encode(Symbol name, Symbol value, BodyBuffer target) {
            calls++;
            if (!name.toString().equals("impossible")) {
                byte[] text = (prefix + name + "=" + value + ",").getBytes(StandardCharsets.UTF_8);
                target.write(text, 0, text.length);
            }
        }
    }

    private static String written(LabelEncoding encoding, Labels labels) {
        BodyBuffer target = new BodyBuffer(0);
        target.write('>');
        assertThat(encoding.write(labels, target)).isEqualTo(target.length() > 1);
        return target.toString();
    }

    @Test
    void keepsTheBytesFromTheSecondUseOn() {
        for (int use = 1; use <= 4; use++) {
            assertThat(written(encoding, labels)).isEqualTo(">a=" + one + ",b=" + two + ",");
            assertThat(encoding.calls).isEqualTo(2 * Math.min(use, 2));
        }
    }

    @Test
    void keepsThemForAllSeriesOfALabel() {
        Labels other = Labels.of("a", one, "c", "three");
        written(encoding, labels);
        written(encoding, other);
        assertThat(encoding.calls).isEqualTo(4);
        assertThat(written(encoding, other)).isEqualTo(">a=" + one + ",c=three,");
        assertThat(encoding.calls).isEqualTo(5);
    }

    @Test
    void doesNotBelieveWhatWasKeptForAnotherName() {
        Labels other = Labels.of("a", two, "b", one);
        for (int use = 0; use < 3; use++) {
            assertThat(written(encoding, labels)).isEqualTo(">a=" + one + ",b=" + two + ",");
            assertThat(written(encoding, other)).isEqualTo(">a=" + two + ",b=" + one + ",");
        }
        int calls = encoding.calls;
        written(encoding, labels);
        written(encoding, other);
        assertThat(encoding.calls).isEqualTo(calls + 2);
    }

    @Test
    void doesNotBelieveWhatAnotherEncodingKept() {
        Counted other = new Counted("other ");
        for (int use = 0; use < 3; use++) {
            assertThat(written(encoding, labels)).isEqualTo(">a=" + one + ",b=" + two + ",");
            assertThat(written(other, labels)).isEqualTo(">other a=" + one + ",other b=" + two + ",");
        }
        int calls = other.calls;
        written(other, labels);
        assertThat(other.calls).isEqualTo(calls);
    }

    @Test
    void writesNothingWhereALabelCannotBeWritten() {
        for (int use = 0; use < 3; use++) {
            assertThat(written(encoding, Labels.of("a", one, "impossible", "four")))
                    .isEqualTo(">");
        }
    }
}

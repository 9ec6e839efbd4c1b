package dev.millrace.spi.event;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.spi.BodyBuffer;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class LabelsEncodingTest {
    private final Labels labels = Labels.of("a", "1", "b", "2");
    private final Counted encoding = new Counted("");

    private static final class Counted extends LabelsEncoding {
        private final String prefix;
        private int calls;

        Counted(String prefix) {
            this.prefix = prefix;
        }

        @Override
        protected void encode(Labels labels, BodyBuffer target) {
            calls++;
            byte[] text = (prefix + labels).getBytes(StandardCharsets.UTF_8);
            target.write(text, 0, text.length);
        }
    }

    private static String written(LabelsEncoding encoding, Labels labels) {
        BodyBuffer target = new BodyBuffer(0);
        target.write('>');
        encoding.write(labels, target);
        return target.toString();
    }

    @Test
    void keepsTheBytesFromTheSecondUseOn() {
        for (int use = 1; use <= 4; use++) {
            assertThat(written(encoding, labels)).isEqualTo(">{a=\"1\", b=\"2\"}");
            assertThat(encoding.calls).isEqualTo(Math.min(use, 2));
        }
    }

    @Test
    void doesNotBelieveWhatAnotherEncodingKept() {
        Counted other = new Counted("other ");
        for (int use = 0; use < 3; use++) {
            assertThat(written(encoding, labels)).isEqualTo(">{a=\"1\", b=\"2\"}");
            assertThat(written(other, labels)).isEqualTo(">other {a=\"1\", b=\"2\"}");
        }
        int calls = other.calls;
        written(other, labels);
        assertThat(other.calls).isEqualTo(calls);
    }

    @Test
    void keepsThatThereIsNothing() {
        LabelsEncoding nothing = new LabelsEncoding() {
            @Override
            protected void encode(Labels labels, BodyBuffer target) {}
        };
        for (int use = 0; use < 3; use++) {
            assertThat(written(nothing, labels)).isEqualTo(">");
        }
        assertThat(written(encoding, labels)).isEqualTo(">{a=\"1\", b=\"2\"}");
    }
}

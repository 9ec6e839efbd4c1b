package dev.millrace.plugin.metric.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.spi.testing.AllocatedBytes;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ProcTextTest {
    @ParameterizedTest
    @CsvSource({
        "0, 0",
        "-1, -1",
        "0.52, 0.52",
        "922337203685477579, 922337203685477579",
        "9223372036854775807, 9.223372036854775807e18",
        "9223372036854775808, 9.223372036854775808e18",
        "18446744073709551615, 1.8446744073709551615e19",
        "007, 7"
    })
    void readsNumbersAsLargeAsTheKernelHasThem(String text, double expected) throws IOException {
        assertThat(of(text).nextNumber()).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "1x", "-", ".", "1.2.3", "1e3", "--1", "1-"})
    void namesThePlaceOfWhatIsNoNumber(String text) throws IOException {
        ProcText line = of("first\nsecond " + text);
        line.nextLine();
        line.nextField();
        assertThatThrownBy(line::nextNumber)
                .isInstanceOf(IOException.class)
                .hasMessage("test: line 2: '" + text + "' (expected: a number)");
    }

    @ParameterizedTest
    @CsvSource({"0x1003, 4099", "12, 12", "0x0, 0"})
    void readsIntegersInBothWritings(String text, double expected) throws IOException {
        ProcText line = of(text);
        line.nextField();
        assertThat(line.integer()).isEqualTo(expected);
    }

    @Test
    void takesLinesApart() throws IOException {
        ProcText text = of("  a b:c  \t d\n\nlast: 1");
        assertThat(text.nextFieldBefore(':')).isTrue();
        assertThat(text.text()).isEqualTo("a b");
        text.skipSeparator();
        assertThat(text.nextField()).isTrue();
        assertThat(text.is("c")).isTrue();
        assertThat(text.nextField()).isTrue();
        assertThat(text.text()).isEqualTo("d");
        assertThat(text.nextField()).isFalse();
        assertThat(text.nextLine()).isTrue();
        assertThat(text.nextField()).isFalse();
        assertThat(text.nextFieldBefore(':')).isFalse();
        assertThat(text.nextLine()).isTrue();
        assertThat(text.endsLine(" 1")).isTrue();
        assertThat(text.endsLine("much longer than the line")).isFalse();
        text.rest();
        assertThat(text.text()).isEqualTo("last: 1");
        assertThat(text.nextLine()).isFalse();
    }

    @Test
    void readsFilesLongerThanItsBuffer(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("long"), "x".repeat(100_000) + " 1\nlast 2");
        ProcText text = new ProcText().read(file);
        text.nextLine();
        text.nextField();
        assertThat(text.nextNumber()).isEqualTo(1);
        text.nextLine();
        text.nextField();
        assertThat(text.nextNumber()).isEqualTo(2);
    }

    @Test
    void namesTheFileThatIsNotThere(@TempDir Path folder) {
        assertThatThrownBy(() -> new ProcText().read(folder.resolve("none")))
                .isInstanceOf(IOException.class)
                .hasMessageContaining(folder.resolve("none").toString());
    }

    @Test
    void makesNothingForWhatIsKnown() throws Exception {
        byte[] page = "cpu0 1 22 333\ncpu1 4 55 666\n".getBytes(StandardCharsets.US_ASCII);
        ByteArrayInputStream in = new ByteArrayInputStream(page);
        ProcText text = new ProcText();
        ByName<Object> known = new ByName<>(name -> name);
        assertThat(AllocatedBytes.leastOf(0, () -> {
                    in.reset();
                    text.readAvailable(in, "test");
                    while (text.nextLine()) {
                        text.nextField();
                        known.of(text);
                        text.nextNumber();
                    }
                    known.endRound();
                }))
                .isZero();
    }

    @Test
    void forgetsWhatARoundDoesNotAskFor() throws IOException {
        ByName<Object> known = new ByName<>(name -> new Object());
        Object[] first = round(known, 100);
        assertThat(round(known, 100)).containsExactly(first);
        Object[] fewer = round(known, 3);
        assertThat(fewer).containsExactly(first[0], first[1], first[2]);
        assertThat(known.size()).isEqualTo(3);
        assertThat(round(known, 4)[3]).isNotSameAs(first[3]);
    }

    private static Object[] round(ByName<Object> known, int names) throws IOException {
        Object[] values = new Object[names];
        for (int i = 0; i < names; i++) {
            ProcText text = of("name" + i);
            text.nextField();
            values[i] = known.of(text);
        }
        known.endRound();
        return values;
    }

    private static ProcText of(String content) throws IOException {
        ProcText text = new ProcText()
                .readAvailable(new ByteArrayInputStream(content.getBytes(StandardCharsets.UTF_8)), "test");
        text.nextLine();
        return text;
    }
}

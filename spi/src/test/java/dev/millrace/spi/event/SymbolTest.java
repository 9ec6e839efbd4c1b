package dev.millrace.spi.event;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class SymbolTest {
    @Test
    void isOneObjectForEachText() {
        byte[] padded = "xjoby".getBytes(StandardCharsets.UTF_8);
        Symbol job = Symbol.of("job");
        assertThat(Symbol.of(padded, 1, 3)).isSameAs(job);
        assertThat(Symbol.of("jobs")).isNotSameAs(job).isNotEqualTo(job);
        assertThat(Symbol.of("")).isSameAs(Symbol.EMPTY);
        assertThat(job).hasToString("job");
    }

    @Test
    void keepsItsTextWhenTheCallersBytesChange() {
        byte[] bytes = "changes".getBytes(StandardCharsets.UTF_8);
        Symbol symbol = Symbol.of(bytes, 0, bytes.length);
        Arrays.fill(bytes, (byte) 'x');
        assertThat(symbol).hasToString("changes").isSameAs(Symbol.of("changes"));
    }

    @Test
    void isOrderedByUtf8Bytes() {
        List<String> ordered = List.of("", "A", "_", "a", "aa", "b", "é", "漢", "\uE000", "\uFFFD", "\uD83D\uDE00");
        Symbol[] sorted = Stream.of("b", "\uD83D\uDE00", "", "é", "\uFFFD", "aa", "_", "漢", "A", "\uE000", "a")
                .map(Symbol::of)
                .sorted()
                .toArray(Symbol[]::new);
        assertThat(sorted).extracting(Symbol::toString).containsExactlyElementsOf(ordered);
        assertThat(Symbol.of("a").compareTo(Symbol.of("a"))).isZero();
    }

    @Test
    void givesItsBytes() {
        Symbol symbol = Symbol.of("hé");
        byte[] target = new byte[6];
        assertThat(symbol.length()).isEqualTo(3);
        assertThat(symbol.copyTo(target, 2)).isEqualTo(5);
        assertThat(target).containsExactly(0, 0, 'h', 0xc3, 0xa9, 0);
    }

    @Test
    void turnsLoneSurrogatesIntoQuestionMarks() {
        assertThat(Symbol.of("\uD83D")).isSameAs(Symbol.of("?"));
    }

    @Test
    void hashesAsFnv1aDoes() {
        assertThat(Symbol.EMPTY.hash()).isEqualTo(0xcbf29ce484222325L);
        assertThat(Symbol.of("a").hash()).isEqualTo(0xaf63dc4c8601ec8cL);
        assertThat(Symbol.of("foobar").hash()).isEqualTo(0x85944171f73967e8L);
    }
}

package dev.millrace.core.trial;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

final class SampleTest {
    private static List<String> lines(List<Sample> samples) {
        return samples.stream().map(Sample::toString).toList();
    }

    @Test
    void readsLines() {
        assertThat(lines(Sample.parse("""
                # a comment
                up 1

                up{job="a b} 1", zone="x"}   -2.5   1m30s
                {__name__="up",job="a"} stale 0s
                up {job="a"} +Inf
                """)))
                .containsExactly(
                        "up 1",
                        "up{job=\"a b} 1\",zone=\"x\"} -2.5 90s",
                        "up{job=\"a\"} stale 0s",
                        "up{job=\"a\"} +Inf");
    }

    @Test
    void saysWhatIsNone() {
        for (String line : new String[] {"up", "up{job=\"a\"}", "up one", "up 1 soon", "up 1 1s 2s", "up{job} 1"}) {
            assertThatThrownBy(() -> Sample.parse(line))
                    .as(line)
                    .isInstanceOf(RuntimeException.class)
                    .hasMessageContaining("expected");
        }
    }

    @Test
    void aTimeThatIsNotGivenIsAnyAndTheLastDigitsOfASumAreNotLookedAt() {
        Sample sum = Sample.parse("m 0.3 1m").get(0);
        assertThat(Sample.parse("m 0.30000000000000004").get(0).expects(sum)).isTrue();
        assertThat(Sample.parse("m 0.3 60s").get(0).expects(sum)).isTrue();
        assertThat(Sample.parse("m 0.3 59s").get(0).expects(sum)).isFalse();
        assertThat(Sample.parse("m 0.31").get(0).expects(sum)).isFalse();
        assertThat(Sample.parse("m stale").get(0).expects(sum)).isFalse();
        assertThat(Sample.parse("m{a=\"b\"} 0.3").get(0).expects(sum)).isFalse();
    }

    @Test
    void readsSequences() {
        assertThat(lines(ValueSequence.parse("up", "1 _ stale 0x1 1+2x2 -1-1x1 _x2 NaN", 15_000)))
                .containsExactly(
                        "up 1 0s",
                        "up stale 30s",
                        "up 0 45s",
                        "up 0 1m",
                        "up 1 75s",
                        "up 3 90s",
                        "up 5 105s",
                        "up -1 2m",
                        "up -2 135s",
                        "up NaN 195s");
        assertThatThrownBy(() -> ValueSequence.parse("up", "1 two", 1000)).hasMessageContaining("'two' (expected: ");
    }
}

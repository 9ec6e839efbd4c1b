package dev.millrace.core.matching;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.spi.event.Labels;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class SeriesTextTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "up{job=\"node\",instance=\"a:9100\"}",
                " up { job = \"node\" , instance=\"a:9100\", } ",
                "{__name__=\"up\",job=\"node\",instance=\"a:9100\"}",
                "__name__=up,job=node,instance=a:9100",
                "{\"__name__\"=\"up\",\"job\"=\"node\",instance=\"a:9100\"}",
            })
    void readsLabels(String text) {
        assertThat(SeriesText.parse(text)).isEqualTo(Labels.of("__name__", "up", "job", "node", "instance", "a:9100"));
    }

    @Test
    void readsWhatAddressesAndUrlsHold() {
        assertThat(SeriesText.parse("{__address__=\"http://a/b?c=d\",x=\"a\\\"}\"}"))
                .isEqualTo(Labels.of("__address__", "http://a/b?c=d", "x", "a\"}"));
        assertThat(SeriesText.parse("up{}")).isEqualTo(Labels.of("__name__", "up"));
        assertThat(SeriesText.parse("")).isEqualTo(Labels.EMPTY);
    }

    @ParameterizedTest
    @ValueSource(strings = {"up{job", "up", "up{job=\"a}", "{=\"a\"}", "up{a=\"b\"} 1"})
    void refusesWhatIsNone(String text) {
        assertThatThrownBy(() -> SeriesText.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("expected: labels such as");
    }
}

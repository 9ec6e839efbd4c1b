package dev.millrace.core.matching;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.spi.event.Labels;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class SeriesSelectorTest {
    private static final Labels UP = Labels.of("__name__", "up", "job", "a,b\"", "zone", "z1");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "up",
                "{}",
                "up{}",
                " up { zone = \"z1\" , } ",
                "{__name__=~\"u.\",zone!=\"z2\"}",
                "{job=\"a,b\\\"\"}"
            })
    void selectsWhatMeetsAllConditions(String text) {
        assertThat(SeriesSelector.parse(text).selects(UP)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"down", "up{zone=\"z2\"}", "{zone=~\"z1\",job=\"a\"}", "{other!=\"\"}"})
    void selectsNothingElse(String text) {
        assertThat(SeriesSelector.parse(text).selects(UP)).isFalse();
    }

    @Test
    void saysWhatIsNone() {
        for (String text : new String[] {"", "up{", "up{zone}", "{a=~\"(\"}"}) {
            assertThatThrownBy(() -> SeriesSelector.parse(text))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("expected");
        }
    }
}

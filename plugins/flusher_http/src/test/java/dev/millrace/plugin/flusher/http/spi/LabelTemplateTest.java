package dev.millrace.plugin.flusher.http.spi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.spi.event.Labels;
import dev.millrace.spi.event.Symbol;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class LabelTemplateTest {
    private static final Labels LABELS = Labels.of("db", "my$1", "__path__", "/var");

    @ParameterizedTest
    @CsvSource({
        "plain 50%, plain 50%",
        "'', ''",
        "%{metadata.db}, my$1",
        "a-%{tag.__path__}%{tag.db}-b, a-/varmy$1-b",
        "%{tag.absent}, ''",
        "%{, %{",
    })
    void putsTheValuesOfLabelsInTheirPlace(String text, String expected) {
        assertThat(LabelTemplate.parse(text).fill(LABELS)).isEqualTo(expected);
    }

    @Test
    void knowsItsLabels() {
        assertThat(LabelTemplate.parse("%{tag.a}x%{metadata.b}").labels())
                .containsExactly(Symbol.of("a"), Symbol.of("b"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"%{}", "%{tag.}", "%{content.x}", "a%{b}"})
    void refusesWhatNamesNoLabel(String text) {
        assertThatThrownBy(() -> LabelTemplate.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageEndingWith(" (expected: %{tag.NAME} or %{metadata.NAME}, the name of a label)");
    }
}

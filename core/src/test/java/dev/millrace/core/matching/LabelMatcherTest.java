package dev.millrace.core.matching;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.spi.event.Labels;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class LabelMatcherTest {
    private static final Labels LABELS =
            Labels.of("__name__", "http_requests_total", "env", "prod", "my.key", "a \"b\"\n\\c", "path", "/x=y");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "env=\"prod\"",
                "env = prod",
                " env!=\"test\" ",
                "env=~\"prod|stage\"",
                "env=~pro.",
                "env!~\"pro\"",
                "__name__=~\"http_.*\"",
                "zone=\"\"",
                "zone!=\"a\"",
                "zone!~\".+\"",
                "\"my.key\"=\"a \\\"b\\\"\\n\\\\c\"",
                "my.key=~\"a.*c\"",
                "path=\"/x=y\"",
            })
    void holds(String condition) {
        assertThat(LabelMatcher.parse(condition).matches(LABELS)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"env=\"test\"", "env!=\"prod\"", "env=~\"pro\"", "env!~\"p.*\"", "zone=~\".+\"", "zone=a"})
    void doesNotHold(String condition) {
        assertThat(LabelMatcher.parse(condition).matches(LABELS)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "env", "=\"a\"", "\"\"=a", "env==\"a\"", "env=\"a", "env=a b", "env=\"a\\t\"", "env=\"a\" x"
            })
    void saysWhatItExpects(String text) {
        assertThatThrownBy(() -> LabelMatcher.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("'" + text + "' (expected: a condition such as job=\"node\"");
    }

    @Test
    void saysWhatIsWrongWithAnExpression() {
        assertThatThrownBy(() -> LabelMatcher.parse("env=~\"(\""))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("missing closing )")
                .hasMessageContaining("expected: an RE2 expression");
    }
}

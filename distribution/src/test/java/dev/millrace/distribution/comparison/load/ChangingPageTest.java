package dev.millrace.distribution.comparison.load;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.plugin.lib.prometheus.text.TextFormatException;
import dev.millrace.plugin.lib.prometheus.text.TextParser;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class ChangingPageTest {
    private static final int SERIES = 1000;

    /** Enough for values to reach their largest one and start again. */
    private static final int SCRAPES = 2000;

    @Test
    void staysThePageOfTheSameSeries() throws TextFormatException {
        ChangingPage page = ChangingPage.of(SERIES, 1);
        Map<String, Double> first = values(page);
        assertThat(first).hasSize(SERIES);
        for (int i = 0; i < SCRAPES; i++) {
            page.change();
            assertThat(values(page).keySet()).isEqualTo(first.keySet());
        }
    }

    @Test
    void aboutHalfOfTheValuesRise() throws TextFormatException {
        ChangingPage page = ChangingPage.of(SERIES, 1);
        Map<String, Double> before = values(page);
        page.change();
        Map<String, Double> after = values(page);
        long risen = before.keySet().stream()
                .filter(series -> after.get(series) > before.get(series))
                .count();
        long same = before.keySet().stream()
                .filter(series -> after.get(series).equals(before.get(series)))
                .count();
        assertThat(risen).isBetween(450L, 650L).isEqualTo(page.changing());
        assertThat(risen + same).isEqualTo(SERIES);
    }

    @Test
    void aSeedMakesTheSamePages() {
        ChangingPage one = ChangingPage.of(SERIES, 7);
        ChangingPage other = ChangingPage.of(SERIES, 7);
        one.change();
        other.change();
        assertThat(one.body()).isEqualTo(other.body());
        assertThat(ChangingPage.of(SERIES, 8).body()).isNotEqualTo(one.body());
    }

    private static Map<String, Double> values(ChangingPage page) throws TextFormatException {
        byte[] body = page.body();
        Map<String, Double> values = new LinkedHashMap<>();
        TextParser parser = new TextParser(body, body.length);
        for (TextParser.Kind kind = parser.next(); kind != TextParser.Kind.END; kind = parser.next()) {
            if (kind == TextParser.Kind.SERIES) {
                values.put(
                        new String(body, parser.seriesStart(), parser.seriesLength(), StandardCharsets.UTF_8),
                        Double.longBitsToDouble(parser.valueBits()));
            }
        }
        return values;
    }
}

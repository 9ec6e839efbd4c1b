package dev.millrace.plugin.service.http.statsd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.plugin.service.http.statsd.Measure.Kind;
import dev.millrace.plugin.service.http.statsd.StatsdLine.MalformedLineException;
import dev.millrace.spi.event.Labels;
import dev.millrace.spi.testing.Fuzz;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class StatsdLineTest {
    @ParameterizedTest
    @CsvSource({
        "calls:1|c, COUNTER, 1, 1, false",
        "calls:2.5|c|@0.1, COUNTER, 2.5, 10, false",
        "calls:3|m, COUNTER, 3, 1, false",
        "load:7|g, GAUGE, 7, 1, false",
        "load:+7|g, GAUGE, 7, 1, true",
        "load:-7|g, GAUGE, -7, 1, true",
        "time:320|ms|@0.5, TIMING, 0.32, 2, false",
        "size:320|h, TIMING, 320, 1, false",
        "size:1e3|d|c:abc|T1700000000, TIMING, 1000, 1, false",
        "users:7.a|s, SET, 0, 1, false",
    })
    void readsEachType(String line, Kind kind, double value, double weight, boolean relative) throws Exception {
        assertThat(StatsdLine.parse(line)).singleElement().satisfies(measure -> {
            assertThat(measure.kind()).isEqualTo(kind);
            assertThat(measure.value()).isEqualTo(value);
            assertThat(measure.weight()).isEqualTo(weight);
            assertThat(measure.relative()).isEqualTo(relative);
            assertThat(measure.element()).isEqualTo(kind == Kind.SET ? "7.a" : "");
        });
    }

    @Test
    void makesNamesAndTagsOfPrometheus() throws Exception {
        Labels series = StatsdLine.parse("1shop.cart-size:1|c|#host.name:a:b,flag,le:2,env:prod")
                .get(0)
                .series();
        assertThat(series)
                .isEqualTo(Labels.of(
                        Labels.METRIC_NAME, "_1shop_cart_size", "host_name", "a:b", "tag_le", "2", "env", "prod"));
    }

    @Test
    void readsSeveralValues() throws Exception {
        assertThat(StatsdLine.parse("a:1:2:3|c")).extracting(Measure::value).containsExactly(1.0, 2.0, 3.0);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "a",
                "a:1",
                ":1|c",
                "a:|c",
                "a:x|c",
                "a:NaN|c",
                "a:1d|c",
                "a:1F|c",
                "a:0x1p3|c",
                "a: 1|c",
                "a:1|x",
                "a:1|c|@0",
                "a:1|c|@2",
                "a:1|c|@",
                "a|b:1"
            })
    void saysWhatIsWrong(String line) {
        assertThatThrownBy(() -> StatsdLine.parse(line))
                .isInstanceOf(MalformedLineException.class)
                .hasMessageContaining("(expected: ".substring(1));
    }

    @Test
    void noLineBreaksTheReader() {
        Fuzz.Figures figures = Fuzz.of(
                        "StatsD",
                        "calls:2.5|c|@0.1",
                        "load:-7|g",
                        "time:320:1:2|ms|@0.5|#host.name:a:b,flag,le:2,env:prod",
                        "size:1e3|d|c:abc|T1700000000",
                        "users:7.a|s")
                .tokens(
                        "a", "1", ".", ":", "|", "@", "#", ",", "c", "g", "ms", "|@0.1", "|#a:b", "-", "+", "e",
                        "\u00e9")
                .hostile(
                        "a:" + "1:".repeat(30_000) + "1|c",
                        "a:1|c|#" + "a:b,".repeat(16_000),
                        "a".repeat(65_000) + ":1|c",
                        "a:" + "9".repeat(65_000) + "|c",
                        "|".repeat(65_000),
                        "a:1|c" + "|".repeat(65_000))
                .run(
                        line -> assertThat(StatsdLine.parse(new String(line, StandardCharsets.UTF_8)))
                                .isNotEmpty(),
                        MalformedLineException.class,
                        e -> assertThat(e).hasMessageContaining("expected: "));
        assertThat(figures.refused()).isPositive();
    }
}

package dev.millrace.plugin.lib.otlp.naming;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.plugin.lib.otlp.naming.MetricNames.Ending;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class NamesTest {
    @ParameterizedTest
    @CsvSource({
        "system.io, foo/bar, NONE, system_io_foo_per_bar",
        "broken.metric.speed.km/h, km/h, NONE, broken_metric_speed_km_h_per_hour",
        "unsupported.metric.temperature, %F, NONE, unsupported_metric_temperature_F",
        "system.network.io, By, TOTAL, system_network_io_bytes_total",
        "total.requests.total, '', TOTAL, requests_total",
        "memory.usage, 1, RATIO, memory_usage_ratio",
        "ratio.x, 1, RATIO, x_ratio",
        "2xx, '', NONE, _2xx",
        "a__b..c, '', NONE, a_b_c",
        "disk.bytes, By, NONE, disk_bytes",
        "speed, By/s, NONE, speed_bytes_per_second",
        "speed, {packets}/s, NONE, speed_per_second",
        "speed, By/{x}, NONE, speed_bytes",
        "rpc:x, ms, NONE, rpc:x_milliseconds",
    })
    void withSuffixes(String name, String unit, Ending ending, String expected) throws Exception {
        assertThat(names(TranslationStrategy.UNDERSCORE_ESCAPING_WITH_SUFFIXES).of(name, unit, ending))
                .isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "NO_UTF8_ESCAPING_WITH_SUFFIXES, http.requests, {r}, TOTAL, http.requests_total",
        "NO_UTF8_ESCAPING_WITH_SUFFIXES, io.bytes, By, NONE, io.bytes",
        "NO_UTF8_ESCAPING_WITH_SUFFIXES, io, By/s, TOTAL, io_bytes_per_second_total",
        "NO_UTF8_ESCAPING_WITH_SUFFIXES, io_total, '', TOTAL, io_total",
        "NO_TRANSLATION, http.requests, s, TOTAL, http.requests",
        "UNDERSCORE_ESCAPING_WITHOUT_SUFFIXES, a__b.c, s, TOTAL, a__b_c",
        "UNDERSCORE_ESCAPING_WITHOUT_SUFFIXES, 2x, s, TOTAL, _2x",
    })
    void otherStrategies(TranslationStrategy strategy, String name, String unit, Ending ending, String expected)
            throws Exception {
        assertThat(names(strategy).of(name, unit, ending)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "a.b, true, true, a_b",
        "1a, true, true, key_1a",
        "_a, true, true, key_a",
        "_a, false, true, _a",
        "__a, true, true, __a",
        "a..b, true, true, a__b",
        "a..b, true, false, a_b",
        "grün😀, true, true, gr_n_",
    })
    void labels(String attribute, boolean sanitizes, boolean keeps, String expected) throws Exception {
        assertThat(new LabelNames(TranslationStrategy.UNDERSCORE_ESCAPING_WITH_SUFFIXES, sanitizes, keeps)
                        .of(attribute))
                .isEqualTo(expected);
    }

    @Test
    void refusesWhatLeavesNothing() {
        assertThatThrownBy(() -> names(TranslationStrategy.UNDERSCORE_ESCAPING_WITH_SUFFIXES)
                        .of("-_-", "", Ending.NONE))
                .isInstanceOf(NameException.class)
                .hasMessage("metric name: '-_-' (expected: one with a letter or digit)");
        assertThatThrownBy(() -> new LabelNames(TranslationStrategy.NO_TRANSLATION, true, true).of(""))
                .isInstanceOf(NameException.class);
        assertThatThrownBy(() -> TranslationStrategy.of("Other"))
                .hasMessageContaining("'Other' (expected: one of [UnderscoreEscapingWithSuffixes, ");
    }

    @Test
    void unitsInWords() {
        assertThat(Units.of("By/s")).hasToString("bytes_per_second");
        assertThat(Units.of("1")).hasToString("");
        assertThat(Units.of("{x}/mo")).hasToString("per_month");
    }

    private static MetricNames names(TranslationStrategy strategy) {
        return new MetricNames(strategy);
    }
}

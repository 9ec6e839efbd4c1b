package dev.millrace.plugin.lib.prometheus.names;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LegacyNamesTest {
    @ParameterizedTest
    @CsvSource({
        "up, true, true",
        "__name__, true, true",
        "A9_z, true, true",
        "a:b, true, false",
        ":, true, false",
        "'', false, false",
        "9a, false, false",
        "a.b, false, false",
        "a-b, false, false",
        "'a ', false, false",
        "é, false, false",
        "aé, false, false",
        "a\uD83D\uDE00, false, false",
    })
    void tellsNamesOfMetricsAndLabels(String name, boolean metric, boolean label) {
        byte[] utf8 = ("x" + name + "!").getBytes(StandardCharsets.UTF_8);
        assertThat(LegacyNames.isMetric(name)).isEqualTo(metric);
        assertThat(LegacyNames.isLabel(name)).isEqualTo(label);
        assertThat(LegacyNames.isMetric(utf8, 1, utf8.length - 2)).isEqualTo(metric);
        assertThat(LegacyNames.isLabel(utf8, 1, utf8.length - 2)).isEqualTo(label);
    }
}

package dev.millrace.plugin.lib.prometheus.names;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EscapedNamesTest {
    /* The first ones are examples of Prometheus' documentation and of the tests of its library for Go. */
    @ParameterizedTest
    @CsvSource({
        "mysystem.prod.west.cpu.load, U__mysystem_2e_prod_2e_west_2e_cpu_2e_load",
        "mysystem.prod.west.cpu.load_total, U__mysystem_2e_prod_2e_west_2e_cpu_2e_load__total",
        "http.status:sum, U__http_2e_status:sum",
        "no:escaping_required, no:escaping_required",
        "label with 😱, U__label_20_with_20__1f631_",
        "花火, U___82b1__706b_",
        "1up, U___31_up",
        "up, up",
    })
    void metricsAreEscapedAsPrometheusDoes(String name, String escaped) {
        assertThat(EscapedNames.metric(name)).isEqualTo(escaped);
        assertThat(LegacyNames.isMetric(escaped)).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"host.name, U__host_2e_name", "a:b, U__a_3a_b", "_x1, _x1", "9, U___39_"})
    void labelsHaveNoColons(String name, String escaped) {
        assertThat(EscapedNames.label(name)).isEqualTo(escaped);
        assertThat(LegacyNames.isLabel(escaped)).isTrue();
    }
}

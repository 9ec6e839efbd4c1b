package dev.millrace.plugin.input.prometheus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.spi.config.InvalidOptionException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class NegotiationTest {
    private static Negotiation of(
            List<String> protocols, boolean nativeHistograms, NameValidation validation, String escaping) {
        Optional<String> scheme = escaping.isEmpty() ? Optional.empty() : Optional.of(escaping);
        return new Negotiation(
                protocols,
                Optional.empty(),
                true,
                Optional.of(nativeHistograms),
                Optional.empty(),
                Optional.empty(),
                Optional.of(validation),
                scheme);
    }

    @Test
    void asksForOpenMetricsFirst() {
        assertThat(Negotiation.DEFAULT.accept())
                .isEqualTo(
                        "application/openmetrics-text;version=1.0.0;escaping=allow-utf-8;q=0.6,"
                                + "application/openmetrics-text;version=0.0.1;q=0.5,"
                                + "text/plain;version=1.0.0;escaping=allow-utf-8;q=0.4,text/plain;version=0.0.4;q=0.3,*/*;q=0.2");
    }

    @Test
    void asksForProtobufFirstWhereNativeHistogramsAreWanted() {
        assertThat(of(List.of(), true, NameValidation.UTF8, "").accept())
                .isEqualTo(
                        "application/vnd.google.protobuf;proto=io.prometheus.client.MetricFamily;"
                                + "encoding=delimited;q=0.6,"
                                + "application/openmetrics-text;version=1.0.0;escaping=allow-utf-8;q=0.5,"
                                + "application/openmetrics-text;version=0.0.1;q=0.4,"
                                + "text/plain;version=1.0.0;escaping=allow-utf-8;q=0.3,text/plain;version=0.0.4;q=0.2,*/*;q=0.1");
    }

    @Test
    void asksForWhatIsConfiguredInItsOrder() {
        List<String> protocols = List.of("PrometheusText1.0.0", "PrometheusProto");
        assertThat(of(protocols, true, NameValidation.UTF8, "dots").accept())
                .isEqualTo("text/plain;version=1.0.0;escaping=dots;q=0.6,"
                        + "application/vnd.google.protobuf;proto=io.prometheus.client.MetricFamily;"
                        + "encoding=delimited;q=0.5,*/*;q=0.4");
        assertThat(of(List.of("PrometheusText1.0.0"), false, NameValidation.LEGACY, "")
                        .accept())
                .isEqualTo("text/plain;version=1.0.0;escaping=underscores;q=0.6,*/*;q=0.5");
    }

    @Test
    void refusesWhatPrometheusRefuses() {
        assertThatThrownBy(() -> of(List.of("OpenMetricsText2.0.0"), false, NameValidation.UTF8, ""))
                .isInstanceOf(InvalidOptionException.class)
                .hasMessageContaining(
                        "'OpenMetricsText2.0.0' (expected: one of PrometheusProto, OpenMetricsText1.0.0, ");
        assertThatThrownBy(() -> of(List.of("PrometheusProto", "PrometheusProto"), false, NameValidation.UTF8, ""))
                .hasMessageContaining("'PrometheusProto' twice (expected: once)");
        assertThatThrownBy(() -> of(List.of(), false, NameValidation.UTF8, "legacy"))
                .hasMessageContaining("'legacy' (expected: allow-utf-8, underscores, dots or values)");
        assertThatThrownBy(() -> of(List.of(), false, NameValidation.LEGACY, "allow-utf-8"))
                .hasMessageContaining("allow-utf-8 (expected: underscores, dots or values with");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "text/plain",
                "TEXT/Plain",
                " text/plain ",
                "text/plain;",
                "text/plain; version=0.0.4; charset=utf-8; escaping=underscores",
                "text/plain;version=\"0.0.4\"",
                "text/plain ; a=\"b;\\\"c\" ; "
            })
    void knowsPlainText(String type) {
        assertThat(MediaType.format(type)).contains(PageFormat.TEXT);
    }

    @Test
    void knowsOtherFormats() {
        assertThat(MediaType.format("application/openmetrics-text; version=1.0.0; charset=utf-8"))
                .contains(PageFormat.OPEN_METRICS);
        assertThat(MediaType.format("application/vnd.google.protobuf; proto=io.prometheus.client.MetricFamily;"
                        + " encoding=delimited"))
                .contains(PageFormat.PROTOBUF);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "text",
                "text/",
                "text/plain, text/html",
                "text/plain; version",
                "text/plain; =1",
                "text/plain; a=\"b",
                "text/html",
                "text/plainer",
                "application/json"
            })
    void knowsNoOther(String type) {
        assertThat(MediaType.format(type)).isEmpty();
    }
}

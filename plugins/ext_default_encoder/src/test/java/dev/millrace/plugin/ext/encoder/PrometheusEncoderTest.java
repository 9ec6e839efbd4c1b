package dev.millrace.plugin.ext.encoder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.plugin.lib.prometheus.names.InvalidNames;
import dev.millrace.plugin.lib.prometheus.wire.WriteRequestDecoder;
import dev.millrace.spi.BodyBuffer;
import dev.millrace.spi.event.Labels;
import dev.millrace.spi.event.MetricBatch;
import dev.millrace.spi.extension.Content;
import dev.millrace.spi.extension.Encoded;
import dev.millrace.spi.extension.EncodingException;
import dev.millrace.spi.extension.Format;
import dev.millrace.spi.extension.Target;
import dev.millrace.spi.testing.WholeBatch;
import java.util.HexFormat;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PrometheusEncoderTest {
    private static final Format VERSION_1 = new Format("prometheus", "1.0");
    private static final Format VERSION_2 = new Format("prometheus", "2.0");

    private final PrometheusEncoder encoder = new PrometheusEncoder(2, InvalidNames.ESCAPE);
    private final BodyBuffer body = new BodyBuffer(0);

    private static WholeBatch rows(int count) {
        var builder = MetricBatch.builder(count);
        for (int i = 0; i < count; i++) {
            builder.add(Labels.of("__name__", "up", "instance", "host" + i), 1000, i);
        }
        return new WholeBatch(builder.build());
    }

    @Test
    void writesRemoteWrite1WithItsHeaders() throws Exception {
        Encoded encoded = encoder.encode(rows(2), new Target(VERSION_1, Labels.of("zone", "z"), 1000), body);
        assertThat(encoder.formats()).containsExactly(VERSION_1, VERSION_2);
        assertThat(encoded.contentType()).isEqualTo("application/x-protobuf");
        assertThat(encoded.headers()).isEqualTo(Map.of("X-Prometheus-Remote-Write-Version", "0.1.0"));
        assertThat(encoded.dropped()).isEmpty();
        assertThat(encoded.content()).isEqualTo(Content.samples(2));
        MetricBatch sent = (MetricBatch) WriteRequestDecoder.decode(body).get(0);
        assertThat(sent.labels(1)).isEqualTo(Labels.of("__name__", "up", "instance", "host1", "zone", "z"));
    }

    @Test
    void writesRemoteWrite2WithItsHeaders() throws Exception {
        Encoded encoded = encoder.encode(rows(2), new Target(VERSION_2, Labels.EMPTY, 1000), body);
        assertThat(encoded.contentType()).isEqualTo("application/x-protobuf;proto=io.prometheus.write.v2.Request");
        assertThat(encoded.headers()).isEqualTo(Map.of("X-Prometheus-Remote-Write-Version", "2.0.0"));
        assertThat(encoded.dropped()).isEmpty();
        assertThat(encoded.content()).isEqualTo(Content.samples(2));
        assertThat(HexFormat.of().formatHex(body.toByteArray()))
                .as("the empty symbol, then __name__")
                .startsWith("2200" + "22085f5f6e616d655f5f");
    }

    @ParameterizedTest
    @ValueSource(strings = {"1.0", "2.0"})
    void writesTheSameBytesAgain(String version) throws Exception {
        Target target = new Target(new Format("prometheus", version), Labels.EMPTY, 1000);
        BodyBuffer again = new BodyBuffer(1000);
        encoder.encode(rows(2), target, body);
        new PrometheusEncoder(5, InvalidNames.ESCAPE).encode(rows(2), target, again);
        assertThat(again.toByteArray()).isEqualTo(body.toByteArray());
    }

    @Test
    void refusesMoreThanTheLimits() {
        assertThatThrownBy(() -> encoder.encode(rows(3), new Target(VERSION_1, Labels.EMPTY, 1000), body))
                .isInstanceOf(EncodingException.class)
                .hasMessage("request: 3 series (expected: at most 2)");
        assertThatThrownBy(() -> encoder.encode(rows(2), new Target(VERSION_1, Labels.EMPTY, 50), body))
                .isInstanceOf(EncodingException.class)
                .hasMessageContaining("(expected: at most 50)");
    }

    @Test
    void refusesOtherFormats() {
        Target target = new Target(new Format("prometheus", "3.0"), Labels.EMPTY, 1000);
        assertThatThrownBy(() -> encoder.encode(rows(1), target, body))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("format: prometheus 3.0 (expected: prometheus 1.0 or prometheus 2.0)");
    }
}

package dev.millrace.plugin.ext.decoder;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.plugin.ext.decoder.DefaultDecoderOptions.BodyFormat;
import dev.millrace.spi.BodyBuffer;
import dev.millrace.spi.event.EventBatch;
import dev.millrace.spi.event.Labels;
import dev.millrace.spi.event.LogBatch;
import dev.millrace.spi.event.Metadata;
import dev.millrace.spi.event.MetricBatch;
import dev.millrace.spi.event.MetricType;
import dev.millrace.spi.event.Value;
import dev.millrace.spi.extension.Decoder;
import dev.millrace.spi.extension.DecodingException;
import dev.millrace.spi.extension.Format;
import dev.millrace.spi.http.HttpHeaders;
import dev.millrace.spi.testing.BareContext;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DefaultDecoderTest {
    private static final byte[] BODY = {0, -1, 'x', '\n'};

    private static Decoder decoder(Optional<BodyFormat> format) {
        return new DefaultDecoderFactory().create(new DefaultDecoderOptions(format), new StoppedClock());
    }

    @Test
    void readsEveryFormatUnlessItIsMadeForOne() throws Exception {
        Decoder all = decoder(Optional.empty());
        assertThat(all.formats())
                .containsExactly(
                        new Format("prometheus", "1.0"),
                        new Format("prometheus", "2.0"),
                        new Format("prometheus_text", "0.0.4"),
                        new Format("prometheus_text", "1.0.0"),
                        new Format("raw", "1"));
        assertThat(all.decode("prometheus", HttpHeaders.EMPTY, BodyBuffer.wrap(new byte[0])))
                .isEmpty();
        assertThat(decoder(Optional.of(BodyFormat.RAW)).formats()).containsExactly(new Format("raw", "1"));
        assertThatThrownBy(() -> decoder(Optional.of(BodyFormat.RAW))
                        .decode("prometheus", HttpHeaders.EMPTY, BodyBuffer.wrap(BODY)))
                .hasMessage("format: prometheus (expected: one of [raw 1])");
    }

    @Test
    void makesOneEventOfARawBody() throws Exception {
        Decoder raw = decoder(Optional.empty());
        byte[] reused = BODY.clone();
        List<EventBatch> batches = raw.decode("raw", HttpHeaders.EMPTY, BodyBuffer.wrap(reused));
        reused[0] = 'y';

        LogBatch batch = (LogBatch) batches.get(0);
        assertThat(batches).hasSize(1);
        assertThat(batch.resource()).isEqualTo(Labels.EMPTY);
        assertThat(batch.rows()).singleElement().satisfies(row -> {
            assertThat(row.body()).isEqualTo(new Value.Bytes(ByteBuffer.wrap(BODY)));
            assertThat(row.observed()).isEqualTo(5_000_000);
        });
        assertThat(raw.decode("raw", HttpHeaders.EMPTY, BodyBuffer.wrap(new byte[0])))
                .isEmpty();
    }

    private static MetricBatch page(String contentType, String text) throws Exception {
        return (MetricBatch) decoder(Optional.of(BodyFormat.PROMETHEUS_TEXT))
                .decode(
                        "prometheus_text",
                        HttpHeaders.of("Content-Type", contentType),
                        BodyBuffer.wrap(text.getBytes(UTF_8)))
                .get(0);
    }

    @Test
    void readsAPageAsTargetsGiveIt() throws Exception {
        MetricBatch batch = page("text/plain", """
                # TYPE up gauge
                # HELP up Whether it is.
                up{job="a"} 1
                up{job="b"} 0 1700000000000
                other 2
                """);
        assertThat(batch.size()).isEqualTo(3);
        assertThat(batch.labels(0)).isEqualTo(Labels.of(Labels.METRIC_NAME, "up", "job", "a"));
        assertThat(batch.timestamp(0)).isEqualTo(5);
        assertThat(batch.metadata(0)).isEqualTo(new Metadata("up", MetricType.GAUGE, "Whether it is.", ""));
        assertThat(batch.timestamp(1)).isEqualTo(1_700_000_000_000L);
        assertThat(batch.metadata(2)).isNull();
    }

    @Test
    void readsOpenMetricsWhereTheContentTypeSaysSo() throws Exception {
        MetricBatch batch = page("application/openmetrics-text; version=1.0.0", """
                # TYPE calls counter
                calls_total 3 # {trace_id="x"} 0.5
                calls_created 1
                # EOF
                """);
        assertThat(batch.size()).isEqualTo(1);
        assertThat(batch.exemplars(0)).hasSize(1);
        assertThat(batch.metadata(0)).isEqualTo(new Metadata("calls", MetricType.COUNTER, "", ""));
    }

    @Test
    void saysWhereAPageIsDamaged() {
        assertThatThrownBy(() -> page("text/plain", "up 1\nup{ 2\n"))
                .isInstanceOf(DecodingException.class)
                .hasMessageStartingWith("line 2, column");
    }

    private static final class StoppedClock extends BareContext {
        StoppedClock() {
            super("ext_default_decoder");
        }

        @Override
        public Clock clock() {
            return Clock.fixed(Instant.ofEpochMilli(5), ZoneOffset.UTC);
        }
    }
}

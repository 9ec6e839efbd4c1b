package dev.millrace.plugin.flusher.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.plugin.flusher.http.Convert.Encoding;
import dev.millrace.plugin.flusher.http.Convert.Protocol;
import dev.millrace.spi.BodyBuffer;
import dev.millrace.spi.config.InvalidOptionException;
import dev.millrace.spi.event.EventBatch;
import dev.millrace.spi.event.Labels;
import dev.millrace.spi.event.LogBatch;
import dev.millrace.spi.event.MetricBatch;
import dev.millrace.spi.event.SpanId;
import dev.millrace.spi.event.Value;
import dev.millrace.spi.extension.Encoded;
import dev.millrace.spi.extension.Encoder;
import dev.millrace.spi.extension.EncodingException;
import dev.millrace.spi.extension.Target;
import dev.millrace.spi.testing.WholeBatch;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class ConvertTest {
    private static final MetricBatch SAMPLES = MetricBatch.builder(3)
            .add(Labels.of("__name__", "m", "b", "2\"\n", "a", "1"), 1_500, Double.doubleToRawLongBits(101))
            .add(Labels.of("__name__", "m"), 1_500, Double.doubleToRawLongBits(0.5))
            .add(Labels.of("__name__", "m"), 1_500, MetricBatch.STALE_NAN)
            .build();

    private final BodyBuffer body = new BodyBuffer(10);

    private static Convert convert(Protocol protocol, String separator) {
        return new Convert(protocol, Optional.empty(), Optional.ofNullable(separator));
    }

    private static LogBatch logs(Value... bodies) {
        Value.Mapping attributes = new Value.Mapping(Map.of(
                "a",
                new Value.Text("x"),
                "list",
                new Value.Array(List.of(
                        new Value.Int(1), new Value.Bool(true), new Value.Real(Double.doubleToRawLongBits(0.5)))),
                "map",
                new Value.Mapping(Map.of("k", new Value.Text("v"), "n", new Value.Real(MetricBatch.NORMAL_NAN)))));
        return new LogBatch(
                Labels.of("db", "my"),
                List.of(bodies).stream()
                        .map(value -> new LogBatch.Row(0, 2_000_000_000L, 0, "", value, attributes, SpanId.NONE))
                        .toList());
    }

    private Encoded encode(Convert convert, EventBatch batch, int maxBytes) throws EncodingException {
        Encoder encoder = convert.encoder();
        return encoder.encode(
                new WholeBatch(batch), new Target(encoder.formats().get(0), Labels.EMPTY, maxBytes), body);
    }

    @Test
    void writesRawBodiesAsTheyCame() throws EncodingException {
        Value bytes = new Value.Bytes(ByteBuffer.wrap("ä\0".getBytes(StandardCharsets.UTF_8)));
        Encoded encoded = encode(convert(Protocol.RAW, "--"), logs(bytes, new Value.Text("x"), new Value.Int(1)), 100);

        assertThat(body.toByteArray()).isEqualTo("ä\0--x".getBytes(StandardCharsets.UTF_8));
        assertThat(encoded.dropped()).isEqualTo(Map.of("not_raw", 1));
        assertThat(encode(convert(Protocol.RAW, null), SAMPLES, 100).dropped()).isEqualTo(Map.of("not_raw", 3));
    }

    @Test
    void writesSamplesAsObjects() throws EncodingException {
        Encoded encoded = encode(convert(Protocol.CUSTOM_SINGLE, null), SAMPLES, 1000);

        assertThat(body.toString().lines())
                .containsExactly(
                        "{\"contents\":{\"__name__\":\"m\",\"__labels__\":\"a#$#1|b#$#2\\\"\\u000a\","
                                + "\"__time_nano__\":\"1500000000\",\"__value__\":\"101\"},\"tags\":{},\"time\":1}",
                        "{\"contents\":{\"__name__\":\"m\",\"__labels__\":\"\","
                                + "\"__time_nano__\":\"1500000000\",\"__value__\":\"0.5\"},\"tags\":{},\"time\":1}");
        assertThat(encoded.contentType()).isEqualTo("application/json");
        assertThat(encoded.dropped()).isEqualTo(Map.of("not_in_custom_single", 1));
    }

    @Test
    void writesLogsAsObjects() throws EncodingException {
        encode(convert(Protocol.CUSTOM_SINGLE, null), logs(new Value.Text("line")), 1000);

        assertThat(body)
                .hasToString("{\"contents\":{\"a\":\"x\",\"content\":\"line\",\"list\":\"[1,true,0.5]\","
                        + "\"map\":\"{\\\"k\\\":\\\"v\\\",\\\"n\\\":\\\"NaN\\\"}\"},"
                        + "\"tags\":{\"db\":\"my\"},\"time\":2}");
    }

    @Test
    void saysWhenABodyIsTooLarge() {
        assertThatThrownBy(() -> encode(convert(Protocol.CUSTOM_SINGLE, null), SAMPLES, 10))
                .isInstanceOf(EncodingException.class)
                .hasMessage("body: more than 10 bytes (expected: fewer events)");
    }

    @Test
    void sendsOneEventAtATimeUnlessASeparatorStandsBetweenThem() {
        assertThat(convert(Protocol.CUSTOM_SINGLE, null).limits().maxItems()).isEqualTo(1);
        assertThat(convert(Protocol.RAW, null).limits().maxItems()).isEqualTo(1);
        assertThat(convert(Protocol.RAW, "\n").limits().maxItems()).isGreaterThan(1);
    }

    @Test
    void refusesWhatDoesNotGoTogether() {
        assertThatThrownBy(() -> new Convert(Protocol.RAW, Optional.of(Encoding.JSON), Optional.empty()))
                .isInstanceOf(InvalidOptionException.class)
                .hasMessage("json (expected: custom, or none)");
        assertThatThrownBy(() -> convert(Protocol.CUSTOM_SINGLE, "x")).isInstanceOf(InvalidOptionException.class);
    }
}

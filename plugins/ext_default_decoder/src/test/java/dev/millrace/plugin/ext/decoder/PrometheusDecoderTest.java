package dev.millrace.plugin.ext.decoder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.millrace.spi.BodyBuffer;
import dev.millrace.spi.PluginFactory;
import dev.millrace.spi.event.EventBatch;
import dev.millrace.spi.event.Labels;
import dev.millrace.spi.event.MetricBatch;
import dev.millrace.spi.extension.DecodingException;
import dev.millrace.spi.extension.Format;
import dev.millrace.spi.http.HttpHeaders;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PrometheusDecoderTest {
    /* {__name__="up", job="j"} at 1000 with 1.0 */
    private static final byte[] REQUEST = HexFormat.of()
            .parseHex("0a280a0e0a085f5f6e616d655f5f120275700a080a036a6f6212016a120c09000000000000f03f10e807");

    /* The same in version 2.0. */
    private static final byte[] REQUEST_2 = HexFormat.of()
            .parseHex("2200" + "22085f5f6e616d655f5f" + "22027570" + "22036a6f62" + "22016a" + "2a16" + "0a0401020304"
                    + "120c09000000000000f03f10e807" + "2a00");

    private final PrometheusDecoder decoder = new PrometheusDecoder();

    private static HttpHeaders contentType(String value) {
        return HttpHeaders.of("content-type", value);
    }

    @Test
    void readsRemoteWrite1() throws DecodingException {
        MetricBatch batch = (MetricBatch) decoder.decode("prometheus", HttpHeaders.EMPTY, BodyBuffer.wrap(REQUEST))
                .get(0);
        assertThat(decoder.formats()).containsExactly(new Format("prometheus", "1.0"), new Format("prometheus", "2.0"));
        assertThat(batch.labels(0)).isEqualTo(Labels.of("__name__", "up", "job", "j"));
        assertThat(batch.timestamp(0)).isEqualTo(1000);
        assertThat(batch.valueBits(0)).isEqualTo(Double.doubleToRawLongBits(1));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "application/x-protobuf",
                "Application/X-Protobuf; charset=x",
                "application/x-protobuf;proto=prometheus.WriteRequest",
                "application/x-protobuf; proto=\"prometheus.WriteRequest\""
            })
    void takesTheContentTypesOfVersion1(String contentType) throws DecodingException {
        assertThat(decoder.decode("prometheus", contentType(contentType), BodyBuffer.wrap(REQUEST)))
                .hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "text/plain",
                "application/json",
                "application/x-protobuf;proto=other.Message",
                "application/x-protobuf;proto="
            })
    void refusesOtherContentTypes(String contentType) {
        DecodingException refusal = catchThrowableOfType(
                DecodingException.class,
                () -> decoder.decode("prometheus", contentType(contentType), BodyBuffer.wrap(REQUEST)));
        assertThat(refusal.unsupported()).isTrue();
        assertThat(refusal)
                .hasMessage("Content-Type: " + contentType + " (expected: application/x-protobuf or"
                        + " application/x-protobuf;proto=prometheus.WriteRequest or"
                        + " application/x-protobuf;proto=io.prometheus.write.v2.Request)");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "application/x-protobuf;proto=io.prometheus.write.v2.Request",
                "application/x-protobuf; proto=io.prometheus.write.v2.Request",
            })
    void readsRemoteWrite2AndSaysHowMuchOfItIsKept(String contentType) throws DecodingException {
        List<EventBatch> batches = decoder.decode("prometheus", contentType(contentType), BodyBuffer.wrap(REQUEST_2));
        assertThat(batches)
                .singleElement()
                .satisfies(batch ->
                        assertThat(((MetricBatch) batch).labels(0)).isEqualTo(Labels.of("__name__", "up", "job", "j")));
        assertThat(written(decoder.answer("prometheus", contentType(contentType), batches)))
                .containsExactly("1", "0", "0");
        assertThat(written(decoder.answer("prometheus", contentType(contentType), List.of())))
                .containsExactly("0", "0", "0");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"application/x-protobuf", "application/x-protobuf;proto=prometheus.WriteRequest", "text/plain"})
    void saysNothingOfTheKindToOtherClients(String contentType) {
        assertThat(written(decoder.answer("prometheus", contentType(contentType), List.of())))
                .isEmpty();
        assertThat(written(decoder.answer("prometheus", HttpHeaders.EMPTY, List.of())))
                .isEmpty();
    }

    private static List<String> written(HttpHeaders answer) {
        return Stream.of("Samples", "Histograms", "Exemplars")
                .map(kind -> answer.first("X-Prometheus-Remote-Write-" + kind + "-Written"))
                .flatMap(Optional::stream)
                .toList();
    }

    @Test
    void refusesDamage() {
        DecodingException refusal = catchThrowableOfType(
                DecodingException.class,
                () -> decoder.decode("prometheus", HttpHeaders.EMPTY, BodyBuffer.wrap(new byte[] {0x0a, 5})));
        assertThat(refusal.unsupported()).isFalse();
    }

    @Test
    void isMadeByTheOneFactoryOfTheJar() {
        assertThat(ServiceLoader.load(PluginFactory.class))
                .singleElement()
                .satisfies(factory -> assertThat(factory.type()).isEqualTo("ext_default_decoder"));
    }
}

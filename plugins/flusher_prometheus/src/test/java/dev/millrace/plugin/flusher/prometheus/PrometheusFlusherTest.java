package dev.millrace.plugin.flusher.prometheus;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.plugin.flusher.http.spi.ContentEncoding;
import dev.millrace.spi.BodyBuffer;
import dev.millrace.spi.PluginFactory;
import dev.millrace.spi.config.InvalidOptionException;
import dev.millrace.spi.config.Secret;
import dev.millrace.spi.event.EventBatch;
import dev.millrace.spi.event.Labels;
import dev.millrace.spi.event.LogBatch;
import dev.millrace.spi.event.MetricBatch;
import dev.millrace.spi.event.SpanId;
import dev.millrace.spi.event.Value;
import dev.millrace.spi.extension.Format;
import dev.millrace.spi.http.HttpRequest;
import dev.millrace.spi.pipeline.Flusher;
import dev.millrace.spi.pipeline.Outcome;
import dev.millrace.spi.testing.WholeBatch;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

final class PrometheusFlusherTest {
    private static final String LABELS =
            "[remote_name, test/flusher_prometheus/far, url, http://prometheus-server:9090/api/v1/write?<redacted>]";
    private static final Labels UP = Labels.of(Labels.METRIC_NAME, "up");

    private final FakeContext context = new FakeContext(new VersionEncoder(Version.V1.format()));

    @Test
    void isFoundAsAService() {
        assertThat(ServiceLoader.load(PluginFactory.class))
                .extracting(factory -> factory.type())
                .contains("flusher_prometheus");
    }

    @Test
    void sendsExactlyTheHeadersOfRemoteWrite() throws Exception {
        assertThat(send(flusher(), metrics())).isEqualTo(Outcome.Delivered.ALL);

        HttpRequest request = context.requests.get(0);
        List<String> fields = new ArrayList<>();
        request.headers().forEach((name, value) -> fields.add(name + ": " + value));
        assertThat(fields)
                .containsExactlyInAnyOrder(
                        "Content-Encoding: snappy",
                        "Content-Type: application/x-protobuf",
                        "X-Prometheus-Remote-Write-Version: 0.1.0");
        assertThat(request.method()).isEqualTo("POST");
        assertThat(request.uri()).hasToString(OptionsForTests.URL);
        assertThat(request.body()
                        .collect(new BodyBuffer(100), 100)
                        .toCompletableFuture()
                        .get()
                        .toString())
                .isEqualTo("s:1.0 {__name__=\"up\"}@1000");
    }

    @Test
    void dropsWhatIsNoMetricWithoutARequest() throws Exception {
        LogBatch.Row row = new LogBatch.Row(0, 0, 0, "", new Value.Text("x"), new Value.Mapping(Map.of()), SpanId.NONE);

        assertThat(send(flusher(), new LogBatch(Labels.EMPTY, List.of(row, row))))
                .isEqualTo(new Outcome.Delivered(Map.of("not_a_metric", 2)));
        assertThat(context.requests).isEmpty();
    }

    @Test
    void cutsRequestsAtTheSeriesLimit() {
        assertThat(flusher().limits().maxItems()).isEqualTo(10_000);
    }

    @Test
    void publishesTheMetricsOfPrometheus() throws Exception {
        Flusher flusher = flusher();
        send(flusher, metrics());
        context.receiver = request -> FakeContext.answer(500);
        send(flusher, metrics());

        String prefix = "prometheus_remote_storage_";
        assertThat(context.metrics.read())
                .containsOnly(
                        Map.entry("millrace_flusher_remote_write_version[]", 1.0),
                        Map.entry("millrace_flusher_merged_series_total[]", 0.0),
                        Map.entry(prefix + "samples_total" + LABELS, 2.0),
                        Map.entry(prefix + "samples_failed_total" + LABELS, 0.0),
                        Map.entry(prefix + "samples_retried_total" + LABELS, 1.0),
                        Map.entry(prefix + "histograms_total" + LABELS, 0.0),
                        Map.entry(prefix + "histograms_failed_total" + LABELS, 0.0),
                        Map.entry(prefix + "histograms_retried_total" + LABELS, 0.0),
                        Map.entry(prefix + "exemplars_total" + LABELS, 0.0),
                        Map.entry(prefix + "exemplars_failed_total" + LABELS, 0.0),
                        Map.entry(prefix + "exemplars_retried_total" + LABELS, 0.0),
                        Map.entry(prefix + "metadata_total" + LABELS, 0.0),
                        Map.entry(prefix + "metadata_failed_total" + LABELS, 0.0),
                        Map.entry(prefix + "metadata_retried_total" + LABELS, 0.0),
                        Map.entry(prefix + "metadata_bytes_total" + LABELS, 0.0),
                        Map.entry(prefix + "samples_pending" + LABELS, 28.0),
                        Map.entry(prefix + "enqueue_retries_total" + LABELS, 3.0),
                        Map.entry(prefix + "shard_capacity" + LABELS, 8000.0),
                        Map.entry(prefix + "shards" + LABELS, 4.0),
                        Map.entry(prefix + "shards_min" + LABELS, 1.0),
                        Map.entry(prefix + "shards_max" + LABELS, 32.0),
                        Map.entry(prefix + "shards_desired" + LABELS, 9.0),
                        Map.entry(prefix + "queue_highest_timestamp_seconds" + LABELS, 1.5),
                        Map.entry(prefix + "queue_highest_sent_timestamp_seconds" + LABELS, 1.25),
                        Map.entry(prefix + "max_samples_per_send" + LABELS, 10_000.0),
                        Map.entry(prefix + "bytes_total" + LABELS, 26.0),
                        Map.entry(prefix + "sent_batch_duration_seconds" + LABELS, 2.0),
                        Map.entry(prefix + "samples_dropped_total" + LABELS + "reason=too_old", 7.0),
                        Map.entry(prefix + "samples_dropped_total" + LABELS + "reason=dropped_series", 0.0),
                        Map.entry(
                                prefix + "histograms_dropped_total" + LABELS + "reason=nhcb_in_rw1_not_supported", 2.0),
                        Map.entry(prefix + "samples_in_total[]", 100.0),
                        Map.entry(prefix + "highest_timestamp_in_seconds[]", 1.5));
    }

    @Test
    void refusesAnEncoderOfAnotherFormat() {
        FakeContext other = new FakeContext(new VersionEncoder(new Format("json", "1")));

        assertThatThrownBy(() -> new PrometheusFlusherFactory().create(options(Map.of(), null), other))
                .hasMessage(
                        "Encoder: ext_default_encoder writes [json 1] (expected: one that writes prometheus 1.0 or prometheus 2.0)");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "content-type",
                "User-Agent",
                "X-Prometheus-Remote-Write-Version",
                "Accept-Encoding",
                "X-Amz-Date"
            })
    void refusesHeadersThatRemoteWritePrescribes(String name) {
        assertThatThrownBy(() -> options(Map.of(name, new Secret("x")), null))
                .isInstanceOf(InvalidOptionException.class)
                .hasMessageStartingWith(
                        "Headers: '" + name + "' (expected: none of those that remote write, HTTP or an");
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "SNAPPY")
    void refusesAnyCompressionButSnappy(ContentEncoding compression) {
        assertThatThrownBy(() -> options(Map.of(), compression))
                .isInstanceOf(InvalidOptionException.class)
                .hasMessageContaining("(expected: snappy or no such key");
    }

    @Test
    void neverPrintsTheQueryOfItsUrl() {
        assertThat(options(Map.of(), null).toString()).doesNotContain("hunter2");
    }

    @Test
    void addsItsExternalLabelsToWhatIsEncoded() throws Exception {
        VersionEncoder encoder = new VersionEncoder(Version.V1.format());
        PrometheusFlusherOptions options = options(Map.of("cluster", "eu", "unset", ""));

        send(new PrometheusFlusherFactory().create(options, new FakeContext(encoder)), metrics());

        assertThat(encoder.targets)
                .extracting(target -> target.externalLabels().toString())
                .containsExactly(Labels.of("cluster", "eu").toString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "__name__", "a-b", "0"})
    void refusesExternalLabelsThatRemoteWriteDoesNotKnow(String name) {
        assertThatThrownBy(() -> options(Map.of(name, "x")))
                .hasMessage("'" + name + "' (expected: the name of a label, such as cluster)");
    }

    private Flusher flusher() {
        OptionsForTests given = new OptionsForTests();
        given.compression = ContentEncoding.SNAPPY;
        return new PrometheusFlusherFactory().create(given.options(), context);
    }

    private static PrometheusFlusherOptions options(Map<String, Secret> headers, ContentEncoding compression) {
        OptionsForTests given = new OptionsForTests();
        given.headers = headers;
        given.compression = compression;
        return given.options();
    }

    private static PrometheusFlusherOptions options(Map<String, String> labels) {
        OptionsForTests given = new OptionsForTests();
        given.labels = labels;
        return given.options();
    }

    private static MetricBatch metrics() {
        return MetricBatch.builder(1).add(UP, 1000, 0).build();
    }

    private static Outcome send(Flusher flusher, EventBatch batch) throws Exception {
        return flusher.send(new WholeBatch(batch)).toCompletableFuture().get(10, SECONDS);
    }
}

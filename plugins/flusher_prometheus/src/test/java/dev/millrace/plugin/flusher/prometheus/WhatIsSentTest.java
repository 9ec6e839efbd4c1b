package dev.millrace.plugin.flusher.prometheus;

import static dev.millrace.plugin.flusher.prometheus.FakeContext.answer;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.plugin.lib.prometheus.relabel.RelabelAction;
import dev.millrace.plugin.lib.prometheus.relabel.RelabelConfig;
import dev.millrace.plugin.lib.prometheus.relabel.Relabeling;
import dev.millrace.spi.ComponentId;
import dev.millrace.spi.config.ByteSize;
import dev.millrace.spi.config.ComponentRef;
import dev.millrace.spi.config.Secret;
import dev.millrace.spi.event.Labels;
import dev.millrace.spi.event.Metadata;
import dev.millrace.spi.event.MetricBatch;
import dev.millrace.spi.event.MetricType;
import dev.millrace.spi.extension.Part;
import dev.millrace.spi.pipeline.Flusher;
import dev.millrace.spi.pipeline.Outcome;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which rows and labels are sent, and what goes beside them. */
final class WhatIsSentTest {
    private static final Outcome ALL = Outcome.Delivered.ALL;

    private final VersionEncoder encoder = VersionEncoder.ofBoth();
    private final FakeContext context = new FakeContext(encoder);
    private final OptionsForTests options = new OptionsForTests();

    @BeforeEach
    void speak10() {
        options.protocol = "1.0";
    }

    @Test
    void dropsAndCountsSamplesThatAreTooOldAlsoBeforeARepetition() throws Exception {
        options.maxSampleAge = Optional.of(Duration.ofMinutes(1));
        long now = context.now.toEpochMilli();
        MetricBatch batch = MetricBatch.builder(2)
                .add(series("a"), now - 60_001, 0)
                .add(series("b"), now - 30_000, 0)
                .build();
        Flusher flusher = flusher();

        assertThat(send(flusher, batch)).isEqualTo(new Outcome.Delivered(Map.of("too_old", 1)));
        context.now = context.now.plusSeconds(31);
        assertThat(send(flusher, batch)).isEqualTo(new Outcome.Delivered(Map.of("too_old", 2)));

        assertThat(context.bodies).containsExactly("1.0 {__name__=\"b\"}@" + (now - 30_000));
    }

    @Test
    void relabelsAfterTheExternalLabelsWereAddedAndCountsWhatIsDropped() throws Exception {
        options.labels = Map.of("cluster", "eu", "zone", "z");
        options.writeRelabel = List.of(
                new RelabelConfig(List.of("__name__"), ";", "", "go_.*", 0, "$1", RelabelAction.DROP),
                new RelabelConfig(List.of("cluster"), ";", "place", "(.*)", 0, "in_$1", RelabelAction.REPLACE),
                new RelabelConfig(List.of(), ";", "", "cluster", 0, "$1", RelabelAction.LABELDROP));
        MetricBatch batch = MetricBatch.builder(2)
                .add(Labels.of("__name__", "a", "zone", "mine"), 1, 0)
                .add(series("go_b"), 2, 0)
                .build();
        Flusher flusher = flusher();

        assertThat(send(flusher, batch)).isEqualTo(new Outcome.Delivered(Map.of("dropped_series", 1)));
        assertThat(send(flusher, batch)).isEqualTo(new Outcome.Delivered(Map.of("dropped_series", 1)));

        assertThat(context.bodies).hasSize(2).containsOnly("1.0 {__name__=\"a\", place=\"in_eu\", zone=\"mine\"}@1");
        assertThat(encoder.targets.get(0).externalLabels()).isEqualTo(Labels.EMPTY);
    }

    @Test
    void countsSeriesThatARelabellingMerges() throws Exception {
        options.writeRelabel = List.of(new RelabelConfig(List.of(), ";", "", "pod", 0, "$1", RelabelAction.LABELDROP));
        MetricBatch batch = MetricBatch.builder(3)
                .add(Labels.of("__name__", "a", "pod", "1"), 1, 0)
                .add(Labels.of("__name__", "a", "pod", "2"), 1, 0)
                .add(Labels.of("__name__", "b", "pod", "2"), 1, 0)
                .build();
        Flusher flusher = flusher();

        send(flusher, batch);
        send(flusher, batch);

        assertThat(context.metrics.read()).containsEntry("millrace_flusher_merged_series_total[]", 1.0);
    }

    @Test
    void keepsAllThatBelongsToARowWhoseLabelsChange() throws Exception {
        options.writeRelabel = List.of(new RelabelConfig(List.of(), ";", "", "pod", 0, "$1", RelabelAction.LABELDROP));
        Metadata metadata = new Metadata("a", MetricType.COUNTER, "help", "");
        MetricBatch batch = MetricBatch.builder(1)
                .add(Labels.of("__name__", "a", "pod", "1"), 1, MetricBatch.STALE_NAN)
                .startTimestamp(7)
                .metadata(metadata)
                .build();
        SeriesRewriting rewriting = new SeriesRewriting(
                Labels.EMPTY, Relabeling.of(options.writeRelabel), Optional.empty(), (series, result) -> {});

        MetricBatch rows = (MetricBatch)
                rewriting.rewrite(new AttemptedSlice(batch, 0)).orElseThrow().batch(0);

        assertThat(rows.labels(0)).isEqualTo(series("a"));
        assertThat(rows.valueBits(0)).isEqualTo(MetricBatch.STALE_NAN);
        assertThat(rows.startTimestamp(0)).isEqualTo(7);
        assertThat(rows.metadata(0)).isEqualTo(metadata);
    }

    @Test
    void namesTheTenantInAHeaderAndNotInTheSeries() throws Exception {
        options.tenants = Optional.of(new Tenants("X-Scope-OrgID", "tenant", Optional.of("others")));
        Flusher flusher = flusher();
        MetricBatch mine = one(Labels.of("__name__", "a", "tenant", "me"));
        MetricBatch nobodys = one(series("a"));

        assertThat(flusher.group(mine, 0)).isNotEqualTo(flusher.group(nobodys, 0));
        assertThat(send(flusher, mine)).isEqualTo(ALL);
        assertThat(send(flusher, nobodys)).isEqualTo(ALL);

        assertThat(context.bodies).hasSize(2).containsOnly("1.0 {__name__=\"a\"}@1");
        assertThat(context.requests)
                .extracting(request -> request.headers().first("X-Scope-OrgID").orElse(""))
                .containsExactly("me", "others");
    }

    @Test
    void sendsNothingForATenantThatCannotStandInAHeader() throws Exception {
        options.tenants = Optional.of(new Tenants("X-Scope-OrgID", "tenant", Optional.empty()));

        assertThat(send(flusher(), one(Labels.of("__name__", "a", "tenant", "a\r\nX-Evil: 1"))))
                .isEqualTo(new Outcome.Delivered(Map.of("invalid_tenant", 1)));
        assertThat(context.requests).isEmpty();
    }

    @Test
    void readsTheTenantAfterExternalLabelsAndRelabelling() throws Exception {
        options.labels = Map.of("tenant", "outside");
        options.writeRelabel =
                List.of(new RelabelConfig(List.of("team"), ";", "tenant", "(.+)", 0, "team_$1", RelabelAction.REPLACE));
        options.tenants = Optional.of(new Tenants("X-Scope-OrgID", "tenant", Optional.of("others")));
        Flusher flusher = flusher();
        MetricBatch outside = one(series("a"));
        MetricBatch team = one(Labels.of("__name__", "a", "team", "x"));

        assertThat(flusher.group(outside, 0)).isNotEqualTo(flusher.group(team, 0));
        assertThat(send(flusher, outside)).isEqualTo(ALL);
        assertThat(send(flusher, team)).isEqualTo(ALL);

        assertThat(context.bodies).containsExactly("1.0 {__name__=\"a\"}@1", "1.0 {__name__=\"a\", team=\"x\"}@1");
        assertThat(context.requests)
                .extracting(request -> request.headers().first("X-Scope-OrgID").orElse(""))
                .containsExactly("outside", "team_x");
    }

    @Test
    void countsSeriesAsMergedOnlyWithinATenant() throws Exception {
        options.tenants = Optional.of(new Tenants("X-Scope-OrgID", "tenant", Optional.of("others")));
        Flusher flusher = flusher();
        MetricBatch nobodys = one(series("a"));
        MetricBatch others = one(Labels.of("__name__", "a", "tenant", "others"));

        send(flusher, nobodys);
        send(flusher, one(Labels.of("__name__", "a", "tenant", "me")));
        assertThat(context.metrics.read()).containsEntry("millrace_flusher_merged_series_total[]", 0.0);

        send(flusher, others);
        assertThat(context.metrics.read()).containsEntry("millrace_flusher_merged_series_total[]", 1.0);
        assertThat(flusher.group(others, 0)).isEqualTo(flusher.group(nobodys, 0));
    }

    @ParameterizedTest
    @ValueSource(strings = {"Content-Type", "TE", "Transfer-Encoding", "Host", "x-amz-date"})
    void refusesATenantHeaderThatIsReserved(String name) {
        assertThatThrownBy(() -> new Tenants(name, "tenant", Optional.empty()))
                .hasMessageContaining("remote write, HTTP or an authenticator prescribes");
    }

    @Test
    void refusesATenantHeaderThatIsSetTwice() {
        options.tenants = Optional.of(new Tenants("authorization", "tenant", Optional.empty()));
        options.options();
        options.authenticator = Optional.of(new ComponentRef<>(ComponentId.parse("ext_bearer")));
        assertThatThrownBy(options::options)
                .hasMessage("Header: Authorization beside an Authenticator (expected: one of them)");
        options.authenticator = Optional.empty();
        options.tenants = Optional.of(new Tenants("X-Scope-OrgID", "tenant", Optional.empty()));
        options.headers = Map.of("x-scope-orgid", new Secret("a"));
        assertThatThrownBy(options::options)
                .hasMessage("Headers: 'x-scope-orgid' beside TenantHeader (expected: one of them)");
    }

    @Test
    void leavesOutWhatTheUserDoesNotWant() throws Exception {
        options.sendExemplars = false;
        options.sendNativeHistograms = false;
        options.sendMetadata = false;

        send(flusher(), one(series("a")));

        assertThat(encoder.targets.get(0).omitted())
                .containsExactlyInAnyOrder(Part.EXEMPLARS, Part.NATIVE_HISTOGRAMS, Part.METADATA);
    }

    @Test
    void sendsMetadataOfWhatWentOutBy10InRequestsOfItsOwnOnceAMinute() throws Exception {
        MetricBatch batch = MetricBatch.builder(1)
                .add(series("a_total"), 1, 0)
                .metadata(new Metadata("a", MetricType.COUNTER, "What.", ""))
                .build();
        Flusher flusher = flusher();

        send(flusher, batch);
        send(flusher, batch);
        assertThat(context.bodies).hasSize(3).element(1).asString().contains("What.");
        assertThat(context.requests.get(1).headers().first("X-Prometheus-Remote-Write-Version"))
                .contains("0.1.0");

        context.now = context.now.plusSeconds(60);
        context.receiver =
                request -> answer(context.bodies.get(context.bodies.size() - 1).contains("What.") ? 503 : 204);
        assertThat(send(flusher, batch)).isEqualTo(ALL);
        assertThat(context.bodies).hasSize(5);
        String labels = "[remote_name, test/flusher_prometheus/far, url,"
                + " http://prometheus-server:9090/api/v1/write?<redacted>]";
        assertThat(context.metrics.read())
                .containsEntry("prometheus_remote_storage_metadata_total" + labels, 2.0)
                .containsEntry("prometheus_remote_storage_metadata_retried_total" + labels, 1.0);
    }

    @Test
    void cutsRequestsAsTheUserSays() {
        options.maxRequestBytes = new ByteSize(1 << 20);

        assertThat(flusher().limits().maxBytes()).isEqualTo(1 << 20);
        options.maxRequestBytes = new ByteSize(31 << 20);
        assertThatThrownBy(options::options).hasMessage("31MiB (expected: 1B to 30MiB)");
    }

    private static Labels series(String name) {
        return Labels.of(Labels.METRIC_NAME, name);
    }

    private static MetricBatch one(Labels series) {
        return MetricBatch.builder(1).add(series, 1, 0).build();
    }

    private Flusher flusher() {
        return new PrometheusFlusherFactory().create(options.options(), context);
    }

    private static Outcome send(Flusher flusher, MetricBatch batch) throws Exception {
        return flusher.send(new AttemptedSlice(batch, 0)).toCompletableFuture().get(10, SECONDS);
    }
}

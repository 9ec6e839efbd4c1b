package dev.millrace.plugin.service.http.statsd;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.spi.DatagramHandler;
import dev.millrace.spi.State;
import dev.millrace.spi.event.Labels;
import dev.millrace.spi.event.MetricBatch;
import dev.millrace.spi.event.MetricType;
import dev.millrace.spi.metrics.Metrics;
import dev.millrace.spi.pipeline.Refusal;
import dev.millrace.spi.testing.BareContext;
import dev.millrace.spi.testing.CountedMetrics;
import dev.millrace.spi.testing.TestSink;
import dev.millrace.spi.testing.VirtualScheduler;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ScheduledExecutorService;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class StatsdInputTest {
    private static final StatsdOptions OPTIONS =
            new StatsdOptions(Duration.ofSeconds(10), Duration.ofMinutes(5), 3, List.of(0.1, 1.0));

    private final VirtualScheduler scheduler = new VirtualScheduler(1000);
    private final CountedMetrics metrics = new CountedMetrics();
    private final TestSink sink = new TestSink();
    private byte[] state = {};
    private @Nullable DatagramHandler handler;
    private @Nullable Object left;

    private final BareContext context = new BareContext("service_http_server") {
        @Override
        public Clock clock() {
            return scheduler.clock();
        }

        @Override
        public ScheduledExecutorService scheduler() {
            return scheduler;
        }

        @Override
        public Metrics metrics() {
            return metrics;
        }

        @Override
        public void listenDatagrams(InetSocketAddress address, int maxBytes, DatagramHandler given) {
            handler = given;
        }

        @Override
        public void reportError(String message) {}

        @Override
        public State state() {
            return new State() {
                @Override
                public Optional<byte[]> get() {
                    return state.length == 0 ? Optional.empty() : Optional.of(state.clone());
                }

                @Override
                public void set(byte[] bytes) {
                    state = bytes.clone();
                }
            };
        }

        @Override
        public <T> Optional<T> inherited(Class<T> type) {
            return type.isInstance(left) ? Optional.of(type.cast(left)) : Optional.empty();
        }

        @Override
        public void leave(Object given) {
            left = given;
        }
    };

    private StatsdInput start(StatsdOptions options) throws Exception {
        StatsdInput input = new StatsdInput(new InetSocketAddress(8125), options, context);
        input.start(sink);
        return input;
    }

    private void send(String text) {
        if (handler != null) {
            handler.handle(new InetSocketAddress(1), ByteBuffer.wrap(text.getBytes(UTF_8)));
        }
    }

    /** The values of the next interval, by series. */
    private Map<String, Double> next() {
        scheduler.advance(Duration.ofSeconds(10));
        MetricBatch batch = (MetricBatch) sink.batches().get(sink.batches().size() - 1);
        TreeMap<String, Double> values = new TreeMap<>();
        for (int row = 0; row < batch.size(); row++) {
            values.put(batch.labels(row).toString(), Double.longBitsToDouble(batch.valueBits(row)));
        }
        return values;
    }

    private static String series(String name, String... labels) {
        String[] all = new String[labels.length + 2];
        all[0] = Labels.METRIC_NAME;
        all[1] = name;
        System.arraycopy(labels, 0, all, 2, labels.length);
        return Labels.of(all).toString();
    }

    @Test
    void addsCountersUpAndKeepsGauges() throws Exception {
        start(OPTIONS);
        send("calls:1|c|@0.5|#env:prod\ncalls:3|c|#env:prod\n\nload:5|g\nload:-2|g");
        assertThat(next()).containsOnly(entry(series("calls", "env", "prod"), 5), entry(series("load"), 3));
        send("calls:1|c|#env:prod");
        assertThat(next()).containsEntry(series("calls", "env", "prod"), 6.0).containsEntry(series("load"), 3.0);
        MetricBatch batch = (MetricBatch) sink.batches().get(1);
        assertThat(batch.metadata(0)).isNotNull();
    }

    @Test
    void makesHistogramsOfTimers() throws Exception {
        start(OPTIONS);
        send("time:50:500:5000|ms|@0.5");
        assertThat(next())
                .containsOnly(
                        entry(series("time_bucket", "le", "0.1"), 2),
                        entry(series("time_bucket", "le", "1.0"), 4),
                        entry(series("time_bucket", "le", "+Inf"), 6),
                        entry(series("time_count"), 6),
                        entry(series("time_sum"), 11.1));
        MetricBatch batch = (MetricBatch) sink.batches().get(0);
        assertThat(batch.metadata(0))
                .satisfies(described -> assertThat(described.type()).isEqualTo(MetricType.HISTOGRAM));
        assertThat(batch.startTimestamp(0)).isEqualTo(1000);
    }

    @Test
    void countsTheElementsOfSetsInAnInterval() throws Exception {
        start(OPTIONS);
        send("users:a|s\nusers:b|s\nusers:a|s");
        assertThat(next()).containsOnly(entry(series("users"), 2));
        assertThat(next()).containsOnly(entry(series("users"), 0));
    }

    @Test
    void goesOnAfterARestart() throws Exception {
        start(OPTIONS);
        send("calls:5|c\ntime:50|ms");
        next();
        start(OPTIONS);
        send("calls:1|c\ntime:50|ms");
        assertThat(next()).containsEntry(series("calls"), 6.0).containsEntry(series("time_count"), 2.0);
        start(new StatsdOptions(Duration.ofSeconds(10), Duration.ofMinutes(5), 3, List.of(0.2)));
        send("time:50|ms");
        assertThat(next()).containsEntry(series("calls"), 6.0).containsEntry(series("time_count"), 1.0);
    }

    @Test
    void aSuccessorCountsWhatItsPredecessorStillGets() throws Exception {
        StatsdInput first = start(OPTIONS);
        DatagramHandler before = handler;
        send("calls:5|c");
        first.stop();
        assertThat(sink.batches()).hasSize(1);
        start(OPTIONS);
        if (before != null) {
            before.handle(new InetSocketAddress(1), ByteBuffer.wrap("calls:1|c".getBytes(UTF_8)));
        }
        send("calls:1|c");
        assertThat(next()).containsOnly(entry(series("calls"), 7));
    }

    @Test
    void whatIsRefusedComesAgain() throws Exception {
        start(OPTIONS);
        sink.refuse(Refusal.Reason.FLUSHER_FULL);
        send("calls:5|c");
        scheduler.advance(Duration.ofSeconds(10));
        sink.commit();
        assertThat(next()).containsOnly(entry(series("calls"), 5));
    }

    @Test
    void dropsAndCountsWhatIsTooManyOrNoMetric() throws Exception {
        start(OPTIONS);
        send("a:1|c\nb:1|c\nc:1|c\nd:1|c\na:1|g\n_e{1,1}:x|y\nnonsense");
        assertThat(next().keySet()).containsExactlyInAnyOrder(series("a"), series("b"), series("c"));
        assertThat(metrics.counters)
                .containsEntry("millrace_input_statsd_lines_total[outcome, taken]", 3L)
                .containsEntry("millrace_input_statsd_lines_total[outcome, over_limit]", 1L)
                .containsEntry("millrace_input_statsd_lines_total[outcome, other_kind]", 1L)
                .containsEntry("millrace_input_statsd_lines_total[outcome, no_metric]", 1L)
                .containsEntry("millrace_input_statsd_lines_total[outcome, malformed]", 1L);
    }

    @Test
    void forgetsASeriesOfWhichNothingComes() throws Exception {
        start(OPTIONS);
        send("a:1|c");
        scheduler.advance(Duration.ofMinutes(5));
        next();
        MetricBatch last = (MetricBatch) sink.batches().get(sink.batches().size() - 1);
        assertThat(last.valueBits(0)).isEqualTo(MetricBatch.STALE_NAN);
        send("a:1|c\nb:1|c\nc:1|c");
        assertThat(next()).hasSize(3);
    }

    @Test
    void isBoundedByBytesToo() {
        Tallies tallies =
                new Tallies(new StatsdOptions(Duration.ofSeconds(10), Duration.ofMinutes(5), 1_000_000, List.of()));
        int taken = 0;
        while (tallies.add(
                        new Measure(
                                Measure.Kind.TIMING,
                                Labels.of(Labels.METRIC_NAME, "n" + taken + "\u20ac".repeat(20)),
                                1,
                                "",
                                false,
                                1),
                        0)
                == Tallies.Result.TAKEN) {
            taken++;
        }
        assertThat(taken).isGreaterThan(3000);
        assertThat(tallies.toBytes()).hasSizeLessThan(State.MAX_BYTES);
    }

    /* A datagram may be as long as a label can be that is written, and its characters longer than they came. */
    @Test
    void aLabelThatIsTooLongToBeKeptDisturbsNothing() throws Exception {
        start(OPTIONS);
        send("a:1|c|#b:" + "\0".repeat(60_000));
        send("a:1|c|#b:" + "\u20ac".repeat(21_000));
        send("a:1|c");
        assertThat(next()).containsOnly(entry(series("a"), 1));
        assertThat(metrics.counters).containsEntry("millrace_input_statsd_lines_total[outcome, over_limit]", 2L);
    }

    @Test
    void theElementsOfSetsTakeNoMoreThanTheyMay() throws Exception {
        start(OPTIONS);
        for (int i = 0; i < 200; i++) {
            send("users:" + i + "x".repeat(60_000) + "|s");
        }
        assertThat(next().get(series("users"))).isBetween(50.0, 100.0);
        send("users:" + "y".repeat(60_000) + "|s");
        assertThat(next()).containsEntry(series("users"), 1.0);
    }

    private static Map.Entry<String, Double> entry(String series, double value) {
        return Map.entry(series, value);
    }
}

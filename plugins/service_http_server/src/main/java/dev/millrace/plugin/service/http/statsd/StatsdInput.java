package dev.millrace.plugin.service.http.statsd;

import dev.millrace.plugin.service.http.statsd.StatsdLine.MalformedLineException;
import dev.millrace.plugin.service.http.statsd.Tallies.Result;
import dev.millrace.spi.Excerpt;
import dev.millrace.spi.PluginContext;
import dev.millrace.spi.event.MetricBatch;
import dev.millrace.spi.metrics.Counter;
import dev.millrace.spi.pipeline.Acknowledgement;
import dev.millrace.spi.pipeline.BatchSink;
import dev.millrace.spi.pipeline.Input;
import dev.millrace.spi.pipeline.Refusal;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Adds up what comes in datagrams, and hands a sample of each series on, once in an interval. The sums are committed with
 * these samples, so they go on after a restart; what came since the last ones is lost in a crash, as UDP loses it, too. After
 * a reload the successor goes on with the same sums.
 */
public final class StatsdInput implements Input {
    private static final int LARGEST = 65_507;

    private final InetSocketAddress address;
    private final StatsdOptions options;
    private final PluginContext context;
    private final Map<Outcome, Counter> outcomes = new EnumMap<>(Outcome.class);
    private Tallies tallies;
    private final Object handing = new Object();
    private @Nullable BatchSink sink;
    private @Nullable Future<?> task;

    /** What became of a line. */
    private enum Outcome {
        TAKEN("taken"),
        MALFORMED("malformed"),
        NO_METRIC("no_metric"),
        OTHER_KIND("other_kind"),
        OVER_LIMIT("over_limit");

        private final String label;

        Outcome(String label) {
            this.label = label;
        }
    }

    /** An input that listens at an address. */
    public StatsdInput(InetSocketAddress address, StatsdOptions options, PluginContext context) {
        this.address = address;
        this.options = options;
        this.context = context;
        this.tallies = new Tallies(options);
        for (Outcome outcome : Outcome.values()) {
            outcomes.put(
                    outcome,
                    context.metrics()
                            .counter(
                                    "millrace_input_statsd_lines_total",
                                    "Lines of StatsD, by what became of them.",
                                    "outcome",
                                    outcome.label));
        }
    }

    @Override
    public void start(BatchSink given) throws IOException {
        sink = given;
        Inherited inherited = context.inherited(Inherited.class).orElse(null);
        if (inherited != null && inherited.options().equals(options)) {
            tallies = inherited.tallies();
        } else if (inherited != null) {
            tallies.restore(inherited.tallies().toBytes());
        } else {
            context.state().get().ifPresent(tallies::restore);
        }
        context.metrics().gauge("millrace_input_statsd_series", "Series of which lines of StatsD came.", tallies::size);
        long interval = options.interval().toMillis();
        context.listenDatagrams(address, LARGEST, this::take);
        task = context.scheduler().scheduleAtFixedRate(this::hand, interval, interval, TimeUnit.MILLISECONDS);
    }

    /** What a successor goes on with. */
    private record Inherited(StatsdOptions options, Tallies tallies) {}

    @Override
    public void stop() {
        if (task != null) {
            task.cancel(false);
        }
        hand(); // what came since the last interval
        context.leave(new Inherited(options, tallies));
    }

    private void take(InetSocketAddress sender, ByteBuffer content) {
        String text = StandardCharsets.UTF_8.decode(content).toString();
        long now = context.clock().millis();
        for (String line : text.split("\n", -1)) {
            String stripped = line.strip();
            if (!stripped.isEmpty()) {
                count(take(stripped, now));
            }
        }
    }

    private Outcome take(String line, long now) {
        if (StatsdLine.isNoMetric(line)) {
            return Outcome.NO_METRIC;
        }
        try {
            Result worst = Result.TAKEN;
            for (Measure measure : StatsdLine.parse(line)) {
                Result result = tallies.add(measure, now);
                worst = result == Result.TAKEN ? worst : result;
            }
            return Outcome.valueOf(worst.name());
        } catch (MalformedLineException e) {
            context.reportError("StatsD: '" + Excerpt.of(line) + "': " + e.getMessage());
            return Outcome.MALFORMED;
        }
    }

    private void count(Outcome outcome) {
        Counter counter = outcomes.get(outcome);
        if (counter != null) {
            counter.increment();
        }
    }

    private void hand() {
        BatchSink to = sink;
        if (to == null) {
            return;
        }
        synchronized (handing) { // so that a state goes with its own samples
            MetricBatch samples = tallies.samples(context.clock().millis());
            context.state().set(tallies.toBytes());
            to.accept(samples, new Told());
        }
    }

    /** What is refused is in the sums, which come again. */
    private final class Told implements Acknowledgement {
        @Override
        public void committed() {}

        @Override
        public void refused(Refusal refusal) {
            context.reportError("StatsD: an interval's samples are refused: " + refusal.message());
        }

        @Override
        public boolean waiting() {
            return false;
        }
    }
}

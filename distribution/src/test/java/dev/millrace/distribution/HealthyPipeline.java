package dev.millrace.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.distribution.numbered.DeliveryOracle;
import dev.millrace.distribution.numbered.NumberedTarget;
import dev.millrace.distribution.run.Await;
import dev.millrace.distribution.run.MetricsPage;
import dev.millrace.distribution.run.Millrace;
import dev.millrace.distribution.run.RemoteWriteReceiver;
import java.time.Duration;
import java.util.List;

/** A pipeline beside a broken one, which shows that the rest runs on: its target and its receiver. */
final class HealthyPipeline implements AutoCloseable {
    private static final String NAME = "healthy";

    private final int series;
    private final String interval;
    private final NumberedTarget target;
    private final RemoteWriteReceiver receiver = RemoteWriteReceiver.start();

    /** Scrapes 20 series twice a second. */
    HealthyPipeline() {
        this(20, "500ms");
    }

    /** Scrapes a number of series in an interval. */
    HealthyPipeline(int series, String interval) {
        this.series = series;
        this.interval = interval;
        this.target = NumberedTarget.start(series);
    }

    /** Adds its file to an instance. */
    HealthyPipeline addTo(Millrace millrace) {
        millrace.pipeline(NAME, Pipelines.scrape(interval, receiver.endpoint(), "", target.address()));
        return this;
    }

    /** Waits until its counters have risen, each by a scrape or more, from what they are now. */
    void awaitRise(Millrace millrace) {
        Counters[] first = new Counters[1];
        Await.until(
                "the counters of the healthy pipeline rise",
                Duration.ofSeconds(30),
                () -> {
                    Counters now = Counters.of(millrace.metrics());
                    if (first[0] == null) {
                        first[0] = now;
                    }
                    return now.acknowledged() >= first[0].acknowledged() + series
                            && now.delivered() >= first[0].delivered() + series;
                },
                () -> String.join("\n", millrace.lines()));
    }

    /** How many samples have arrived at its receiver. */
    long arrived() {
        return receiver.arrived();
    }

    /**
     * Checks, outside the collector, that every page arrives whole and no series is out of order. A scrape that took too
     * long on a busy machine has {@code up} 0 instead of a page.
     */
    void assertNothingLost() {
        long served = target.pages();
        Await.until("every page up to " + served + " arrives whole", Duration.ofSeconds(30), () -> {
            DeliveryOracle oracle = judge();
            return oracle.lost(target.address(), served) == 0
                    && oracle.torn(target.address(), served).isEmpty();
        });
        DeliveryOracle oracle = judge();
        assertThat(oracle.outOfOrder()).isZero();
        assertThat(oracle.keptTwice()).isZero();
    }

    /** Those of some messages that are not on a scrape of its target that took too long. */
    List<String> othersThanItsOwn(List<String> messages) {
        return messages.stream()
                .filter(message -> !message.contains(target.address()))
                .toList();
    }

    private DeliveryOracle judge() {
        return receiver.judge(series);
    }

    @Override
    public void close() {
        target.close();
        receiver.close();
    }

    private record Counters(double acknowledged, double delivered) {
        static Counters of(MetricsPage page) {
            return new Counters(
                    page.sum("millrace_input_acknowledged_items_total", "pipeline", NAME),
                    page.sum("millrace_flusher_delivered_items_total", "pipeline", NAME));
        }
    }
}

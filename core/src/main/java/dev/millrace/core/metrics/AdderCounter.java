package dev.millrace.core.metrics;

import dev.millrace.spi.metrics.Counter;
import io.prometheus.metrics.model.snapshots.Labels;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;

/** A counter that many threads can add to without waiting for each other. */
final class AdderCounter implements Counter, Consumer<SampleList> {
    private final String name;
    private final String help;
    private final Labels labels;
    private final LongAdder sum = new LongAdder();

    AdderCounter(String name, String help, Labels labels) {
        this.name = name;
        this.help = help;
        this.labels = labels;
    }

    @Override
    public void add(long amount) {
        if (amount < 0) {
            throw new IllegalArgumentException("amount: " + amount + " (expected: >= 0)");
        }
        sum.add(amount);
    }

    @Override
    public void accept(SampleList list) {
        list.counter(name, help, (double) sum.sum(), labels);
    }
}

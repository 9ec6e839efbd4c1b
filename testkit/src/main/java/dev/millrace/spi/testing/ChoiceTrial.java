package dev.millrace.spi.testing;

import dev.millrace.spi.event.EventBatch;
import dev.millrace.spi.extension.FlushInterceptor;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;

/** The lives of what chooses rows. */
final class ChoiceTrial {
    private final Trial trial;
    private final Findings findings;

    ChoiceTrial(Trial trial) {
        this.trial = trial;
        this.findings = trial.findings();
    }

    void run() {
        trial.inLife("all is well", context -> {}, this::choose);
    }

    private void choose(PluginLife<?> life) {
        FlushInterceptor interceptor = (FlushInterceptor) life.component();
        for (Map.Entry<String, EventBatch> sample : SampleBatches.all().entrySet()) {
            EventBatch batch = sample.getValue();
            Callable<List<Boolean>> all = () -> IntStream.range(0, batch.size())
                    .mapToObj(row -> interceptor.passes(batch, row))
                    .toList();
            List<Boolean> first = trial.call("passes of " + sample.getKey(), thrown -> false, all);
            List<Boolean> second = trial.call("passes of " + sample.getKey(), thrown -> false, all);
            if (first == null) {
                continue;
            }
            findings.expect(
                    first.equals(second), Rule.SAME_BYTES, "rows of " + sample.getKey() + " pass once and not again");
            for (List<Boolean> other : trial.together(4, "passes", Collections.nCopies(16, all))) {
                findings.expect(
                        first.equals(other), Rule.THREAD_SAFE, "other rows of " + sample.getKey() + " pass at once");
            }
        }
    }
}

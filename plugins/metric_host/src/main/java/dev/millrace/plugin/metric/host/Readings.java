package dev.millrace.plugin.metric.host;

import dev.millrace.spi.PluginContext;
import dev.millrace.spi.event.MetricBatch;
import java.util.List;
import java.util.Optional;

/** The samples of all collectors, reading after reading. Used by one reading at a time. */
final class Readings {
    private final List<CollectorRun> collectors;
    private final PluginContext context;
    private final Samples samples = new Samples();
    private boolean troubled;

    Readings(List<CollectorRun> collectors, PluginContext context) {
        this.collectors = collectors;
        this.context = context;
    }

    /** Begins what takes a while. */
    void prepare() {
        collectors.forEach(CollectorRun::prepare);
    }

    /** Reads what there is at this moment. */
    void read() {
        samples.truncate(0);
        int failing = 0;
        String last = "";
        for (CollectorRun collector : collectors) {
            Optional<String> failure = collector.collect(samples);
            if (failure.isPresent()) {
                failing++;
                last = failure.get();
            }
        }
        tell(failing, last);
    }

    /** What was read, and the ends of series that were read before. */
    MetricBatch batch(SeriesHistory history, long timestamp) {
        return history.batch(samples, timestamp);
    }

    private void tell(int failing, String last) {
        if (failing > 0) {
            context.reportTrouble(failing + " of " + collectors.size() + " collectors fail; the last: " + last);
        } else if (troubled) {
            context.reportRecovery();
        }
        troubled = failing > 0;
    }

    void stop() {
        collectors.forEach(CollectorRun::stop);
    }
}

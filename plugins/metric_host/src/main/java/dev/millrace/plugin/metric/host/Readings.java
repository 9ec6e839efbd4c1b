package dev.millrace.plugin.metric.host;

import dev.millrace.plugin.lib.reading.Samples;
import dev.millrace.plugin.lib.reading.Source;
import dev.millrace.spi.PluginContext;
import java.util.List;
import java.util.Optional;

/** The samples of all collectors, reading after reading. Used by one reading at a time. */
final class Readings implements Source {
    private final List<CollectorRun> collectors;
    private final PluginContext context;
    private boolean troubled;

    Readings(List<CollectorRun> collectors, PluginContext context) {
        this.collectors = collectors;
        this.context = context;
    }

    @Override
    public void prepare() {
        collectors.forEach(CollectorRun::prepare);
    }

    @Override
    public void read(Samples samples) {
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

    private void tell(int failing, String last) {
        if (failing > 0) {
            context.reportTrouble(failing + " of " + collectors.size() + " collectors fail; the last: " + last);
        } else if (troubled) {
            context.reportRecovery();
        }
        troubled = failing > 0;
    }

    @Override
    public void stop() {
        collectors.forEach(CollectorRun::stop);
    }
}

package dev.millrace.plugin.metric.self;

import dev.millrace.plugin.lib.reading.ReadingLoop;
import dev.millrace.spi.PluginContext;
import dev.millrace.spi.event.AddedLabels;
import dev.millrace.spi.event.Labels;
import dev.millrace.spi.pipeline.BatchSink;
import dev.millrace.spi.pipeline.Input;
import org.jspecify.annotations.Nullable;

/** Reads the host's metrics at the points of its schedule. */
final class SelfInput implements Input {
    private final SelfOptions options;
    private final PluginContext context;
    private @Nullable ReadingLoop loop;

    SelfInput(SelfOptions options, PluginContext context) {
        this.options = options;
        this.context = context;
    }

    @Override
    public void start(BatchSink sink) {
        String instance = options.instance().orElseGet(HostName::get);
        AddedLabels target = new AddedLabels(Labels.of("job", options.job(), "instance", instance));
        ReadingLoop made =
                new ReadingLoop(new OwnMetrics(context, target), options.interval(), instance, sink, context);
        loop = made;
        made.start();
    }

    @Override
    public void stop() {
        if (loop != null) {
            loop.stop();
        }
    }
}

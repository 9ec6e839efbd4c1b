package dev.millrace.plugin.metric.host;

import dev.millrace.plugin.lib.reading.ReadingLoop;
import dev.millrace.spi.PluginContext;
import dev.millrace.spi.event.Labels;
import dev.millrace.spi.pipeline.BatchSink;
import dev.millrace.spi.pipeline.Input;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads the host at the points of its schedule. */
final class HostInput implements Input {
    private final HostOptions options;
    private final PluginContext context;
    private @Nullable ReadingLoop loop;

    HostInput(HostOptions options, PluginContext context) {
        this.options = options;
        this.context = context;
    }

    @Override
    public void start(BatchSink sink) throws IOException {
        Path statistics = options.procPath().resolve("stat");
        if (!Files.isReadable(statistics)) {
            throw new IOException(
                    "ProcPath: " + statistics + " cannot be read (expected: the /proc of Linux, which other"
                            + " systems do not have; in a container that of the host, such as ProcPath: /host/proc)");
        }
        String instance = instance();
        Host host = new Host(
                options,
                new Families(Labels.of("job", options.job(), "instance", instance)),
                new BootTime(statistics),
                context.clock());
        ReadingLoop made =
                new ReadingLoop(new Readings(collectors(host), context), options.interval(), instance, sink, context);
        loop = made;
        made.start();
    }

    @Override
    public void stop() {
        if (loop != null) {
            loop.stop();
        }
    }

    private List<CollectorRun> collectors(Host host) {
        List<CollectorRun> collectors = new ArrayList<>();
        for (CollectorKind kind : options.kinds()) {
            collectors.add(new CollectorRun(
                    kind,
                    host,
                    context.metrics()
                            .counter(
                                    "millrace_input_failed_collections_total",
                                    "Readings in which a collector failed.",
                                    "collector",
                                    kind.text()),
                    System::nanoTime));
        }
        return collectors;
    }

    private String instance() throws IOException {
        if (options.instance().isPresent()) {
            return options.instance().get();
        }
        ProcText text = new ProcText().read(options.procPath().resolve("sys/kernel/hostname"));
        text.nextLine();
        text.rest();
        return text.text();
    }
}

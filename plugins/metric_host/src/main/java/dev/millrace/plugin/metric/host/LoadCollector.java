package dev.millrace.plugin.metric.host;

import dev.millrace.plugin.lib.reading.Samples;
import dev.millrace.plugin.lib.reading.Series;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** The load averages, from /proc/loadavg (proc(5)). */
final class LoadCollector implements Collector {
    private final Path file;
    private final ProcText text = new ProcText();
    private final List<Series> averages;

    LoadCollector(Host host) {
        file = host.proc("loadavg");
        averages = List.of(
                average(host, "node_load1", "one minute"),
                average(host, "node_load5", "five minutes"),
                average(host, "node_load15", "fifteen minutes"));
    }

    @Override
    public void collect(Samples samples) throws IOException {
        text.read(file).nextLine();
        for (int i = 0; i < averages.size(); i++) {
            samples.add(averages.get(i), text.nextNumber());
        }
    }

    private static Series average(Host host, String name, String time) {
        return host.families()
                .gauge(name, "Threads that run, could run or wait for a device, on average over " + time + ".")
                .series();
    }
}

package dev.millrace.plugin.metric.host;

import dev.millrace.plugin.lib.reading.Samples;
import dev.millrace.plugin.lib.reading.Series;
import java.io.IOException;
import java.nio.file.Path;

/**
 * All lines of /proc/meminfo (proc(5)). What is given in kB is a series in bytes, whose name says so; the field {@code Active(anon)}
 * is {@code node_memory_Active_anon_bytes}.
 */
final class MemoryCollector implements Collector {
    private static final double KILOBYTE = 1024;

    private final Path file;
    private final ProcText text = new ProcText();
    private final Families families;
    private final ByName<Series> sizes = new ByName<>(field -> series(field, "_bytes"));
    private final ByName<Series> numbers = new ByName<>(field -> series(field, ""));

    MemoryCollector(Host host) {
        file = host.proc("meminfo");
        families = host.families();
    }

    @Override
    public void collect(Samples samples) throws IOException {
        text.read(file);
        while (text.nextLine()) {
            if (text.nextFieldBefore(':')) {
                add(samples);
            }
        }
        sizes.endRound();
        numbers.endRound();
    }

    private void add(Samples samples) throws IOException {
        boolean inBytes = text.endsLine("kB");
        Series series = inBytes ? sizes.of(text) : numbers.of(text);
        text.skipSeparator();
        samples.add(series, text.nextNumber() * (inBytes ? KILOBYTE : 1));
    }

    private Series series(String field, String unit) {
        String name = field.replace("(", "_").replace(")", "") + unit;
        return families.gauge("node_memory_" + name, field + " of /proc/meminfo.")
                .series();
    }
}

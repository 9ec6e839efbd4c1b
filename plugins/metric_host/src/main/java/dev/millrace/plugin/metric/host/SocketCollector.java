package dev.millrace.plugin.metric.host;

import dev.millrace.plugin.lib.reading.Samples;
import dev.millrace.plugin.lib.reading.Series;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Sockets in use, from /proc/net/sockstat and sockstat6: lines of a protocol, and names with numbers. Memory is counted in pages.
 */
final class SocketCollector implements Collector {
    private final List<Path> files;
    private final double pageSize;
    private final ProcText text = new ProcText();
    private final Families families;
    private final ByName<ByName<Field>> protocols = new ByName<>(this::protocol);

    SocketCollector(Host host) {
        files = List.of(host.proc("net/sockstat"), host.proc("net/sockstat6"));
        pageSize = PageSize.bytes();
        families = host.families();
    }

    /** The series of a field, and the one in bytes where the field counts pages. */
    private record Field(Series series, Optional<Series> bytes) {}

    @Override
    public void collect(Samples samples) throws IOException {
        for (int i = 0; i < files.size(); i++) {
            if (i == 0 || Files.exists(files.get(i))) {
                text.read(files.get(i));
                while (text.nextLine()) {
                    if (text.nextFieldBefore(':')) {
                        add(protocols.of(text), samples);
                    }
                }
            }
        }
        protocols.endRound();
    }

    private void add(ByName<Field> fields, Samples samples) throws IOException {
        text.skipSeparator();
        while (text.nextField()) {
            Field field = fields.of(text);
            double value = text.nextNumber();
            samples.add(field.series(), value);
            if (field.bytes().isPresent()) {
                samples.add(field.bytes().get(), value * pageSize);
            }
        }
        fields.endRound();
    }

    private ByName<Field> protocol(String protocol) {
        return new ByName<>(field -> {
            Series series = series(protocol, field, "Sockets of " + protocol + ": " + field + '.');
            return field.equals("mem")
                    ? new Field(
                            series,
                            Optional.of(series(protocol, "mem_bytes", "Memory of " + protocol + " sockets, in bytes.")))
                    : new Field(series, Optional.empty());
        });
    }

    private Series series(String protocol, String field, String help) {
        return families.gauge("node_sockstat_" + protocol + '_' + field, help).series();
    }
}

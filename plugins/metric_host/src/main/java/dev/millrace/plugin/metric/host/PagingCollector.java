package dev.millrace.plugin.metric.host;

import dev.millrace.plugin.lib.reading.Samples;
import dev.millrace.plugin.lib.reading.Series;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;

/** Paging, swapping, faults and kills for lack of memory, from /proc/vmstat (proc(5)). */
final class PagingCollector implements Collector {
    private static final Pattern FIELDS = Pattern.compile("^(oom_kill|pgpg|pswp|pg.*fault).*");

    private final Path file;
    private final ProcText text = new ProcText();
    private final Families families;
    private final ByName<Optional<Series>> fields = new ByName<>(this::series);

    PagingCollector(Host host) {
        file = host.proc("vmstat");
        families = host.families();
    }

    @Override
    public void collect(Samples samples) throws IOException {
        text.read(file);
        while (text.nextLine()) {
            if (text.nextField()) {
                Optional<Series> series = fields.of(text);
                if (series.isPresent()) {
                    samples.add(series.get(), text.nextNumber());
                }
            }
        }
        fields.endRound();
    }

    private Optional<Series> series(String field) {
        return FIELDS.matcher(field).matches()
                ? Optional.of(families.untyped("node_vmstat_" + field, field + " of /proc/vmstat.")
                        .series())
                : Optional.empty();
    }
}

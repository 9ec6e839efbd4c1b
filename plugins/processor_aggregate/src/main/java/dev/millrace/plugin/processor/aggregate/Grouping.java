package dev.millrace.plugin.processor.aggregate;

import dev.millrace.plugin.lib.prometheus.relabel.Relabeling;
import dev.millrace.spi.Cache;
import dev.millrace.spi.PluginContext;
import dev.millrace.spi.event.Labels;
import dev.millrace.spi.event.LabelsBuilder;
import dev.millrace.spi.event.Symbol;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The group that a series is of, which is asked once for each series. Thread-safe. */
final class Grouping {
    /* What objects take beside the text of labels, which symbols share. */
    private static final int ENTRY_BYTES = 160;

    private static final int LABEL_BYTES = 8;

    private final Relabeling include;
    private final boolean only;
    private final Set<Symbol> names = new HashSet<>();
    private final boolean all;
    private final Cache<Labels, Result> known;

    /** A group: null where the series is not aggregated. */
    private record Result(@Nullable Labels group) {}

    Grouping(AggregateOptions options, PluginContext context) {
        include = Relabeling.of(options.rules());
        only = !options.by().isEmpty();
        all = !only && options.without().isEmpty();
        (only ? options.by() : options.without()).forEach(name -> names.add(Symbol.of(name)));
        if (only) {
            names.add(Symbol.of(Labels.METRIC_NAME));
        }
        known = context.cache("groups", Grouping::bytes);
    }

    /** The labels that a series has in common with its group, or null where it is not aggregated. */
    @Nullable
    Labels of(Labels series) {
        return known.get(series, this::grouped).group();
    }

    private Result grouped(Labels series) {
        if (include.apply(series) == null) {
            return new Result(null);
        }
        if (all) {
            return new Result(series);
        }
        LabelsBuilder group = Labels.builder();
        for (int i = 0; i < series.size(); i++) {
            if (names.contains(series.name(i)) == only) {
                group.add(series.name(i), series.value(i));
            }
        }
        return new Result(group.build());
    }

    private static int bytes(Labels series, Result result) {
        Labels group = result.group();
        return ENTRY_BYTES + LABEL_BYTES * (series.size() + (group == null ? 0 : group.size()));
    }
}

package dev.millrace.plugin.ext.decoder;

import dev.millrace.plugin.lib.prometheus.text.TextFormatException;
import dev.millrace.plugin.lib.prometheus.text.TextParser;
import dev.millrace.plugin.lib.prometheus.text.TextParser.Kind;
import dev.millrace.spi.event.EventBatch;
import dev.millrace.spi.event.Exemplar;
import dev.millrace.spi.event.Labels;
import dev.millrace.spi.event.LabelsBuilder;
import dev.millrace.spi.event.Metadata;
import dev.millrace.spi.event.MetricBatch;
import dev.millrace.spi.event.MetricBatchBuilder;
import dev.millrace.spi.event.MetricType;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One page of text that becomes a batch. Used once. */
final class TextPage {
    private static final int FIRST_ROWS = 256;

    private final TextParser parser;
    private final long now;
    private final LabelsBuilder labels = Labels.builder();
    private final MetricBatchBuilder rows = MetricBatch.builder(FIRST_ROWS);
    private final Map<String, Metadata> families = new HashMap<>();
    private @Nullable Metadata family;

    /** A page whose samples have the time {@code now}, unless they have one of their own. */
    TextPage(TextParser parser, long now) {
        this.parser = parser;
        this.now = now;
    }

    /** One batch, or none where there is no sample. */
    List<EventBatch> read() throws TextFormatException {
        for (Kind kind = parser.next(); kind != Kind.END; kind = parser.next()) {
            if (kind != Kind.SERIES) {
                describe(kind);
            } else if (!parser.isCreated()) {
                addSample();
            }
        }
        return rows.size() == 0 ? List.of() : List.of(rows.build());
    }

    private void describe(Kind kind) {
        String name = parser.family();
        Metadata known = families.getOrDefault(name, new Metadata(name, MetricType.UNKNOWN, "", ""));
        family = new Metadata(
                name,
                kind == Kind.TYPE ? parser.type() : known.type(),
                kind == Kind.HELP ? parser.text() : known.help(),
                kind == Kind.UNIT ? parser.text() : known.unit());
        families.put(name, family);
    }

    private void addSample() throws TextFormatException {
        labels.clear();
        parser.labels(labels);
        long time = parser.hasTimestamp() ? parser.timestamp() : now;
        Labels series = labels.build();
        rows.add(series, time, parser.valueBits());
        Metadata described = family;
        if (described != null && belongs(series.get(Labels.METRIC_NAME), described.family())) {
            rows.metadata(described);
        }
        Exemplar exemplar = parser.hasExemplar() ? parser.exemplar(time) : null;
        if (exemplar != null) {
            rows.exemplars(List.of(exemplar));
        }
    }

    /* A series of a family has its name, perhaps with a suffix such as _bucket. */
    private static boolean belongs(String name, String family) {
        return name.startsWith(family) && (name.length() == family.length() || name.charAt(family.length()) == '_');
    }
}

package dev.millrace.plugin.lib.prometheus.wire;

import com.google.protobuf.CodedInputStream;
import dev.millrace.spi.event.Labels;
import dev.millrace.spi.event.Metadata;
import dev.millrace.spi.event.MetricBatchBuilder;
import dev.millrace.spi.event.MetricType;
import dev.millrace.spi.event.NativeHistogram;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Reads the message {@code TimeSeries} of version 2.0 and turns it into rows. Used again and again. */
final class RequestSeriesReader implements MessageReader.Fields {
    /** The most that the descriptions of a message may come to where they are written out, as in the journal. */
    private static final int MOST_DESCRIPTIONS = 32 << 20;

    private static final String LABELS = "labels_refs";
    private static final String EXEMPLAR_LABELS = "exemplars.labels_refs";

    private final MessageReader reader;
    private final CodedInputStream in;
    private final ReceivedSymbols symbols;
    private final MetricBatchBuilder rows;
    private final StrayExemplars strays;
    private final HistogramReader histogramReader;
    private final LabelRefsReader labels;
    private final MessageReader.Fields sampleFields = this::readSample;
    private final MessageReader.Fields exemplarFields = this::readExemplar;
    private final MessageReader.Fields metadataFields = this::readMetadata;

    private final Longs refs = new Longs();
    private final Longs exemplarRefs = new Longs();
    private final SeriesPoints points = new SeriesPoints();

    private long value;
    private long timestamp;
    private long startTimestamp;
    private int type;
    private long help;
    private long unit;
    private @Nullable Metadata last;
    private long descriptions;

    RequestSeriesReader(MessageReader reader, ReceivedSymbols symbols, MetricBatchBuilder rows, StrayExemplars strays) {
        this.reader = reader;
        this.in = reader.in();
        this.symbols = symbols;
        this.rows = rows;
        this.strays = strays;
        this.histogramReader = new HistogramReader(reader);
        this.labels = new LabelRefsReader(symbols);
    }

    /**
     * Reads a field of type {@code TimeSeries} and adds its rows.
     *
     * @throws IllegalArgumentException if the series is well-formed and breaks a rule
     */
    void series() throws IOException {
        refs.clear();
        points.clear();
        type = 0;
        help = 0;
        unit = 0;
        reader.nested(this);
        if (points.mixed()) {
            throw new IllegalArgumentException("samples and histograms (expected: one of them)");
        }
        Labels series = labels.labels(refs, LABELS);
        points.addTo(rows, series, metadata(series), strays);
    }

    @Override
    public boolean read(int tag) throws IOException {
        switch (tag) {
            case RequestTags.SERIES_LABELS_REFS -> reader.packed(refs, this::readRef);
            case RequestTags.SERIES_LABELS_REFS - 2 -> refs.add(readRef()); // a number that comes alone
            case RequestTags.SERIES_SAMPLES -> sample();
            case RequestTags.SERIES_HISTOGRAMS -> {
                NativeHistogram histogram = histogramReader.histogram();
                points.addHistogram(histogram, histogramReader.timestamp(), histogramReader.startTimestamp());
            }
            case RequestTags.SERIES_EXEMPLARS -> exemplar();
            case RequestTags.SERIES_METADATA -> reader.nested(metadataFields);
            default -> {
                return false;
            }
        }
        return true;
    }

    private long readRef() throws IOException {
        return Integer.toUnsignedLong(in.readUInt32());
    }

    private void sample() throws IOException {
        value = 0;
        timestamp = 0;
        startTimestamp = 0;
        reader.nested(sampleFields);
        points.addSample(value, timestamp, startTimestamp);
    }

    private boolean readSample(int tag) throws IOException {
        switch (tag) {
            case RequestTags.SAMPLE_VALUE -> value = in.readFixed64();
            case RequestTags.SAMPLE_TIMESTAMP -> timestamp = in.readInt64();
            case RequestTags.SAMPLE_START_TIMESTAMP -> startTimestamp = in.readInt64();
            default -> {
                return false;
            }
        }
        return true;
    }

    private void exemplar() throws IOException {
        value = 0;
        timestamp = 0;
        exemplarRefs.clear();
        reader.nested(exemplarFields);
        points.addExemplar(labels.labels(exemplarRefs, EXEMPLAR_LABELS), value, timestamp);
    }

    private boolean readExemplar(int tag) throws IOException {
        switch (tag) {
            case RequestTags.EXEMPLAR_LABELS_REFS -> reader.packed(exemplarRefs, this::readRef);
            case RequestTags.EXEMPLAR_LABELS_REFS - 2 -> exemplarRefs.add(readRef());
            case RequestTags.EXEMPLAR_VALUE -> value = in.readFixed64();
            case RequestTags.EXEMPLAR_TIMESTAMP -> timestamp = in.readInt64();
            default -> {
                return false;
            }
        }
        return true;
    }

    private boolean readMetadata(int tag) throws IOException {
        switch (tag) {
            case RequestTags.METADATA_TYPE -> type = in.readEnum();
            case RequestTags.METADATA_HELP_REF -> help = readRef();
            case RequestTags.METADATA_UNIT_REF -> unit = readRef();
            default -> {
                return false;
            }
        }
        return true;
    }

    /* What says nothing is none. */
    private @Nullable Metadata metadata(Labels series) {
        MetricType known = TypeNumbers.type(type);
        if (known == MetricType.UNKNOWN && help == 0 && unit == 0) {
            return null;
        }
        String family = FamilyMetadata.family(series.get(Labels.METRIC_NAME), known);
        String helpText = symbols.text(help, "metadata.help_ref");
        String unitText = symbols.text(unit, "metadata.unit_ref");
        Metadata metadata = new Metadata(family, known, helpText, unitText);
        if (!metadata.equals(last)) {
            descriptions += family.length() + helpText.length() + unitText.length();
            if (descriptions > MOST_DESCRIPTIONS) {
                throw new IllegalArgumentException("metadata: more than " + MOST_DESCRIPTIONS
                        + " bytes of descriptions in a request (expected: fewer)");
            }
            last = metadata;
        }
        return last;
    }
}

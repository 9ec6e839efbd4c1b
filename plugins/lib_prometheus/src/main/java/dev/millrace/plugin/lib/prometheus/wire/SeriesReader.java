package dev.millrace.plugin.lib.prometheus.wire;

import com.google.protobuf.CodedInputStream;
import dev.millrace.spi.event.Exemplar;
import dev.millrace.spi.event.Labels;
import dev.millrace.spi.event.LabelsBuilder;
import dev.millrace.spi.event.MetricBatchBuilder;
import dev.millrace.spi.event.NativeHistogram;
import dev.millrace.spi.event.Symbol;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Reads the message {@code TimeSeries} and turns it into rows. Used again and again. */
final class SeriesReader implements MessageReader.Fields {
    private final MessageReader reader;
    private final CodedInputStream in;
    private final MetricBatchBuilder rows;
    private final StrayExemplars strays;
    private final HistogramReader histogramReader;
    private final MessageReader.Fields labelFields = this::readLabel;
    private final MessageReader.Fields sampleFields = this::readSample;
    private final MessageReader.Fields exemplarFields = this::readExemplar;

    private final LabelsBuilder labels = Labels.builder();
    private final LabelsBuilder exemplarLabels = Labels.builder();
    private final Longs values = new Longs();
    private final Longs timestamps = new Longs();
    private final List<NativeHistogram> histograms = new ArrayList<>();
    private final Longs histogramTimestamps = new Longs();
    private final List<Exemplar> exemplars = new ArrayList<>();

    private Symbol name = Symbol.EMPTY;
    private Symbol text = Symbol.EMPTY;
    private long value;
    private long timestamp;

    SeriesReader(MessageReader reader, MetricBatchBuilder rows, StrayExemplars strays) {
        this.reader = reader;
        this.in = reader.in();
        this.rows = rows;
        this.strays = strays;
        this.histogramReader = new HistogramReader(reader);
    }

    /**
     * Reads a field of type {@code TimeSeries} and adds its rows.
     *
     * @throws IllegalArgumentException if the series is well-formed and means nothing
     */
    void series() throws IOException {
        labels.clear();
        values.clear();
        timestamps.clear();
        histograms.clear();
        histogramTimestamps.clear();
        exemplars.clear();
        reader.nested(this);
        addRows();
    }

    @Override
    public boolean read(int tag) throws IOException {
        switch (tag) {
            case WireTags.SERIES_LABELS -> label(labels);
            case WireTags.SERIES_SAMPLES -> sample();
            case WireTags.SERIES_EXEMPLARS -> exemplar();
            case WireTags.SERIES_HISTOGRAMS -> {
                histograms.add(histogramReader.histogram());
                histogramTimestamps.add(histogramReader.timestamp());
            }
            default -> {
                return false;
            }
        }
        return true;
    }

    private void label(LabelsBuilder target) throws IOException {
        name = Symbol.EMPTY;
        text = Symbol.EMPTY;
        reader.nested(labelFields);
        target.add(name, text);
    }

    private boolean readLabel(int tag) throws IOException {
        switch (tag) {
            case WireTags.LABEL_NAME -> name = reader.symbol();
            case WireTags.LABEL_VALUE -> text = reader.symbol();
            default -> {
                return false;
            }
        }
        return true;
    }

    private void sample() throws IOException {
        value = 0;
        timestamp = 0;
        reader.nested(sampleFields);
        values.add(Nan.ofValue(value));
        timestamps.add(timestamp);
    }

    private boolean readSample(int tag) throws IOException {
        switch (tag) {
            case WireTags.SAMPLE_VALUE -> value = in.readFixed64();
            case WireTags.SAMPLE_TIMESTAMP -> timestamp = in.readInt64();
            default -> {
                return false;
            }
        }
        return true;
    }

    private void exemplar() throws IOException {
        value = 0;
        timestamp = 0;
        exemplarLabels.clear();
        reader.nested(exemplarFields);
        exemplars.add(new Exemplar(exemplarLabels.build(), Nan.ofOther(value), timestamp));
    }

    private boolean readExemplar(int tag) throws IOException {
        switch (tag) {
            case WireTags.EXEMPLAR_LABELS -> label(exemplarLabels);
            case WireTags.EXEMPLAR_VALUE -> value = in.readFixed64();
            case WireTags.EXEMPLAR_TIMESTAMP -> timestamp = in.readInt64();
            default -> {
                return false;
            }
        }
        return true;
    }

    private void addRows() {
        Labels series = labels.build();
        int points = values.size() + histograms.size();
        if (points == 0) {
            strays.add(series, exemplars);
            return;
        }
        if (series.size() == 0) {
            throw new IllegalArgumentException("labels: none (expected: at least __name__)");
        }
        int taken = 0;
        for (int i = 0; i < values.size(); i++) {
            rows.add(series, timestamps.get(i), values.get(i));
            taken = addExemplars(taken, timestamps.get(i), --points == 0);
        }
        for (int i = 0; i < histograms.size(); i++) {
            rows.add(series, histogramTimestamps.get(i), histograms.get(i));
            taken = addExemplars(taken, histogramTimestamps.get(i), --points == 0);
        }
    }

    /* The message has exemplars beside the samples: one belongs to the first that is not older, or to the last. */
    private int addExemplars(int from, long until, boolean last) {
        int to = from;
        while (to < exemplars.size() && (last || exemplars.get(to).timestamp() <= until)) {
            to++;
        }
        if (to > from) {
            rows.exemplars(exemplars.subList(from, to));
        }
        return to;
    }
}

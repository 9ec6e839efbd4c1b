package dev.millrace.plugin.lib.prometheus.wire;

import com.google.protobuf.CodedInputStream;
import dev.millrace.plugin.lib.prometheus.names.LabelLimit;
import dev.millrace.spi.event.Labels;
import dev.millrace.spi.event.LabelsBuilder;
import dev.millrace.spi.event.MetricBatchBuilder;
import dev.millrace.spi.event.NativeHistogram;
import dev.millrace.spi.event.Symbol;
import java.io.IOException;

/** Reads the message {@code TimeSeries} of version 1.0 and turns it into rows. Used again and again. */
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
    private final SeriesPoints points = new SeriesPoints();

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
        points.clear();
        reader.nested(this);
        points.addTo(rows, labels.build(), null, strays);
    }

    @Override
    public boolean read(int tag) throws IOException {
        switch (tag) {
            case WireTags.SERIES_LABELS -> label(labels);
            case WireTags.SERIES_SAMPLES -> sample();
            case WireTags.SERIES_EXEMPLARS -> exemplar();
            case WireTags.SERIES_HISTOGRAMS -> {
                NativeHistogram histogram = histogramReader.histogram();
                points.addHistogram(histogram, histogramReader.timestamp(), 0);
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
        if (target.size() == LabelLimit.MOST) {
            throw new IllegalArgumentException("labels: more than " + LabelLimit.MOST + " (expected: fewer)");
        }
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
        points.addSample(value, timestamp, 0);
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
        points.addExemplar(exemplarLabels.build(), value, timestamp);
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
}

package dev.millrace.plugin.lib.prometheus.wire;

/** The tags, field number and wire type in one, of remote write 2.0's messages; histograms' are {@link HistogramFields}'. */
final class RequestTags {
    static final int REQUEST_SYMBOLS = 0x22;
    static final int REQUEST_TIMESERIES = 0x2a;

    static final int SERIES_LABELS_REFS = 0x0a;
    static final int SERIES_SAMPLES = 0x12;
    static final int SERIES_HISTOGRAMS = 0x1a;
    static final int SERIES_EXEMPLARS = 0x22;
    static final int SERIES_METADATA = 0x2a;

    static final int SAMPLE_VALUE = 0x09;
    static final int SAMPLE_TIMESTAMP = 0x10;
    static final int SAMPLE_START_TIMESTAMP = 0x18;

    static final int EXEMPLAR_LABELS_REFS = 0x0a;
    static final int EXEMPLAR_VALUE = 0x11;
    static final int EXEMPLAR_TIMESTAMP = 0x18;

    static final int METADATA_TYPE = 0x08;
    static final int METADATA_HELP_REF = 0x18;
    static final int METADATA_UNIT_REF = 0x20;

    private RequestTags() {}
}

package dev.millrace.plugin.lib.prometheus.wire;

/** The tags, field number and wire type in one, of remote write 1.0's messages. */
final class WireTags {
    static final int REQUEST_TIMESERIES = 0x0a;
    static final int REQUEST_METADATA = 0x1a;

    static final int SERIES_LABELS = 0x0a;
    static final int SERIES_SAMPLES = 0x12;
    static final int SERIES_EXEMPLARS = 0x1a;
    static final int SERIES_HISTOGRAMS = 0x22;

    static final int LABEL_NAME = 0x0a;
    static final int LABEL_VALUE = 0x12;

    static final int SAMPLE_VALUE = 0x09;
    static final int SAMPLE_TIMESTAMP = 0x10;

    static final int EXEMPLAR_LABELS = 0x0a;
    static final int EXEMPLAR_VALUE = 0x11;
    static final int EXEMPLAR_TIMESTAMP = 0x18;

    static final int METADATA_TYPE = 0x08;
    static final int METADATA_FAMILY = 0x12;
    static final int METADATA_HELP = 0x22;
    static final int METADATA_UNIT = 0x2a;

    private WireTags() {}
}

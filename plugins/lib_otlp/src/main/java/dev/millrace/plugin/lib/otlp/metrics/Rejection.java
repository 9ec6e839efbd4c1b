package dev.millrace.plugin.lib.otlp.metrics;

import java.util.Locale;

/** Why a data point cannot be kept. */
public enum Rejection {
    /** No metric name. */
    METRIC_NAME("the metric's name has no letter or digit"),
    /** No label name. */
    LABEL_NAME("an attribute's name has no letter or digit"),
    /** Too many labels. */
    TOO_MANY_ATTRIBUTES("more than 1024 attributes"),
    /** No time. */
    NO_TIME("time_unix_nano is 0"),
    /** Neither a value nor the flag that there is none. */
    NO_VALUE("neither a value nor the flag no_recorded_value"),
    /** Neither delta nor cumulative. */
    NO_TEMPORALITY("the aggregation temporality is neither delta nor cumulative"),
    /** The counts do not fit the bounds. */
    BUCKETS("counts that do not fit the bounds or the count, or bounds that do not rise"),
    /** Too coarse. */
    SCALE("an exponential histogram with a scale below -4, which no native histogram has"),
    /** No sum, which a native histogram must have. */
    NO_SUM("an exponential histogram without a sum"),
    /** Too far away. */
    BUCKET_INDEX("a bucket index beyond 32 bits"),
    /** A delta from before the last. */
    OUT_OF_ORDER("a delta that is older than the last one of its stream"),
    /** A delta of an older stream. */
    OLDER_START("a delta that begins before its stream began"),
    /** Too many streams of deltas. */
    STREAM_LIMIT("more streams of deltas than are kept (MaxStreams)");

    private final String sentence;

    Rejection(String sentence) {
        this.sentence = sentence;
    }

    /** The value of the label {@code reason} in metrics. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** What to tell the client. */
    String sentence() {
        return sentence;
    }
}

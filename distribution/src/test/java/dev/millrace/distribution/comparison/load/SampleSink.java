package dev.millrace.distribution.comparison.load;

/** Takes the samples of a request. */
interface SampleSink {
    /**
     * One sample.
     *
     * @param series a hash of the labels of its series
     * @param ofPage whether its series is one of the targets' pages
     * @param timestamp milliseconds since 1970
     * @param value the bits of its value
     */
    void sample(long series, boolean ofPage, long timestamp, long value);
}

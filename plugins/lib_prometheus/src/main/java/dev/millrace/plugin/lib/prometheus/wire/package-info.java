/**
 * The protobuf messages of Prometheus remote write: {@link dev.millrace.plugin.lib.prometheus.wire.WriteRequestEncoder}
 * and {@link dev.millrace.plugin.lib.prometheus.wire.WriteRequestDecoder} for version 1.0.
 *
 * <pre>
 * prometheus.WriteRequest   1 timeseries  repeated TimeSeries     3 metadata   repeated MetricMetadata
 * TimeSeries                1 labels      repeated Label          2 samples    repeated Sample
 *                           3 exemplars   repeated Exemplar       4 histograms repeated Histogram
 * Label                     1 name        string                  2 value      string
 * Sample                    1 value       double                  2 timestamp  int64
 * Exemplar                  1 labels      repeated Label          2 value      double
 *                           3 timestamp   int64
 * MetricMetadata            1 type        enum                    2 metric_family_name string
 *                           4 help        string                  5 unit       string
 * </pre>
 *
 * <p>Timestamps are milliseconds since the epoch. A field that holds its default is left out; a double is one only when
 * all its bits are zero, so that negative zero is kept.
 */
@NullMarked
package dev.millrace.plugin.lib.prometheus.wire;

import org.jspecify.annotations.NullMarked;

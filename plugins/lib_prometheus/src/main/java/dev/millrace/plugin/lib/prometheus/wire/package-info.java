/**
 * The protobuf messages of Prometheus remote write: {@link dev.millrace.plugin.lib.prometheus.wire.WriteRequestEncoder}
 * and {@link dev.millrace.plugin.lib.prometheus.wire.WriteRequestDecoder} for version 1.0,
 * {@link dev.millrace.plugin.lib.prometheus.wire.RequestEncoder} and
 * {@link dev.millrace.plugin.lib.prometheus.wire.RequestDecoder} for version 2.0.
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
 *
 * io.prometheus.write.v2.Request                                  4 symbols    repeated string
 *                           5 timeseries  repeated TimeSeries
 * TimeSeries                1 labels_refs packed uint32           2 samples    repeated Sample
 *                           3 histograms  repeated Histogram      4 exemplars  repeated Exemplar
 *                           5 metadata    Metadata
 * Sample                    1 value       double                  2 timestamp  int64
 *                           3 start_timestamp int64
 * Exemplar                  1 labels_refs packed uint32           2 value      double
 *                           3 timestamp   int64
 * Metadata                  1 type        enum                    3 help_ref   uint32
 *                           4 unit_ref    uint32
 * </pre>
 *
 * <p>References are places in {@code symbols}, whose first is the empty string; those of labels are pairs of name and
 * value.
 *
 * <p>Timestamps are milliseconds since the epoch. A field that holds its default is left out; a double is one only when
 * all its bits are zero, so that negative zero is kept.
 */
@NullMarked
package dev.millrace.plugin.lib.prometheus.wire;

import org.jspecify.annotations.NullMarked;

/**
 * The protobuf exposition format, read as the series that the text format would give, and as native histograms.
 *
 * <p>A page is a stream of messages, each behind its length as a varint. They are those of Prometheus' client model, in
 * the package {@code io.prometheus.client}:
 *
 * <pre>
 * MetricFamily  1 name             string     2 help              string     3 type            MetricType
 *               4 metric           Metric     5 unit              string
 * MetricType    0 COUNTER  1 GAUGE  2 SUMMARY  3 UNTYPED  4 HISTOGRAM  5 GAUGE_HISTOGRAM
 * Metric        1 label            LabelPair  2 gauge             Gauge      3 counter         Counter
 *               4 summary          Summary    5 untyped           Untyped    6 timestamp_ms    int64
 *               7 histogram        Histogram
 * LabelPair     1 name             string     2 value             string
 * Gauge         1 value            double
 * Untyped       1 value            double
 * Counter       1 value            double     2 exemplar          Exemplar   3 start_timestamp Timestamp
 * Summary       1 sample_count     uint64     2 sample_sum        double     3 quantile        Quantile
 *               4 start_timestamp  Timestamp
 * Quantile      1 quantile         double     2 value             double
 * Histogram     1 sample_count     uint64     2 sample_sum        double     3 bucket          Bucket
 *               4 sample_count_float double   5 schema            sint32     6 zero_threshold  double
 *               7 zero_count       uint64     8 zero_count_float  double
 *               9 negative_span    BucketSpan 10 negative_delta   sint64    11 negative_count  double
 *              12 positive_span    BucketSpan 13 positive_delta   sint64    14 positive_count  double
 *              15 start_timestamp  Timestamp  16 exemplars        Exemplar
 * Bucket        1 cumulative_count uint64     2 upper_bound       double     3 exemplar        Exemplar
 *               4 cumulative_count_float double
 * BucketSpan    1 offset           sint32     2 length            uint32
 * Exemplar      1 label            LabelPair  2 value             double     3 timestamp       Timestamp
 * Timestamp     1 seconds          int64      2 nanos             int32
 * </pre>
 *
 * <p>Repeated numbers stand alone or in one piece: the schema says the former, some clients write the latter.
 */
@NullMarked
package dev.millrace.plugin.lib.prometheus.protobuf;

import org.jspecify.annotations.NullMarked;

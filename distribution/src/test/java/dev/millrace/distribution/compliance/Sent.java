package dev.millrace.distribution.compliance;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What stands in requests, in the order of the wire and without any interpretation. */
final class Sent {
    /** The name of the label with a metric's name. */
    static final String NAME = "__name__";

    /** The bits of the marker of a stale series. */
    static final long STALE = 0x7ff0000000000002L;

    private Sent() {}

    /** A label. */
    record Label(String name, String value) {}

    /** A sample; the value as its raw bits. */
    record Sample(long bits, long timestamp, long startTimestamp) {
        double value() {
            return Double.longBitsToDouble(bits);
        }

        boolean stale() {
            return bits == STALE;
        }
    }

    /** A native histogram, as far as the tests look at it; doubles as raw bits. */
    record Histogram(
            Optional<Long> countInt,
            Optional<Long> countFloat,
            long sum,
            int schema,
            List<Long> positiveDeltas,
            List<Long> customValues,
            long timestamp,
            long startTimestamp) {}

    /** An exemplar; the value as its raw bits, empty where the field was not there. */
    record Exemplar(List<Label> labels, Optional<Long> value, long timestamp) {}

    /** Metadata; the family's name is empty in 2.0. */
    record Metadata(String family, int type, String help, String unit) {}

    /** A {@code TimeSeries}. */
    record Series(
            List<Label> labels,
            List<Sample> samples,
            List<Histogram> histograms,
            List<Exemplar> exemplars,
            Optional<Metadata> metadata) {
        /** The metric's name, or an empty string. */
        String name() {
            return value(NAME);
        }

        /** The value of a label, or an empty string. */
        String value(String label) {
            return labels.stream()
                    .filter(one -> one.name().equals(label))
                    .map(Label::value)
                    .findFirst()
                    .orElse("");
        }

        /** The labels as a map, which says nothing of their order. */
        Map<String, String> labelMap() {
            Map<String, String> map = new LinkedHashMap<>();
            labels.forEach(label -> map.put(label.name(), label.value()));
            return map;
        }
    }

    /**
     * The message of a request.
     *
     * @param symbols the table of 2.0, empty in 1.0
     * @param series the series, in their order
     * @param metadata the entries of 1.0, empty in 2.0
     */
    record Message(List<String> symbols, List<Series> series, List<Metadata> metadata) {
        long samples() {
            return series.stream().mapToLong(one -> one.samples().size()).sum();
        }

        long histograms() {
            return series.stream().mapToLong(one -> one.histograms().size()).sum();
        }

        long exemplars() {
            return series.stream().mapToLong(one -> one.exemplars().size()).sum();
        }
    }
}

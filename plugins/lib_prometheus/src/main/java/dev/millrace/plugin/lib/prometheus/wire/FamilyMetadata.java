package dev.millrace.plugin.lib.prometheus.wire;

import com.google.protobuf.CodedInputStream;
import dev.millrace.spi.event.Labels;
import dev.millrace.spi.event.Metadata;
import dev.millrace.spi.event.MetricType;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The metadata of a request, by metric family.
 *
 * <p>A series belongs to the family of its name, or of its name without a suffix that the family's type gives to its
 * series.
 */
final class FamilyMetadata implements MessageReader.Fields, LateDescriptions.Source {
    private static final Map<String, List<MetricType>> SUFFIXES = Map.of(
            "_total", List.of(MetricType.COUNTER),
            "_created", List.of(MetricType.COUNTER, MetricType.HISTOGRAM, MetricType.SUMMARY),
            "_bucket", List.of(MetricType.HISTOGRAM, MetricType.GAUGE_HISTOGRAM),
            "_count", List.of(MetricType.HISTOGRAM, MetricType.SUMMARY),
            "_sum", List.of(MetricType.HISTOGRAM, MetricType.SUMMARY),
            "_gcount", List.of(MetricType.GAUGE_HISTOGRAM),
            "_gsum", List.of(MetricType.GAUGE_HISTOGRAM),
            "_info", List.of(MetricType.INFO));

    private final MessageReader reader;
    private final CodedInputStream in;
    private final Map<String, Metadata> families = new HashMap<>();
    private int type;
    private String family = "";
    private String help = "";
    private String unit = "";

    FamilyMetadata(MessageReader reader) {
        this.reader = reader;
        this.in = reader.in();
    }

    /** Reads a field of type {@code MetricMetadata}. */
    void family() throws IOException {
        type = 0;
        family = "";
        help = "";
        unit = "";
        reader.nested(this);
        families.put(family, new Metadata(family, TypeNumbers.type(type), help, unit));
    }

    @Override
    public boolean read(int tag) throws IOException {
        switch (tag) {
            case WireTags.METADATA_TYPE -> type = in.readEnum();
            case WireTags.METADATA_FAMILY -> family = in.readStringRequireUtf8();
            case WireTags.METADATA_HELP -> help = in.readStringRequireUtf8();
            case WireTags.METADATA_UNIT -> unit = in.readStringRequireUtf8();
            default -> {
                return false;
            }
        }
        return true;
    }

    /** The family of a metric by the type of the family, where its exposition gives its series suffixes in any format. */
    static String family(String metric, MetricType type) {
        int suffix = metric.lastIndexOf('_');
        return suffix > 0
                        && type != MetricType.COUNTER
                        && type != MetricType.INFO
                        && SUFFIXES.getOrDefault(metric.substring(suffix), List.of())
                                .contains(type)
                ? metric.substring(0, suffix)
                : metric;
    }

    @Override
    public boolean isEmpty() {
        return families.isEmpty();
    }

    @Override
    public @Nullable Metadata of(Labels series) {
        String name = series.get(Labels.METRIC_NAME);
        Metadata exact = families.get(name);
        int suffix = name.lastIndexOf('_');
        if (exact != null || suffix < 0) {
            return exact;
        }
        Metadata shorter = families.get(name.substring(0, suffix));
        return shorter != null
                        && SUFFIXES.getOrDefault(name.substring(suffix), List.of())
                                .contains(shorter.type())
                ? shorter
                : null;
    }
}

package dev.millrace.plugin.lib.prometheus.wire;

import static com.google.protobuf.DescriptorProtos.FieldDescriptorProto.Label.LABEL_OPTIONAL;
import static com.google.protobuf.DescriptorProtos.FieldDescriptorProto.Label.LABEL_REPEATED;
import static com.google.protobuf.DescriptorProtos.FieldDescriptorProto.Type.TYPE_DOUBLE;
import static com.google.protobuf.DescriptorProtos.FieldDescriptorProto.Type.TYPE_ENUM;
import static com.google.protobuf.DescriptorProtos.FieldDescriptorProto.Type.TYPE_INT64;
import static com.google.protobuf.DescriptorProtos.FieldDescriptorProto.Type.TYPE_MESSAGE;
import static com.google.protobuf.DescriptorProtos.FieldDescriptorProto.Type.TYPE_SINT32;
import static com.google.protobuf.DescriptorProtos.FieldDescriptorProto.Type.TYPE_SINT64;
import static com.google.protobuf.DescriptorProtos.FieldDescriptorProto.Type.TYPE_STRING;
import static com.google.protobuf.DescriptorProtos.FieldDescriptorProto.Type.TYPE_UINT32;
import static com.google.protobuf.DescriptorProtos.FieldDescriptorProto.Type.TYPE_UINT64;

import com.google.protobuf.DescriptorProtos.DescriptorProto;
import com.google.protobuf.DescriptorProtos.EnumDescriptorProto;
import com.google.protobuf.DescriptorProtos.EnumValueDescriptorProto;
import com.google.protobuf.DescriptorProtos.FieldDescriptorProto;
import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.DescriptorProtos.OneofDescriptorProto;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.DescriptorValidationException;
import com.google.protobuf.Descriptors.FileDescriptor;

/**
 * The schema of remote write 1.0 as protobuf itself understands it: the oracle of the codec's tests.
 *
 * <p>It is built from descriptors and used through {@code DynamicMessage}. Generated classes would read and write through
 * the same runtime by the same descriptors, and would ask for a native compiler in the build.
 */
final class Schema {
    private static final FileDescriptor FILE = file();

    static final Descriptor WRITE_REQUEST = FILE.findMessageTypeByName("WriteRequest");
    static final Descriptor TIME_SERIES = FILE.findMessageTypeByName("TimeSeries");
    static final Descriptor LABEL = FILE.findMessageTypeByName("Label");
    static final Descriptor SAMPLE = FILE.findMessageTypeByName("Sample");
    static final Descriptor EXEMPLAR = FILE.findMessageTypeByName("Exemplar");
    static final Descriptor HISTOGRAM = FILE.findMessageTypeByName("Histogram");
    static final Descriptor BUCKET_SPAN = FILE.findMessageTypeByName("BucketSpan");
    static final Descriptor METADATA = FILE.findMessageTypeByName("MetricMetadata");

    private Schema() {}

    private static FileDescriptor file() {
        FileDescriptorProto.Builder file = FileDescriptorProto.newBuilder()
                .setName("remote.proto")
                .setPackage("prometheus")
                .setSyntax("proto3")
                .addEnumType(metricType())
                .addEnumType(resetHint())
                .addMessageType(message("WriteRequest")
                        .addField(many("timeseries", 1, "TimeSeries"))
                        .addField(many("metadata", 3, "MetricMetadata")))
                .addMessageType(message("TimeSeries")
                        .addField(many("labels", 1, "Label"))
                        .addField(many("samples", 2, "Sample"))
                        .addField(many("exemplars", 3, "Exemplar"))
                        .addField(many("histograms", 4, "Histogram")))
                .addMessageType(
                        message("Label").addField(one("name", 1, TYPE_STRING)).addField(one("value", 2, TYPE_STRING)))
                .addMessageType(message("Sample")
                        .addField(one("value", 1, TYPE_DOUBLE))
                        .addField(one("timestamp", 2, TYPE_INT64)))
                .addMessageType(message("Exemplar")
                        .addField(many("labels", 1, "Label"))
                        .addField(one("value", 2, TYPE_DOUBLE))
                        .addField(one("timestamp", 3, TYPE_INT64)))
                .addMessageType(message("MetricMetadata")
                        .addField(one("type", 1, TYPE_ENUM).setTypeName("MetricType"))
                        .addField(one("metric_family_name", 2, TYPE_STRING))
                        .addField(one("help", 4, TYPE_STRING))
                        .addField(one("unit", 5, TYPE_STRING)))
                .addMessageType(bucketSpan())
                .addMessageType(histogram());
        return build(file);
    }

    static FileDescriptor build(FileDescriptorProto.Builder file) {
        try {
            return FileDescriptor.buildFrom(file.build(), new FileDescriptor[0]);
        } catch (DescriptorValidationException e) {
            throw new IllegalStateException(e);
        }
    }

    static EnumDescriptorProto metricType() {
        return enumeration(
                "MetricType",
                "UNKNOWN",
                "COUNTER",
                "GAUGE",
                "HISTOGRAM",
                "GAUGEHISTOGRAM",
                "SUMMARY",
                "INFO",
                "STATESET");
    }

    static EnumDescriptorProto resetHint() {
        return enumeration("ResetHint", "HINT_UNKNOWN", "HINT_YES", "HINT_NO", "HINT_GAUGE");
    }

    static DescriptorProto.Builder bucketSpan() {
        return message("BucketSpan").addField(one("offset", 1, TYPE_SINT32)).addField(one("length", 2, TYPE_UINT32));
    }

    static DescriptorProto.Builder histogram() {
        return message("Histogram")
                .addOneofDecl(OneofDescriptorProto.newBuilder().setName("count"))
                .addOneofDecl(OneofDescriptorProto.newBuilder().setName("zero_count"))
                .addField(one("count_int", 1, TYPE_UINT64).setOneofIndex(0))
                .addField(one("count_float", 2, TYPE_DOUBLE).setOneofIndex(0))
                .addField(one("sum", 3, TYPE_DOUBLE))
                .addField(one("schema", 4, TYPE_SINT32))
                .addField(one("zero_threshold", 5, TYPE_DOUBLE))
                .addField(one("zero_count_int", 6, TYPE_UINT64).setOneofIndex(1))
                .addField(one("zero_count_float", 7, TYPE_DOUBLE).setOneofIndex(1))
                .addField(many("negative_spans", 8, "BucketSpan"))
                .addField(many("negative_deltas", 9, TYPE_SINT64))
                .addField(many("negative_counts", 10, TYPE_DOUBLE))
                .addField(many("positive_spans", 11, "BucketSpan"))
                .addField(many("positive_deltas", 12, TYPE_SINT64))
                .addField(many("positive_counts", 13, TYPE_DOUBLE))
                .addField(one("reset_hint", 14, TYPE_ENUM).setTypeName("ResetHint"))
                .addField(one("timestamp", 15, TYPE_INT64))
                .addField(many("custom_values", 16, TYPE_DOUBLE));
    }

    static DescriptorProto.Builder message(String name) {
        return DescriptorProto.newBuilder().setName(name);
    }

    private static EnumDescriptorProto enumeration(String name, String... values) {
        EnumDescriptorProto.Builder builder = EnumDescriptorProto.newBuilder().setName(name);
        for (int i = 0; i < values.length; i++) {
            builder.addValue(
                    EnumValueDescriptorProto.newBuilder().setName(values[i]).setNumber(i));
        }
        return builder.build();
    }

    static FieldDescriptorProto.Builder one(String name, int number, FieldDescriptorProto.Type type) {
        return FieldDescriptorProto.newBuilder()
                .setName(name)
                .setNumber(number)
                .setLabel(LABEL_OPTIONAL)
                .setType(type);
    }

    static FieldDescriptorProto.Builder many(String name, int number, FieldDescriptorProto.Type type) {
        return one(name, number, type).setLabel(LABEL_REPEATED);
    }

    static FieldDescriptorProto.Builder many(String name, int number, String message) {
        return many(name, number, TYPE_MESSAGE).setTypeName(message);
    }
}

package dev.millrace.plugin.lib.prometheus.protobuf;

import com.google.protobuf.DescriptorProtos.DescriptorProto;
import com.google.protobuf.DescriptorProtos.FieldDescriptorProto;
import com.google.protobuf.DescriptorProtos.FieldOptions;
import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.DescriptorValidationException;
import com.google.protobuf.Descriptors.FileDescriptor;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** The schema of the protobuf exposition format as protobuf itself understands it: the oracle of the parser's tests. */
final class PageSchema {
    private static final List<String> MESSAGES = List.of(
            "MetricFamily: 1 string name, 2 string help, 3 int32 type, 4 Metric* metric, 5 string unit",
            "Metric: 1 LabelPair* label, 2 Gauge gauge, 3 Counter counter, 4 Summary summary, 5 Untyped untyped,"
                    + " 6 int64 timestamp_ms, 7 Histogram histogram",
            "LabelPair: 1 string name, 2 string value",
            "Gauge: 1 double value",
            "Untyped: 1 double value",
            "Counter: 1 double value, 2 Exemplar exemplar, 3 Timestamp start_timestamp",
            "Summary: 1 uint64 sample_count, 2 double sample_sum, 3 Quantile* quantile, 4 Timestamp start_timestamp",
            "Quantile: 1 double quantile, 2 double value",
            "Histogram: 1 uint64 sample_count, 2 double sample_sum, 3 Bucket* bucket, 4 double sample_count_float,"
                    + " 5 sint32 schema, 6 double zero_threshold, 7 uint64 zero_count, 8 double zero_count_float,"
                    + " 9 BucketSpan* negative_span, 10 sint64* negative_delta, 11 double* negative_count,"
                    + " 12 BucketSpan* positive_span, 13 sint64* positive_delta, 14 double* positive_count,"
                    + " 15 Timestamp start_timestamp, 16 Exemplar* exemplars",
            "Bucket: 1 uint64 cumulative_count, 2 double upper_bound, 3 Exemplar exemplar,"
                    + " 4 double cumulative_count_float",
            "BucketSpan: 1 sint32 offset, 2 uint32 length",
            "Exemplar: 1 LabelPair* label, 2 double value, 3 Timestamp timestamp",
            "Timestamp: 1 int64 seconds, 2 int32 nanos");
    private static final Set<String> NUMBERS =
            Set.of("double", "int32", "int64", "uint32", "uint64", "sint32", "sint64");

    private final FileDescriptor file;

    /** The schema with repeated numbers alone, or in one piece. */
    PageSchema(boolean packed) {
        FileDescriptorProto.Builder builder = FileDescriptorProto.newBuilder()
                .setName("metrics.proto")
                .setPackage("io.prometheus.client")
                .setSyntax("proto2");
        for (String message : MESSAGES) {
            builder.addMessageType(message(message, packed));
        }
        try {
            file = FileDescriptor.buildFrom(builder.build(), new FileDescriptor[0]);
        } catch (DescriptorValidationException e) {
            throw new IllegalStateException(e);
        }
    }

    Descriptor type(String name) {
        return file.findMessageTypeByName(name);
    }

    private static DescriptorProto message(String text, boolean packed) {
        String[] parts = text.split(": ");
        DescriptorProto.Builder message = DescriptorProto.newBuilder().setName(parts[0]);
        for (String field : parts[1].split(", ")) {
            message.addField(field(field.split(" "), packed));
        }
        return message.build();
    }

    private static FieldDescriptorProto field(String[] words, boolean packed) {
        boolean repeated = words[1].endsWith("*");
        String type = repeated ? words[1].substring(0, words[1].length() - 1) : words[1];
        FieldDescriptorProto.Builder field = FieldDescriptorProto.newBuilder()
                .setName(words[2])
                .setNumber(Integer.parseInt(words[0]))
                .setLabel(
                        repeated
                                ? FieldDescriptorProto.Label.LABEL_REPEATED
                                : FieldDescriptorProto.Label.LABEL_OPTIONAL);
        if (NUMBERS.contains(type)) {
            field.setType(FieldDescriptorProto.Type.valueOf("TYPE_" + type.toUpperCase(Locale.ROOT)));
            if (repeated) {
                field.setOptions(FieldOptions.newBuilder().setPacked(packed));
            }
        } else if (type.equals("string")) {
            field.setType(FieldDescriptorProto.Type.TYPE_STRING);
        } else {
            field.setType(FieldDescriptorProto.Type.TYPE_MESSAGE).setTypeName(".io.prometheus.client." + type);
        }
        return field.build();
    }
}

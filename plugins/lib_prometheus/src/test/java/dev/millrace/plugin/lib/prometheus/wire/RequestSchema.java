package dev.millrace.plugin.lib.prometheus.wire;

import static com.google.protobuf.DescriptorProtos.FieldDescriptorProto.Type.TYPE_DOUBLE;
import static com.google.protobuf.DescriptorProtos.FieldDescriptorProto.Type.TYPE_ENUM;
import static com.google.protobuf.DescriptorProtos.FieldDescriptorProto.Type.TYPE_INT64;
import static com.google.protobuf.DescriptorProtos.FieldDescriptorProto.Type.TYPE_MESSAGE;
import static com.google.protobuf.DescriptorProtos.FieldDescriptorProto.Type.TYPE_STRING;
import static com.google.protobuf.DescriptorProtos.FieldDescriptorProto.Type.TYPE_UINT32;
import static dev.millrace.plugin.lib.prometheus.wire.Schema.many;
import static dev.millrace.plugin.lib.prometheus.wire.Schema.message;
import static dev.millrace.plugin.lib.prometheus.wire.Schema.one;

import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FileDescriptor;

/** The schema of remote write 2.0-rc.4 as protobuf itself understands it; {@link Schema} says why it is built by hand. */
final class RequestSchema {
    private static final FileDescriptor FILE = file();

    static final Descriptor REQUEST = FILE.findMessageTypeByName("Request");
    static final Descriptor TIME_SERIES = FILE.findMessageTypeByName("TimeSeries");
    static final Descriptor SAMPLE = FILE.findMessageTypeByName("Sample");
    static final Descriptor EXEMPLAR = FILE.findMessageTypeByName("Exemplar");
    static final Descriptor HISTOGRAM = FILE.findMessageTypeByName("Histogram");
    static final Descriptor METADATA = FILE.findMessageTypeByName("Metadata");

    private RequestSchema() {}

    private static FileDescriptor file() {
        return Schema.build(FileDescriptorProto.newBuilder()
                .setName("types.proto")
                .setPackage("io.prometheus.write.v2")
                .setSyntax("proto3")
                .addEnumType(Schema.metricType())
                .addEnumType(Schema.resetHint())
                .addMessageType(message("Request")
                        .addField(many("symbols", 4, TYPE_STRING))
                        .addField(many("timeseries", 5, "TimeSeries")))
                .addMessageType(message("TimeSeries")
                        .addField(many("labels_refs", 1, TYPE_UINT32))
                        .addField(many("samples", 2, "Sample"))
                        .addField(many("histograms", 3, "Histogram"))
                        .addField(many("exemplars", 4, "Exemplar"))
                        .addField(one("metadata", 5, TYPE_MESSAGE).setTypeName("Metadata")))
                .addMessageType(message("Sample")
                        .addField(one("value", 1, TYPE_DOUBLE))
                        .addField(one("timestamp", 2, TYPE_INT64))
                        .addField(one("start_timestamp", 3, TYPE_INT64)))
                .addMessageType(message("Exemplar")
                        .addField(many("labels_refs", 1, TYPE_UINT32))
                        .addField(one("value", 2, TYPE_DOUBLE))
                        .addField(one("timestamp", 3, TYPE_INT64)))
                .addMessageType(message("Metadata")
                        .addField(one("type", 1, TYPE_ENUM).setTypeName("MetricType"))
                        .addField(one("help_ref", 3, TYPE_UINT32))
                        .addField(one("unit_ref", 4, TYPE_UINT32)))
                .addMessageType(Schema.bucketSpan())
                .addMessageType(Schema.histogram().addField(one("start_timestamp", 17, TYPE_INT64))));
    }
}

package dev.millrace.plugin.lib.otlp.json;

import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/** Writes messages as OTLP's JSON, by what the official classes say of themselves. */
final class OtlpJson {
    private OtlpJson() {}

    static String of(Message message) {
        List<String> fields = new ArrayList<>();
        for (Map.Entry<FieldDescriptor, Object> field : message.getAllFields().entrySet()) {
            FieldDescriptor type = field.getKey();
            String value;
            if (type.isRepeated()) {
                List<String> all = new ArrayList<>();
                ((List<?>) field.getValue()).forEach(one -> all.add(value(type, one)));
                value = all.toString();
            } else {
                value = value(type, field.getValue());
            }
            fields.add("\"" + type.getJsonName() + "\":" + value);
        }
        return "{" + String.join(",", fields) + "}";
    }

    /** The request without what is not read: the least and the greatest value of histograms. */
    static ExportMetricsServiceRequest known(ExportMetricsServiceRequest request) {
        ExportMetricsServiceRequest.Builder known = request.toBuilder();
        known.getResourceMetricsBuilderList()
                .forEach(resource -> resource.getScopeMetricsBuilderList()
                        .forEach(scope -> scope.getMetricsBuilderList().forEach(metric -> {
                            if (metric.hasHistogram()) {
                                metric.getHistogramBuilder()
                                        .getDataPointsBuilderList()
                                        .forEach(point -> point.clearMin().clearMax());
                            }
                        })));
        return known.build();
    }

    private static String value(FieldDescriptor type, Object value) {
        return switch (type.getJavaType()) {
            case MESSAGE -> of((Message) value);
            case STRING -> "\"" + value + "\"";
            case LONG -> "\"" + value + "\"";
            case ENUM -> Integer.toString(((com.google.protobuf.Descriptors.EnumValueDescriptor) value).getNumber());
            case DOUBLE -> Double.isFinite((Double) value) ? value.toString() : "\"" + value + "\"";
            case BYTE_STRING -> "\"" + bytes(type, (ByteString) value) + "\"";
            default -> value.toString();
        };
    }

    private static String bytes(FieldDescriptor type, ByteString value) {
        return type.getName().endsWith("_id")
                ? HexFormat.of().formatHex(value.toByteArray())
                : Base64.getEncoder().encodeToString(value.toByteArray());
    }
}

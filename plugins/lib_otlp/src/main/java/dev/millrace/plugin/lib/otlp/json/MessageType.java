package dev.millrace.plugin.lib.otlp.json;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A message of OTLP: its fields by their names in JSON. Filled when this class is loaded, unchanged from then on. */
final class MessageType {
    private final Map<String, FieldType> fields = new HashMap<>();

    /** A field; its name may also be written as in protobuf, which the specification does not ask for, but others accept. */
    private MessageType with(String name, int number, FieldType.Kind kind) {
        return with(name, new FieldType(number, kind, null));
    }

    private MessageType with(String name, int number, MessageType message) {
        return with(name, new FieldType(number, FieldType.Kind.MESSAGE, message));
    }

    private MessageType with(String name, FieldType field) {
        fields.put(name, field);
        fields.put(name.replaceAll("([A-Z])", "_$1").toLowerCase(java.util.Locale.ROOT), field);
        return this;
    }

    /** The field of a name, or null where there is none, and its value is to be ignored. */
    @Nullable
    FieldType field(String name) {
        return fields.get(name);
    }

    /** The request of a kind. */
    static MessageType of(RequestKind kind) {
        return switch (kind) {
            case METRICS -> METRICS;
            case LOGS -> LOGS;
            case TRACES -> TRACES;
        };
    }

    private static MessageType message() {
        return new MessageType();
    }

    private static final MessageType ANY_VALUE = message();
    private static final MessageType KEY_VALUE =
            message().with("key", 1, FieldType.Kind.STRING).with("value", 2, ANY_VALUE);

    static {
        ANY_VALUE
                .with("stringValue", 1, FieldType.Kind.STRING)
                .with("boolValue", 2, FieldType.Kind.BOOL)
                .with("intValue", 3, FieldType.Kind.INT)
                .with("doubleValue", 4, FieldType.Kind.DOUBLE)
                .with("arrayValue", 5, message().with("values", 1, ANY_VALUE))
                .with("kvlistValue", 6, message().with("values", 1, KEY_VALUE))
                .with("bytesValue", 7, FieldType.Kind.BASE64);
    }

    private static final MessageType RESOURCE = message().with("attributes", 1, KEY_VALUE);
    private static final MessageType SCOPE = message()
            .with("name", 1, FieldType.Kind.STRING)
            .with("version", 2, FieldType.Kind.STRING)
            .with("attributes", 3, KEY_VALUE);
    private static final MessageType EXEMPLAR = message()
            .with("timeUnixNano", 2, FieldType.Kind.FIXED)
            .with("asDouble", 3, FieldType.Kind.DOUBLE)
            .with("spanId", 4, FieldType.Kind.HEX)
            .with("traceId", 5, FieldType.Kind.HEX)
            .with("asInt", 6, FieldType.Kind.SIGNED_FIXED)
            .with("filteredAttributes", 7, KEY_VALUE);
    private static final MessageType NUMBER_POINT = message()
            .with("startTimeUnixNano", 2, FieldType.Kind.FIXED)
            .with("timeUnixNano", 3, FieldType.Kind.FIXED)
            .with("asDouble", 4, FieldType.Kind.DOUBLE)
            .with("exemplars", 5, EXEMPLAR)
            .with("asInt", 6, FieldType.Kind.SIGNED_FIXED)
            .with("attributes", 7, KEY_VALUE)
            .with("flags", 8, FieldType.Kind.INT);
    private static final MessageType HISTOGRAM_POINT = message()
            .with("startTimeUnixNano", 2, FieldType.Kind.FIXED)
            .with("timeUnixNano", 3, FieldType.Kind.FIXED)
            .with("count", 4, FieldType.Kind.FIXED)
            .with("sum", 5, FieldType.Kind.DOUBLE)
            .with("bucketCounts", 6, FieldType.Kind.FIXED)
            .with("explicitBounds", 7, FieldType.Kind.DOUBLE)
            .with("exemplars", 8, EXEMPLAR)
            .with("attributes", 9, KEY_VALUE)
            .with("flags", 10, FieldType.Kind.INT);
    private static final MessageType BUCKETS =
            message().with("offset", 1, FieldType.Kind.ZIGZAG).with("bucketCounts", 2, FieldType.Kind.UNSIGNED);
    private static final MessageType EXPONENTIAL_POINT = message()
            .with("attributes", 1, KEY_VALUE)
            .with("startTimeUnixNano", 2, FieldType.Kind.FIXED)
            .with("timeUnixNano", 3, FieldType.Kind.FIXED)
            .with("count", 4, FieldType.Kind.FIXED)
            .with("sum", 5, FieldType.Kind.DOUBLE)
            .with("scale", 6, FieldType.Kind.ZIGZAG)
            .with("zeroCount", 7, FieldType.Kind.FIXED)
            .with("positive", 8, BUCKETS)
            .with("negative", 9, BUCKETS)
            .with("flags", 10, FieldType.Kind.INT)
            .with("exemplars", 11, EXEMPLAR)
            .with("zeroThreshold", 14, FieldType.Kind.DOUBLE);
    private static final MessageType SUMMARY_POINT = message()
            .with("startTimeUnixNano", 2, FieldType.Kind.FIXED)
            .with("timeUnixNano", 3, FieldType.Kind.FIXED)
            .with("count", 4, FieldType.Kind.FIXED)
            .with("sum", 5, FieldType.Kind.DOUBLE)
            .with(
                    "quantileValues",
                    6,
                    message().with("quantile", 1, FieldType.Kind.DOUBLE).with("value", 2, FieldType.Kind.DOUBLE))
            .with("attributes", 7, KEY_VALUE)
            .with("flags", 8, FieldType.Kind.INT);
    private static final MessageType METRIC = message()
            .with("name", 1, FieldType.Kind.STRING)
            .with("description", 2, FieldType.Kind.STRING)
            .with("unit", 3, FieldType.Kind.STRING)
            .with("gauge", 5, data(NUMBER_POINT))
            .with("sum", 7, data(NUMBER_POINT).with("isMonotonic", 3, FieldType.Kind.BOOL))
            .with("histogram", 9, data(HISTOGRAM_POINT))
            .with("exponentialHistogram", 10, data(EXPONENTIAL_POINT))
            .with("summary", 11, data(SUMMARY_POINT))
            .with("metadata", 12, KEY_VALUE);
    private static final MessageType METRICS = request("resourceMetrics", "scopeMetrics", "metrics", METRIC);
    private static final MessageType LOGS = request("resourceLogs", "scopeLogs", "logRecords", message());
    private static final MessageType TRACES = request("resourceSpans", "scopeSpans", "spans", message());

    private static MessageType data(MessageType point) {
        return message().with("dataPoints", 1, point).with("aggregationTemporality", 2, FieldType.Kind.TEMPORALITY);
    }

    private static MessageType request(String resources, String scopes, String items, MessageType item) {
        MessageType ofScope =
                message().with("scope", 1, SCOPE).with(items, 2, item).with("schemaUrl", 3, FieldType.Kind.STRING);
        MessageType ofResource = message()
                .with("resource", 1, RESOURCE)
                .with(scopes, 2, ofScope)
                .with("schemaUrl", 3, FieldType.Kind.STRING);
        return message().with(resources, 1, ofResource);
    }
}

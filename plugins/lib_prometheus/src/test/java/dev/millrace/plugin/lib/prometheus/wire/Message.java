package dev.millrace.plugin.lib.prometheus.wire;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.EnumValueDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.DynamicMessage;
import dev.millrace.spi.event.Buckets;
import dev.millrace.spi.event.Exemplar;
import dev.millrace.spi.event.Labels;
import dev.millrace.spi.event.NativeHistogram;

/** Messages made by protobuf itself, field by field. */
final class Message {
    private final DynamicMessage.Builder builder;

    private Message(Descriptor type) {
        builder = DynamicMessage.newBuilder(type);
    }

    static Message of(Descriptor type) {
        return new Message(type);
    }

    static DynamicMessage label(String name, String value) {
        return of(Schema.LABEL).set("name", name).set("value", value).build();
    }

    static DynamicMessage sample(long timestamp, double value) {
        return sample(timestamp, Double.doubleToRawLongBits(value));
    }

    static DynamicMessage sample(long timestamp, long bits) {
        return of(Schema.SAMPLE)
                .set("value", Double.longBitsToDouble(bits))
                .set("timestamp", timestamp)
                .build();
    }

    static DynamicMessage exemplar(Exemplar exemplar) {
        return of(Schema.EXEMPLAR)
                .labels(exemplar.labels())
                .set("value", Double.longBitsToDouble(exemplar.valueBits()))
                .set("timestamp", exemplar.timestamp())
                .build();
    }

    static Message histogram(Descriptor type, NativeHistogram histogram, long timestamp) {
        Message message = of(type).set("sum", Double.longBitsToDouble(histogram.sumBits()))
                .set("schema", histogram.schema())
                .set("zero_threshold", histogram.zeroThreshold())
                .set("timestamp", timestamp)
                .buckets("negative", histogram.negative(), histogram.floating())
                .buckets("positive", histogram.positive(), histogram.floating());
        FieldDescriptor hint = type.findFieldByName("reset_hint");
        EnumValueDescriptor value = hint.getEnumType().findValueByName("HINT_" + histogram.resetHint());
        message.builder.setField(hint, value);
        histogram.customValues().forEach(bound -> message.add("custom_values", bound));
        if (histogram.floating()) {
            return message.set("count_float", Double.longBitsToDouble(histogram.count()))
                    .set("zero_count_float", Double.longBitsToDouble(histogram.zeroCount()));
        }
        return message.set("count_int", histogram.count()).set("zero_count_int", histogram.zeroCount());
    }

    Message set(String field, Object value) {
        builder.setField(builder.getDescriptorForType().findFieldByName(field), value);
        return this;
    }

    /** Sets an enum by the name of its value. */
    Message named(String field, String value) {
        FieldDescriptor descriptor = builder.getDescriptorForType().findFieldByName(field);
        return set(field, descriptor.getEnumType().findValueByName(value));
    }

    Message add(String field, Object value) {
        builder.addRepeatedField(builder.getDescriptorForType().findFieldByName(field), value);
        return this;
    }

    Message labels(Labels labels) {
        labels.toMap().forEach((name, value) -> add("labels", label(name, value)));
        return this;
    }

    private Message buckets(String side, Buckets buckets, boolean floating) {
        for (int i = 0; i < buckets.spans(); i++) {
            FieldDescriptor spans = builder.getDescriptorForType().findFieldByName(side + "_spans");
            add(
                    side + "_spans",
                    of(spans.getMessageType())
                            .set("offset", buckets.offset(i))
                            .set("length", buckets.length(i))
                            .build());
        }
        for (int i = 0; i < buckets.size(); i++) {
            if (floating) {
                add(side + "_counts", Double.longBitsToDouble(buckets.value(i)));
            } else {
                add(side + "_deltas", buckets.value(i));
            }
        }
        return this;
    }

    DynamicMessage build() {
        return builder.build();
    }
}

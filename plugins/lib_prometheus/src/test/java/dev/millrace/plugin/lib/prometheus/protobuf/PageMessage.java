package dev.millrace.plugin.lib.prometheus.protobuf;

import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.DynamicMessage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;

/** A message of a page made by protobuf itself, field by field. */
final class PageMessage {
    private final PageSchema schema;
    private final DynamicMessage.Builder builder;

    PageMessage(PageSchema schema, String type) {
        this.schema = schema;
        this.builder = DynamicMessage.newBuilder(schema.type(type));
    }

    PageMessage set(String field, Object value) {
        builder.setField(descriptor(field), value);
        return this;
    }

    PageMessage set(String field, PageMessage value) {
        return set(field, (Object) value.build());
    }

    PageMessage add(String field, Object value) {
        builder.addRepeatedField(descriptor(field), value);
        return this;
    }

    PageMessage add(String field, PageMessage value) {
        return add(field, (Object) value.build());
    }

    /** Adds a label to a metric or an exemplar. */
    PageMessage label(String name, String value) {
        return add(
                "label", new PageMessage(schema, "LabelPair").set("name", name).set("value", value));
    }

    PageMessage time(String field, long milliseconds) {
        return set(
                field,
                new PageMessage(schema, "Timestamp")
                        .set("seconds", Math.floorDiv(milliseconds, 1000L))
                        .set("nanos", (int) Math.floorMod(milliseconds, 1000L) * 1_000_000 + 999));
    }

    PageMessage span(String side, int offset, int length) {
        return add(
                side + "_span",
                new PageMessage(schema, "BucketSpan").set("offset", offset).set("length", length));
    }

    DynamicMessage build() {
        return builder.build();
    }

    /** A page of families. */
    static byte[] page(List<PageMessage> families) {
        ByteArrayOutputStream page = new ByteArrayOutputStream();
        try {
            for (PageMessage family : families) {
                family.build().writeDelimitedTo(page);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return page.toByteArray();
    }

    private FieldDescriptor descriptor(String field) {
        return builder.getDescriptorForType().findFieldByName(field);
    }
}

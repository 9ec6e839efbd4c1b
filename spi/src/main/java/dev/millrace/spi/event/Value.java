package dev.millrace.spi.event;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;

/** A value of a log's body or of an attribute: the kinds of OTLP's {@code AnyValue}. Immutable. */
public sealed interface Value {
    /** A text. */
    record Text(String value) implements Value {}

    /** True or false. */
    record Bool(boolean value) implements Value {}

    /** A whole number. */
    record Int(long value) implements Value {}

    /** A floating number, as the raw bits of a double. */
    record Real(long bits) implements Value {}

    /** Bytes, read-only. */
    record Bytes(ByteBuffer value) implements Value {
        public Bytes {
            value = value.asReadOnlyBuffer();
        }
    }

    /** A list of values. */
    record Array(List<Value> values) implements Value {
        public Array {
            values = List.copyOf(values);
        }
    }

    /** Values by name. */
    record Mapping(Map<String, Value> values) implements Value {
        public Mapping {
            values = Map.copyOf(values);
        }
    }
}

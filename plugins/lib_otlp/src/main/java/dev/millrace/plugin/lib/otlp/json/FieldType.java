package dev.millrace.plugin.lib.otlp.json;

import org.jspecify.annotations.Nullable;

/**
 * A field of a message.
 *
 * @param number its number in protobuf
 * @param kind how its value is written
 * @param message what a message is, else null
 */
record FieldType(int number, Kind kind, @Nullable MessageType message) {

    /** How a value is written, with the wire type of protobuf. */
    enum Kind {
        /** A text. */
        STRING(2),
        /** True or false. */
        BOOL(0),
        /** A whole number, perhaps as a text. */
        INT(0),
        /** The same, not negative, with 64 bits. */
        UNSIGNED(0),
        /** A whole number whose sign becomes its lowest bit. */
        ZIGZAG(0),
        /** Delta or cumulative, by number or by name. */
        TEMPORALITY(0),
        /** A whole number of eight bytes, not negative. */
        FIXED(1),
        /** A whole number of eight bytes. */
        SIGNED_FIXED(1),
        /** A number, or one of the texts NaN, Infinity and -Infinity. */
        DOUBLE(1),
        /** Bytes as Base64. */
        BASE64(2),
        /** Bytes as hexadecimal digits, which OTLP has for identifiers. */
        HEX(2),
        /** An object. */
        MESSAGE(2);

        private final int wireType;

        Kind(int wireType) {
            this.wireType = wireType;
        }
    }

    /** The tag in protobuf. */
    int tag() {
        return number << 3 | kind.wireType;
    }
}

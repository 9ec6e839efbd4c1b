package dev.millrace.plugin.lib.otlp.json;

import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.millrace.spi.BodyBuffer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HexFormat;

/** Reads JSON and writes protobuf, of one request. A field of several values is written value by value. Used once. */
final class Transcoder {
    private static final String DELTA = "AGGREGATION_TEMPORALITY_DELTA";
    private static final String CUMULATIVE = "AGGREGATION_TEMPORALITY_CUMULATIVE";
    private static final double LARGEST_EXACT = 0x1p63;

    private final JsonParser in;
    private final BodyBuffer out;

    Transcoder(JsonParser in, BodyBuffer out) {
        this.in = in;
        this.out = out;
    }

    void request(MessageType type) throws IOException {
        if (in.nextToken() != JsonToken.START_OBJECT) {
            throw wrong("a request", "an object");
        }
        message(type);
        if (in.nextToken() != null) {
            throw wrong("behind the request", "the end");
        }
    }

    private void message(MessageType type) throws IOException {
        for (JsonToken token = in.nextToken(); token != JsonToken.END_OBJECT; token = in.nextToken()) {
            String name = in.currentName();
            FieldType field = type.field(name);
            JsonToken value = in.nextToken();
            if (field == null) {
                in.skipChildren();
            } else if (value == JsonToken.START_ARRAY) {
                while (in.nextToken() != JsonToken.END_ARRAY) {
                    value(name, field);
                }
            } else {
                value(name, field);
            }
        }
    }

    private void value(String name, FieldType field) throws IOException {
        JsonToken token = in.currentToken();
        if (token == JsonToken.VALUE_NULL) {
            return;
        }
        if (field.message() != null) {
            if (token != JsonToken.START_OBJECT) {
                throw wrong(name, "an object");
            }
            varint(field.tag());
            int start = out.length();
            message(field.message());
            insertLength(start);
            return;
        }
        if (!token.isScalarValue()) {
            throw wrong(name, "a value");
        }
        varint(field.tag());
        try {
            scalar(name, field.kind());
        } catch (IllegalArgumentException e) {
            throw wrong(name, String.valueOf(field.kind()));
        }
    }

    private void scalar(String name, FieldType.Kind kind) throws IOException {
        switch (kind) {
            case STRING -> bytes(text(name).getBytes(StandardCharsets.UTF_8));
            case BOOL -> varint(bool(name) ? 1 : 0);
            case INT -> varint(whole());
            case UNSIGNED -> varint(unsigned());
            case ZIGZAG -> {
                long number = whole();
                varint((number << 1) ^ (number >> 63));
            }
            case TEMPORALITY -> varint(temporality());
            case FIXED -> fixed(unsigned());
            case SIGNED_FIXED -> fixed(whole());
            case DOUBLE -> fixed(Double.doubleToRawLongBits(real()));
            case BASE64 -> bytes(base64(text(name)));
            case HEX -> bytes(HexFormat.of().parseHex(text(name)));
            case MESSAGE -> throw new IllegalStateException("kind: " + kind + " (expected: that of a value)");
        }
    }

    private String text(String name) throws IOException {
        if (in.currentToken() != JsonToken.VALUE_STRING) {
            throw wrong(name, "a string");
        }
        return in.getText();
    }

    private boolean bool(String name) throws IOException {
        return switch (in.currentToken()) {
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            default -> throw wrong(name, "true or false");
        };
    }

    private long whole() throws IOException {
        return in.currentToken() == JsonToken.VALUE_NUMBER_FLOAT ? exact() : Long.parseLong(number());
    }

    private long unsigned() throws IOException {
        return in.currentToken() == JsonToken.VALUE_NUMBER_FLOAT ? exact() : Long.parseUnsignedLong(number());
    }

    /* A number such as 1e3. */
    private long exact() throws IOException {
        double value = in.getDoubleValue();
        if (value != Math.rint(value) || Math.abs(value) >= LARGEST_EXACT) {
            throw new NumberFormatException("not a whole number");
        }
        return (long) value;
    }

    private double real() throws IOException {
        if (in.currentToken().isNumeric()) {
            return in.getDoubleValue();
        }
        String text = number();
        return switch (text) {
            case "NaN" -> Double.NaN;
            case "Infinity" -> Double.POSITIVE_INFINITY;
            case "-Infinity" -> Double.NEGATIVE_INFINITY;
            default -> {
                if (!text.chars().allMatch(c -> c >= '0' && c <= '9' || ".+-eE".indexOf(c) >= 0)) {
                    throw new NumberFormatException("not a number");
                }
                yield Double.parseDouble(text);
            }
        };
    }

    private long temporality() throws IOException {
        return switch (number()) {
            case DELTA -> 1;
            case CUMULATIVE -> 2;
            default -> whole();
        };
    }

    private String number() throws IOException {
        JsonToken token = in.currentToken();
        if (token != JsonToken.VALUE_STRING && !token.isNumeric()) {
            throw new NumberFormatException("not a number");
        }
        return in.getText();
    }

    /* With or without the signs at the end, and in either alphabet. */
    private static byte[] base64(String text) {
        return text.indexOf('-') >= 0 || text.indexOf('_') >= 0
                ? Base64.getUrlDecoder().decode(text)
                : Base64.getDecoder().decode(text);
    }

    private void bytes(byte[] bytes) {
        varint(bytes.length);
        out.write(bytes, 0, bytes.length);
    }

    private void fixed(long value) {
        for (int shift = 0; shift < Long.SIZE; shift += Byte.SIZE) {
            out.write((int) (value >>> shift));
        }
    }

    private void varint(long value) {
        long rest = value;
        for (; (rest & ~0x7fL) != 0; rest >>>= 7) {
            out.write((int) (rest & 0x7f | 0x80));
        }
        out.write((int) rest);
    }

    /* Puts the length of what was written since a place before it. */
    private void insertLength(int start) {
        int length = out.length() - start;
        int before = out.length();
        varint(length);
        int count = out.length() - before;
        byte[] bytes = out.array();
        byte[] varint = java.util.Arrays.copyOfRange(bytes, before, before + count);
        System.arraycopy(bytes, start, bytes, start + count, length);
        System.arraycopy(varint, 0, bytes, start, count);
    }

    private JsonParseException wrong(String what, String expected) throws IOException {
        JsonToken token = in.currentToken();
        return new JsonParseException(
                in, what + ": " + (token == null ? "the end" : token) + " (expected: " + expected + ")");
    }
}

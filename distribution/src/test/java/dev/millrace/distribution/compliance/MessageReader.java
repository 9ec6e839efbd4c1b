package dev.millrace.distribution.compliance;

import com.google.protobuf.CodedInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads a message of remote write strictly: every field must be one of the schema, of its type, and packed where the schema
 * says so. Written from the tables of the specifications, and of nothing that sends.
 */
abstract class MessageReader {
    private static final int VARINT = 0;
    private static final int FIXED = 1;
    private static final int BYTES = 2;

    /** Reads a whole message. */
    abstract Sent.Message read(byte[] message) throws IOException;

    /** The fields of a message by number, in the order of the wire. */
    static final class Fields {
        private final Map<Integer, List<Object>> byNumber = new LinkedHashMap<>();

        static Fields of(byte[] message, int... known) throws IOException {
            Fields fields = new Fields();
            CodedInputStream in = CodedInputStream.newInstance(message);
            for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
                int number = tag >>> 3;
                if (java.util.Arrays.stream(known).noneMatch(one -> one == number)) {
                    throw new IOException("field " + number + " is not one of the schema");
                }
                Object value = switch (tag & 7) {
                    case VARINT -> in.readRawVarint64();
                    case FIXED -> new Fixed(in.readRawLittleEndian64());
                    case BYTES -> in.readByteArray();
                    default -> throw new IOException("field " + number + " has wire type " + (tag & 7));
                };
                fields.byNumber
                        .computeIfAbsent(number, unused -> new ArrayList<>())
                        .add(value);
            }
            return fields;
        }

        private record Fixed(long bits) {}

        List<byte[]> messages(int number) throws IOException {
            return all(number, byte[].class);
        }

        List<String> texts(int number) throws IOException {
            List<String> texts = new ArrayList<>();
            for (byte[] text : messages(number)) {
                texts.add(utf8(text));
            }
            return texts;
        }

        String text(int number) throws IOException {
            return last(texts(number)).orElse("");
        }

        long varint(int number) throws IOException {
            return optionalVarint(number).orElse(0L);
        }

        Optional<Long> optionalVarint(int number) throws IOException {
            return last(all(number, Long.class));
        }

        int signed(int number) throws IOException {
            return CodedInputStream.decodeZigZag32((int) varint(number));
        }

        long fixed(int number) throws IOException {
            return optionalFixed(number).orElse(0L);
        }

        Optional<Long> optionalFixed(int number) throws IOException {
            return last(all(number, Fixed.class)).map(Fixed::bits);
        }

        List<Long> packedVarints(int number) throws IOException {
            List<Long> values = new ArrayList<>();
            for (byte[] run : messages(number)) {
                CodedInputStream in = CodedInputStream.newInstance(run);
                while (!in.isAtEnd()) {
                    values.add(in.readRawVarint64());
                }
            }
            return values;
        }

        List<Long> packedFixed(int number) throws IOException {
            List<Long> values = new ArrayList<>();
            for (byte[] run : messages(number)) {
                CodedInputStream in = CodedInputStream.newInstance(run);
                while (!in.isAtEnd()) {
                    values.add(in.readRawLittleEndian64());
                }
            }
            return values;
        }

        private <T> List<T> all(int number, Class<T> type) throws IOException {
            List<T> all = new ArrayList<>();
            for (Object value : byNumber.getOrDefault(number, List.of())) {
                if (!type.isInstance(value)) {
                    throw new IOException("field " + number + " is of another wire type");
                }
                all.add(type.cast(value));
            }
            return all;
        }

        private static <T> Optional<T> last(List<T> values) {
            return values.isEmpty() ? Optional.empty() : Optional.of(values.get(values.size() - 1));
        }

        private static String utf8(byte[] bytes) throws CharacterCodingException {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        }
    }

    static Sent.Histogram histogram(byte[] message, boolean second) throws IOException {
        Fields fields = second
                ? Fields.of(message, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17)
                : Fields.of(message, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15);
        List<Long> deltas = fields.packedVarints(12).stream()
                .map(CodedInputStream::decodeZigZag64)
                .toList();
        return new Sent.Histogram(
                fields.optionalVarint(1),
                fields.optionalFixed(2),
                fields.fixed(3),
                fields.signed(4),
                deltas,
                fields.packedFixed(16),
                fields.varint(15),
                fields.varint(17));
    }
}

package dev.millrace.plugin.lib.prometheus.wire;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.UnsafeByteOperations;
import dev.millrace.spi.event.Symbol;
import dev.millrace.spi.extension.DecodingException;
import java.io.IOException;
import java.util.regex.Pattern;

/**
 * Reads protobuf messages that are nested in an array.
 *
 * <p>Lengths are checked against what is left of the message around before anything is made of them. Fields that nobody
 * asks for are skipped.
 */
final class MessageReader {
    private static final int LONGEST_REFUSAL = 500;
    private static final Pattern LINE_BREAKS = Pattern.compile("[\\p{Cntrl}\\u0085\\u2028\\u2029]");

    private final byte[] array;
    private final CodedInputStream in;

    MessageReader(byte[] array, int length) {
        this.array = array;
        this.in = CodedInputStream.newInstance(array, 0, length);
    }

    /** A refusal of the body, in words for the client: one line, whatever names of the body it quotes. */
    static DecodingException refusal(String message, Exception cause) {
        String line = message.length() > LONGEST_REFUSAL ? message.substring(0, LONGEST_REFUSAL) + "…" : message;
        DecodingException refusal =
                new DecodingException(LINE_BREAKS.matcher(line).replaceAll("?"));
        refusal.initCause(cause);
        return refusal;
    }

    /** Takes the fields of a message one by one. */
    interface Fields {
        /** Reads the field's value, or says that it is none of its fields. */
        boolean read(int tag) throws IOException;
    }

    CodedInputStream in() {
        return in;
    }

    /** The number of bytes read. */
    int position() {
        return in.getTotalBytesRead();
    }

    /** Reads the outermost message to its end. */
    void message(Fields fields) throws IOException {
        for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
            if (!fields.read(tag) && !in.skipField(tag)) {
                throw new InvalidProtocolBufferException("a group ends that did not begin");
            }
        }
    }

    /** Reads a message that is the value of a field. */
    void nested(Fields fields) throws IOException {
        int limit = in.pushLimit(in.readRawVarint32());
        message(fields);
        in.popLimit(limit);
    }

    /** Reads one number of a repeated field. */
    interface PackedNumber {
        long read() throws IOException;
    }

    /** Reads a repeated field of numbers that stand in one piece. */
    void packed(Longs numbers, PackedNumber number) throws IOException {
        int limit = in.pushLimit(in.readRawVarint32());
        while (in.getBytesUntilLimit() > 0) {
            numbers.add(number.read());
        }
        in.popLimit(limit);
    }

    /** Reads a string that occurs in labels. */
    Symbol symbol() throws IOException {
        int length = text();
        return Symbol.of(array, position() - length, length);
    }

    /** Reads a string, which ends at {@link #position()}, and returns its length. */
    int text() throws IOException {
        int length = in.readRawVarint32();
        int start = position();
        in.skipRawBytes(length);
        if (!isAscii(start, length)
                && !UnsafeByteOperations.unsafeWrap(array, start, length).isValidUtf8()) {
            throw new InvalidProtocolBufferException("text that is not UTF-8");
        }
        return length;
    }

    private boolean isAscii(int start, int length) {
        for (int i = start; i < start + length; i++) {
            if (array[i] < 0) {
                return false;
            }
        }
        return true;
    }
}

package dev.millrace.distribution.comparison.load;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.WireFormat;
import java.io.IOException;
import java.util.Arrays;

/**
 * Reads the samples of requests of remote write 1.0 and 2.0 by its own few lines, without an object for each. The fields of
 * their messages have different numbers, so that a request tells by itself which one it is. Not thread-safe.
 *
 * <p>A series is known by a hash of its labels as they were sent; 1.0 and 2.0 give the same series different ones.
 */
final class RequestReader {
    private static final int SERIES_OF_1 = 1;
    private static final int SYMBOLS_OF_2 = 4;
    private static final int SERIES_OF_2 = 5;

    /** In the message of a series, of either version. */
    private static final int LABELS = 1;

    private static final int SAMPLES = 2;

    private final byte[] prefix;
    private final SymbolTable symbols;

    /** Tells series of pages from others by a prefix of their names. */
    RequestReader(byte[] prefix) {
        this.prefix = prefix.clone();
        this.symbols = new SymbolTable(prefix);
    }

    /** Hands over the samples of a request, decompressed; returns how many there were. */
    int read(byte[] request, SampleSink sink) throws IOException {
        symbols.clear();
        CodedInputStream symbolFields = CodedInputStream.newInstance(request);
        for (int tag = symbolFields.readTag(); tag != 0; tag = symbolFields.readTag()) {
            if (WireFormat.getTagFieldNumber(tag) == SYMBOLS_OF_2) {
                int length = symbolFields.readRawVarint32();
                symbols.add(request, symbolFields.getTotalBytesRead(), length);
                symbolFields.skipRawBytes(length);
            } else {
                symbolFields.skipField(tag);
            }
        }
        int samples = 0;
        CodedInputStream input = CodedInputStream.newInstance(request);
        for (int tag = input.readTag(); tag != 0; tag = input.readTag()) {
            int field = WireFormat.getTagFieldNumber(tag);
            if (field == SERIES_OF_1 || field == SERIES_OF_2) {
                int outer = input.pushLimit(input.readRawVarint32());
                samples += series(request, input, field == SERIES_OF_2, sink);
                input.popLimit(outer);
            } else {
                input.skipField(tag);
            }
        }
        return samples;
    }

    private int series(byte[] request, CodedInputStream input, boolean byReference, SampleSink sink)
            throws IOException {
        int samples = 0;
        boolean ofPage = false;
        long hash = 0;
        for (int tag = input.readTag(); tag != 0; tag = input.readTag()) {
            switch (WireFormat.getTagFieldNumber(tag)) {
                case LABELS -> {
                    int length = input.readRawVarint32();
                    if (byReference) {
                        int outer = input.pushLimit(length);
                        while (!input.isAtEnd()) {
                            int name = input.readUInt32();
                            int value = input.readUInt32();
                            hash = hash * SymbolTable.PRIME + symbols.hash(name);
                            hash = hash * SymbolTable.PRIME + symbols.hash(value);
                            ofPage |= symbols.isName(name) && symbols.isOfPage(value);
                        }
                        input.popLimit(outer);
                    } else {
                        int start = input.getTotalBytesRead();
                        input.skipRawBytes(length);
                        hash = SymbolTable.hash(hash, request, start, start + length);
                        ofPage |= isNameOfPage(request, start, start + length);
                    }
                }
                case SAMPLES -> {
                    int outer = input.pushLimit(input.readRawVarint32());
                    sample(input, hash, ofPage, sink);
                    input.popLimit(outer);
                    samples++;
                }
                default -> input.skipField(tag);
            }
        }
        return samples;
    }

    private static void sample(CodedInputStream input, long series, boolean ofPage, SampleSink sink)
            throws IOException {
        long bits = 0;
        long timestamp = 0;
        for (int tag = input.readTag(); tag != 0; tag = input.readTag()) {
            switch (WireFormat.getTagFieldNumber(tag)) {
                case 1 -> bits = input.readFixed64();
                case 2 -> timestamp = input.readInt64();
                default -> input.skipField(tag);
            }
        }
        sink.sample(series, ofPage, timestamp, bits);
    }

    /** How a label {@code __name__} of 1.0 begins on the wire: its name, and the tag of its value. */
    private static final byte[] NAME = {10, 8, '_', '_', 'n', 'a', 'm', 'e', '_', '_', 18};

    private boolean isNameOfPage(byte[] request, int start, int end) {
        int value = start + NAME.length + 1; // a name is shorter than 128 bytes, so its length is one
        return value + prefix.length <= end
                && Arrays.equals(request, start, start + NAME.length, NAME, 0, NAME.length)
                && Arrays.equals(request, value, value + prefix.length, prefix, 0, prefix.length);
    }
}

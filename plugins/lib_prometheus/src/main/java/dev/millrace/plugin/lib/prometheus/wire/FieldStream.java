package dev.millrace.plugin.lib.prometheus.wire;

import com.google.protobuf.CodedOutputStream;
import java.io.IOException;
import java.io.OutputStream;

/** A message as a stream, for symbols, which write themselves to one. */
final class FieldStream extends OutputStream {
    private final CodedOutputStream out;

    FieldStream(CodedOutputStream out) {
        this.out = out;
    }

    @Override
    public void write(int value) throws IOException {
        out.write((byte) value);
    }

    @Override
    public void write(byte[] source, int offset, int count) throws IOException {
        out.write(source, offset, count);
    }
}

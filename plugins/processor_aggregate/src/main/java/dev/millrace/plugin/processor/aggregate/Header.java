package dev.millrace.plugin.processor.aggregate;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;

/**
 * What the state says of all windows.
 *
 * <pre>
 *   byte    the version, 1
 *   long    closed
 *   Layout  layout
 * </pre>
 *
 * @param closed windows that end up to here are closed, in milliseconds since the epoch
 * @param layout what comes out of those that are under way
 */
record Header(long closed, Layout layout) {
    private static final int VERSION = 1;

    static Header read(byte[] state) {
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(state))) {
            if (in.readByte() != VERSION) {
                throw new IOException("version: " + state[0] + " (expected: " + VERSION + ")");
            }
            return new Header(in.readLong(), Layout.read(in));
        } catch (IOException e) {
            throw new UncheckedIOException("state of the windows: " + e.getMessage(), e);
        }
    }

    byte[] bytes() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeByte(VERSION);
            out.writeLong(closed);
            layout.write(out);
        } catch (IOException e) {
            throw new UncheckedIOException(e); // an array in memory does not fail
        }
        return bytes.toByteArray();
    }
}

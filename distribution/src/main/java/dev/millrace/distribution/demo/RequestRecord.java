package dev.millrace.distribution.demo;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/**
 * The file in which the receiver keeps the bodies of requests as they came, one after the other:
 *
 * <pre>
 *   +--------+---------------------+
 *   | length | body                |   repeated
 *   | 4      | length, still snappy|
 *   +--------+---------------------+
 * </pre>
 *
 * Several threads may add; another process may read meanwhile.
 */
final class RequestRecord implements AutoCloseable {
    private final Object lock = new Object();
    private final FileChannel channel;

    private RequestRecord(FileChannel channel) {
        this.channel = channel;
    }

    /** Opens a record that may have requests already, to add more. */
    static RequestRecord append(Path file) throws IOException {
        return new RequestRecord(FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND));
    }

    /**
     * Adds a request.
     *
     * @throws ClosedChannelException if the record is closed; then the request may not be answered with success
     */
    void add(byte[] body) throws IOException {
        ByteBuffer entry = ByteBuffer.allocate(Integer.BYTES + body.length)
                .putInt(body.length)
                .put(body)
                .flip();
        synchronized (lock) {
            while (entry.hasRemaining()) {
                channel.write(entry);
            }
        }
    }

    /** Closes it after the last request that is being added. */
    @Override
    public void close() {
        synchronized (lock) {
            try {
                channel.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /** Reads a record while it grows. */
    static final class Reader {
        private final Path file;
        private long position;

        /** Reads from the beginning of a file that exists. */
        Reader(Path file) {
            this.file = file;
        }

        /** The whole requests that were added since the last call. */
        List<byte[]> next() throws IOException {
            List<byte[]> bodies = new ArrayList<>();
            try (FileChannel channel = FileChannel.open(file)) {
                ByteBuffer length = ByteBuffer.allocate(Integer.BYTES);
                while (read(channel, length.clear(), position)) {
                    ByteBuffer body = ByteBuffer.allocate(length.flip().getInt());
                    if (!read(channel, body, position + Integer.BYTES)) {
                        break;
                    }
                    bodies.add(body.array());
                    position += Integer.BYTES + body.capacity();
                }
            }
            return bodies;
        }

        private static boolean read(FileChannel channel, ByteBuffer buffer, long from) throws IOException {
            while (buffer.hasRemaining()) {
                if (channel.read(buffer, from + buffer.position()) < 0) {
                    return false;
                }
            }
            return true;
        }
    }
}

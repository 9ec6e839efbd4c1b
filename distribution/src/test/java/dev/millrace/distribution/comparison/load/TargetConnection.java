package dev.millrace.distribution.comparison.load;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;

/** A connection to a target. Used by the thread of its fleet only. */
final class TargetConnection {
    private static final int LARGEST_REQUEST = 2 << 10;
    private static final int END_OF_REQUEST = ('\r' << 24) | ('\n' << 16) | ('\r' << 8) | '\n';

    private final SocketChannel channel;
    private final Target target;
    private final ByteBuffer request = ByteBuffer.allocate(LARGEST_REQUEST);
    private ByteBuffer answer = ByteBuffer.allocate(0);

    TargetConnection(SocketChannel channel, Target target) {
        this.channel = channel;
        this.target = target;
    }

    /** Reads on, and returns whether a whole request is there; one has no body, so that an empty line ends it. */
    boolean read() throws IOException {
        if (channel.read(request) <= 0) {
            throw new IOException("the scraper went away, or its request is too long");
        }
        boolean whole = request.position() >= Integer.BYTES
                && request.getInt(request.position() - Integer.BYTES) == END_OF_REQUEST;
        if (whole) {
            request.clear();
        }
        return whole;
    }

    /** Begins an answer. */
    void answer(SelectionKey key) throws IOException {
        answer = target.next();
        write(key);
    }

    /** Writes what the socket takes, and goes on when it takes more. */
    void write(SelectionKey key) throws IOException {
        channel.write(answer);
        if (answer.hasRemaining()) {
            key.interestOps(SelectionKey.OP_WRITE);
            return;
        }
        target.served(System.nanoTime());
        key.interestOps(SelectionKey.OP_READ);
    }

    void close() throws IOException {
        channel.close();
    }
}

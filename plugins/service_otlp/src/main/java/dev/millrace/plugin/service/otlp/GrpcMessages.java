package dev.millrace.plugin.service.otlp;

import dev.millrace.spi.BodyBuffer;
import dev.millrace.spi.BodyTooLargeException;
import dev.millrace.spi.Compression;
import dev.millrace.spi.extension.DecodingException;
import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * The messages in the bodies of gRPC, of which a unary call has one in each direction.
 *
 * <pre>
 * byte     whether the message is compressed, 0 or 1
 * uint32   its length, big-endian
 * bytes    the message
 * </pre>
 *
 * <p>Thread-safe.
 */
final class GrpcMessages {
    /** The bytes before a message. */
    static final int HEAD = 5;

    private static final String IDENTITY = "identity";

    private final Compression compression;
    private final long maxBytes;

    GrpcMessages(Compression compression, long maxBytes) {
        this.compression = compression;
        this.maxBytes = maxBytes;
    }

    /** Whether messages may be compressed so. */
    boolean supports(String encoding) {
        return encoding.equals(IDENTITY) || compression.names().contains(encoding);
    }

    /** What {@link #supports} accepts, for the client. */
    String supported() {
        return IDENTITY + ","
                + String.join(",", compression.names().stream().sorted().toList());
    }

    /**
     * The only message of a body, in the place of the body where it is not compressed.
     *
     * @throws DecodingException if there is none or another one, or it is damaged
     * @throws BodyTooLargeException if it is too large when it is decompressed
     */
    BodyBuffer read(BodyBuffer body, String encoding) throws DecodingException, BodyTooLargeException {
        if (body.length() < HEAD) {
            throw new DecodingException("gRPC: " + body.length() + " bytes (expected: a message with its length)");
        }
        ByteBuffer head = ByteBuffer.wrap(body.array(), 0, HEAD);
        byte compressed = head.get();
        long length = Integer.toUnsignedLong(head.getInt());
        if (length != body.length() - HEAD) {
            throw new DecodingException("gRPC: a message of " + length + " bytes in " + (body.length() - HEAD)
                    + " bytes (expected: as many)");
        }
        System.arraycopy(body.array(), HEAD, body.array(), 0, (int) length);
        body.truncate((int) length);
        if (compressed == 0) {
            return body;
        }
        if (compressed != 1 || encoding.equals(IDENTITY)) {
            throw new DecodingException("gRPC: compressed: " + compressed + ", grpc-encoding: " + encoding
                    + " (expected: 0, or an encoding)");
        }
        BodyBuffer plain = new BodyBuffer((int) Math.min(maxBytes, 4 * length));
        try {
            compression.decompress(encoding, body, plain, maxBytes);
        } catch (BodyTooLargeException e) {
            throw e;
        } catch (IOException e) {
            DecodingException damaged = new DecodingException(String.valueOf(e.getMessage()));
            damaged.initCause(e);
            throw damaged;
        }
        return plain;
    }

    /** A body with one message, not compressed. */
    static byte[] write(byte[] message) {
        return ByteBuffer.allocate(HEAD + message.length)
                .put((byte) 0)
                .putInt(message.length)
                .put(message)
                .array();
    }
}

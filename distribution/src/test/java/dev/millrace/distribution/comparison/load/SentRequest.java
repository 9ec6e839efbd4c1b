package dev.millrace.distribution.comparison.load;

import com.github.luben.zstd.ZstdInputStream;
import com.sun.net.httpserver.Headers;
import java.io.ByteArrayInputStream;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import org.xerial.snappy.Snappy;

/**
 * A request of remote write as it was posted.
 *
 * @param contentType its header {@code Content-Type}, or an empty text
 * @param encoding its header {@code Content-Encoding}, or an empty text
 */
record SentRequest(String contentType, String encoding, byte[] body) {
    static SentRequest of(Headers headers, byte[] body) {
        return new SentRequest(text(headers, "Content-Type"), text(headers, "Content-Encoding"), body);
    }

    /** Whether it is of remote write 2.0, and not 1.0. */
    boolean isVersion2() {
        return contentType.contains("io.prometheus.write.v2.Request");
    }

    /** Its body without compression. */
    byte[] decompressed() throws IOException {
        return switch (encoding) {
            case "snappy" -> Snappy.uncompress(body);
            case "zstd" -> {
                try (ZstdInputStream input = new ZstdInputStream(new ByteArrayInputStream(body))) {
                    yield input.readAllBytes();
                }
            }
            default -> throw new IOException("Content-Encoding: " + encoding + " (expected: snappy or zstd)");
        };
    }

    void writeTo(DataOutput output) throws IOException {
        output.writeUTF(contentType);
        output.writeUTF(encoding);
        output.writeInt(body.length);
        output.write(body);
    }

    static SentRequest readFrom(DataInput input) throws IOException {
        String contentType = input.readUTF();
        String encoding = input.readUTF();
        byte[] body = new byte[input.readInt()];
        input.readFully(body);
        return new SentRequest(contentType, encoding, body);
    }

    private static String text(Headers headers, String name) {
        String value = headers.getFirst(name);
        return value == null ? "" : value;
    }
}

package dev.millrace.distribution.run;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;

/** A connection on which a test sends what no client would: bytes as they come, and frames of HTTP/2. */
public final class RawConnection implements AutoCloseable {
    /** The types of frames, and their flags (RFC 9113, section 6). */
    public static final int DATA = 0;

    public static final int HEADERS = 1;

    public static final int RST_STREAM = 3;

    public static final int SETTINGS = 4;

    public static final int PING = 6;

    public static final int GOAWAY = 7;

    public static final int CONTINUATION = 9;

    /** A flag of frames. */
    public static final int END_STREAM = 1;

    public static final int END_HEADERS = 4;

    private static final int HEAD = 9;
    private static final int SMALL = 4096;
    private static final int TIMEOUT_MILLIS = 60_000;

    private final Socket socket = new Socket();

    private RawConnection(String address) throws IOException {
        int colon = address.indexOf(':');
        socket.setReceiveBufferSize(SMALL); // so that little fits in between where nothing is read
        socket.setSoTimeout(TIMEOUT_MILLIS);
        socket.connect(
                new InetSocketAddress(address.substring(0, colon), Integer.parseInt(address.substring(colon + 1))));
    }

    /** A connection to {@code host:port} on which nothing was sent. */
    public static RawConnection to(String address) throws IOException {
        return new RawConnection(address);
    }

    /** Bytes behind the preface of HTTP/2. */
    public static byte[] preface(byte[] behind) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        all.writeBytes("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(StandardCharsets.ISO_8859_1));
        all.writeBytes(behind);
        return all.toByteArray();
    }

    /** A connection that begins as one of HTTP/2, with settings: numbers and values in turn. */
    public static RawConnection http2(String address, int... settings) throws IOException {
        RawConnection connection = new RawConnection(address);
        connection.send("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n");
        ByteArrayOutputStream payload = new ByteArrayOutputStream();
        for (int i = 0; i < settings.length; i += 2) {
            payload.writeBytes(number(settings[i], 2));
            payload.writeBytes(number(settings[i + 1], 4));
        }
        connection.send(frame(SETTINGS, 0, 0, payload.toByteArray()));
        return connection;
    }

    /** Sends the bytes of Latin characters. */
    public RawConnection send(String text) throws IOException {
        return send(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    /** Sends bytes. */
    public RawConnection send(byte[] bytes) throws IOException {
        socket.getOutputStream().write(bytes);
        return this;
    }

    /** Sends the same until the other side closes the connection, some times at the most; returns whether it did. */
    public boolean floods(byte[] bytes, int times) {
        try {
            for (int i = 0; i < times; i++) {
                send(bytes);
            }
            return false;
        } catch (IOException closed) {
            return true;
        }
    }

    /** Says that nothing more comes. */
    public RawConnection endOutput() throws IOException {
        socket.shutdownOutput();
        return this;
    }

    /** The first line of an answer; empty where there is none. */
    public String line() throws IOException {
        StringBuilder line = new StringBuilder();
        for (int next = read(); next >= 0 && next != '\n'; next = read()) {
            line.append((char) next);
        }
        return line.toString().strip();
    }

    /** Reads frames up to one of a type, and returns the error in it; -1 where the connection ends before. */
    public int errorOf(int type) throws IOException {
        InputStream in = socket.getInputStream();
        try {
            for (byte[] head = in.readNBytes(HEAD); head.length == HEAD; head = in.readNBytes(HEAD)) {
                byte[] payload = in.readNBytes((head[0] & 255) << 16 | (head[1] & 255) << 8 | head[2] & 255);
                if (head[3] == type) {
                    return payload[type == GOAWAY ? 7 : 3];
                }
            }
        } catch (SocketException reset) {
            return -1;
        }
        return -1;
    }

    private int read() throws IOException {
        try {
            return socket.getInputStream().read();
        } catch (SocketException reset) {
            return -1;
        }
    }

    /** A frame (RFC 9113, section 4.1). */
    public static byte[] frame(int type, int flags, int stream, byte[] payload) {
        ByteArrayOutputStream frame = new ByteArrayOutputStream();
        frame.writeBytes(number(payload.length, 3));
        frame.write(type);
        frame.write(flags);
        frame.writeBytes(number(stream, 4));
        frame.writeBytes(payload);
        return frame.toByteArray();
    }

    /** The header of a call of gRPC (RFC 7541, without a table and Huffman's code). */
    public static byte[] call(int stream, int flags, String path) {
        ByteArrayOutputStream fields = new ByteArrayOutputStream();
        fields.write(0x83); // :method POST
        fields.write(0x86); // :scheme http
        fields.write(0x04);
        text(fields, path);
        fields.write(0x01);
        text(fields, "test");
        fields.write(0x00);
        text(fields, "content-type");
        text(fields, "application/grpc");
        return frame(HEADERS, flags, stream, fields.toByteArray());
    }

    private static void text(ByteArrayOutputStream fields, String text) {
        fields.write(text.length());
        fields.writeBytes(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    private static byte[] number(int value, int bytes) {
        byte[] number = new byte[bytes];
        for (int i = 0; i < bytes; i++) {
            number[i] = (byte) (value >>> 8 * (bytes - 1 - i));
        }
        return number;
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}

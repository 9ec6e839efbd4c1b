package dev.millrace.distribution.comparison;

import dev.millrace.distribution.numbered.Ports;
import dev.millrace.distribution.numbered.RemoteWriteEndpoint;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * A receiver that keeps the bodies that it takes in a file, and nothing else; they can be sent again, back to back. Thread-safe.
 */
final class RequestLog implements Closeable {
    private static final int LARGEST_HEAD = 64 << 10;

    private final Object lock = new Object();
    private final Path file;
    private final DataOutputStream output;
    private final RemoteWriteEndpoint endpoint;

    private RequestLog(Path file) throws IOException {
        this.file = file;
        this.output = new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(file), 1 << 20));
        this.endpoint = RemoteWriteEndpoint.start(Ports.free(), (headers, body) -> {
            keep(body);
            return 204;
        });
    }

    /** Starts a receiver that writes a file. */
    static RequestLog start(Path file) throws IOException {
        return new RequestLog(file);
    }

    /** Where to write to. */
    String endpoint() {
        return endpoint.url();
    }

    private void keep(byte[] body) throws IOException {
        synchronized (lock) {
            output.writeInt(body.length);
            output.write(body);
        }
    }

    /** Takes no more. */
    @Override
    public void close() throws IOException {
        endpoint.close();
        synchronized (lock) {
            output.close();
        }
    }

    /** Sends all bodies to an endpoint, over so many connections at the same time; returns the seconds that it took. */
    double replay(String target, int connections) throws IOException {
        ExecutorService threads = Executors.newFixedThreadPool(connections);
        try (DataInputStream input =
                new DataInputStream(new BufferedInputStream(Files.newInputStream(file), 1 << 20))) {
            long start = System.nanoTime();
            List<Future<?>> senders = new ArrayList<>();
            for (int i = 0; i < connections; i++) {
                senders.add(threads.submit(() -> {
                    send(URI.create(target), input);
                    return null;
                }));
            }
            for (Future<?> sender : senders) {
                sender.get();
            }
            return (System.nanoTime() - start) / 1e9;
        } catch (ExecutionException e) {
            throw new IOException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        } finally {
            threads.shutdownNow();
        }
    }

    private static void send(URI target, DataInputStream bodies) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), target.getPort())) {
            socket.setTcpNoDelay(true);
            InputStream answers = new BufferedInputStream(socket.getInputStream(), LARGEST_HEAD);
            OutputStream requests = new BufferedOutputStream(socket.getOutputStream(), 1 << 20);
            for (byte[] body = next(bodies); body.length > 0; body = next(bodies)) {
                requests.write(("POST " + target.getPath() + " HTTP/1.1\r\nHost: " + target.getAuthority()
                                + "\r\nContent-Type: application/x-protobuf\r\nContent-Encoding: snappy"
                                + "\r\nX-Prometheus-Remote-Write-Version: 0.1.0\r\nContent-Length: " + body.length
                                + "\r\n\r\n")
                        .getBytes(StandardCharsets.US_ASCII));
                requests.write(body);
                requests.flush();
                taken(answers);
            }
        }
    }

    /* The next body, or an empty one at the end. */
    private static byte[] next(DataInputStream bodies) throws IOException {
        synchronized (bodies) {
            try {
                return bodies.readNBytes(bodies.readInt());
            } catch (EOFException e) {
                return new byte[0];
            }
        }
    }

    /* An answer with success has no body. */
    private static void taken(InputStream answers) throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            int next = answers.read();
            if (next < 0) {
                throw new EOFException("no whole answer: " + head);
            }
            head.append((char) next);
        }
        if (!head.toString().startsWith("HTTP/1.1 204")) {
            throw new IOException("not taken: " + head);
        }
    }
}

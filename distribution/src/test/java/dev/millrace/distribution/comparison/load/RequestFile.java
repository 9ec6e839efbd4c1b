package dev.millrace.distribution.comparison.load;

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

/** A file of requests, which are sent again, back to back. Thread-safe. */
public final class RequestFile implements Closeable {
    private static final int LARGEST_HEAD = 64 << 10;

    private final Object lock = new Object();
    private final Path file;
    private final DataOutputStream output;

    private RequestFile(Path file) throws IOException {
        this.file = file;
        this.output = new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(file), 1 << 20));
    }

    /** Begins a file. */
    public static RequestFile create(Path file) throws IOException {
        return new RequestFile(file);
    }

    /** Adds a request. */
    void keep(SentRequest request) throws IOException {
        synchronized (lock) {
            request.writeTo(output);
        }
    }

    /** Takes no more requests. */
    @Override
    public void close() throws IOException {
        synchronized (lock) {
            output.close();
        }
    }

    /** Sends all requests so far to an endpoint, over so many connections at the same time; returns the seconds that it took. */
    public double replay(String target, int connections) throws IOException {
        synchronized (lock) {
            output.flush();
        }
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

    private static void send(URI target, DataInputStream requests) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), target.getPort())) {
            socket.setTcpNoDelay(true);
            InputStream answers = new BufferedInputStream(socket.getInputStream(), LARGEST_HEAD);
            OutputStream output = new BufferedOutputStream(socket.getOutputStream(), 1 << 20);
            while (true) {
                SentRequest request;
                try {
                    synchronized (requests) {
                        request = SentRequest.readFrom(requests);
                    }
                } catch (EOFException end) {
                    return;
                }
                output.write(head(target, request).getBytes(StandardCharsets.US_ASCII));
                output.write(request.body());
                output.flush();
                expectSuccess(answers);
            }
        }
    }

    private static String head(URI target, SentRequest request) {
        return "POST " + target.getPath() + " HTTP/1.1\r\nHost: " + target.getAuthority()
                + "\r\nContent-Type: " + request.contentType()
                + "\r\nContent-Encoding: " + request.encoding()
                + "\r\nX-Prometheus-Remote-Write-Version: " + (request.isVersion2() ? "2.0.0" : "0.1.0")
                + "\r\nContent-Length: " + request.body().length + "\r\n\r\n";
    }

    /* An answer with success has no body. */
    private static void expectSuccess(InputStream answers) throws IOException {
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

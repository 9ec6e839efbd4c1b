package dev.millrace.core.transport;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** A server of plain sockets on loopback, for faults that no HTTP server would make. */
final class RawServer implements AutoCloseable {
    private final ServerSocket socket;
    private final Script script;
    private final AtomicInteger accepted = new AtomicInteger();
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();

    /** What is done with a connection, on a thread of its own; afterwards it is closed. */
    interface Script {
        void run(Connection connection) throws Exception;
    }

    RawServer(Script script) throws IOException {
        this(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()), script);
    }

    /** A server at a socket of another kind. */
    RawServer(ServerSocket socket, Script script) {
        this.socket = socket;
        this.script = script;
        start(this::accept);
    }

    /** Answers every request on a connection with the same bytes. */
    static RawServer answering(String answer) throws IOException {
        return new RawServer(connection -> {
            while (!connection.readRequest().isEmpty()) {
                connection.write(answer);
            }
        });
    }

    private static void start(Runnable task) {
        Thread thread = new Thread(task, "raw-server");
        thread.setDaemon(true);
        thread.start();
    }

    private void accept() {
        while (!socket.isClosed()) {
            try {
                Socket client = socket.accept();
                open.add(client);
                int number = accepted.incrementAndGet();
                start(() -> serve(client, number));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private void serve(Socket client, int number) {
        try (client) {
            script.run(new Connection(client, number));
        } catch (Exception ofTheClient) {
            // the script ends with its connection; what the client saw is what the test asserts
        } finally {
            open.remove(client);
        }
    }

    int accepted() {
        return accepted.get();
    }

    int openConnections() {
        return open.size();
    }

    int port() {
        return socket.getLocalPort();
    }

    URI uri(String path) {
        return URI.create("http://127.0.0.1:" + port() + path);
    }

    @Override
    public void close() throws IOException {
        socket.close();
        for (Socket client : open) {
            client.close();
        }
    }

    /** One accepted connection. */
    static final class Connection {
        private final Socket socket;
        private final int number;

        Connection(Socket socket, int number) {
            this.socket = socket;
            this.number = number;
        }

        /** Its number, from 1. */
        int number() {
            return number;
        }

        Socket socket() {
            return socket;
        }

        /** Reads up to the empty line; empty where the client has closed. */
        String readHead() throws IOException {
            ByteArrayOutputStream head = new ByteArrayOutputStream();
            InputStream input = socket.getInputStream();
            int next;
            while ((next = input.read()) >= 0) {
                head.write(next);
                String text = head.toString(ISO_8859_1);
                if (text.endsWith("\r\n\r\n")) {
                    return text;
                }
            }
            return "";
        }

        /** Reads the head and a body of the stated length. */
        String readRequest() throws IOException {
            String head = readHead();
            for (String line : head.split("\r\n", -1)) {
                if (line.toLowerCase(java.util.Locale.ROOT).startsWith("content-length:")) {
                    int length = Integer.parseInt(line.substring(15).strip());
                    return head + new String(socket.getInputStream().readNBytes(length), ISO_8859_1);
                }
            }
            return head;
        }

        /** Reads up to and including {@code end}. */
        String readUntil(String end) throws IOException {
            ByteArrayOutputStream read = new ByteArrayOutputStream();
            int next;
            while ((next = socket.getInputStream().read()) >= 0) {
                read.write(next);
                if (read.toString(ISO_8859_1).endsWith(end)) {
                    break;
                }
            }
            return read.toString(ISO_8859_1);
        }

        void write(String text) throws IOException {
            socket.getOutputStream().write(text.getBytes(ISO_8859_1));
            socket.getOutputStream().flush();
        }

        /** Waits until the client closes. */
        void awaitClose() throws IOException {
            socket.getInputStream().transferTo(java.io.OutputStream.nullOutputStream());
        }
    }
}

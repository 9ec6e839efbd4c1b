package dev.millrace.distribution.durability;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.TimeUnit;

/** A client that asks one question on a new connection each time, as one without a pool of connections does. */
final class Prober implements AutoCloseable {
    private static final long PACE = TimeUnit.MILLISECONDS.toNanos(20);
    private static final int DEADLINE = (int) Duration.ofSeconds(10).toMillis();

    private final int port;
    private final Map<String, Integer> answers = new ConcurrentSkipListMap<>();
    private final Repeated asking;

    /** Starts a client of {@code 127.0.0.1:port}. */
    Prober(String address) {
        this.port = Integer.parseInt(address.substring(address.lastIndexOf(':') + 1));
        this.asking = new Repeated("prober of " + address, this::ask);
    }

    /** How many questions got each answer: a status, or why there was none. */
    Map<String, Integer> answers() {
        return answers;
    }

    private long ask() {
        String answer;
        try {
            answer = status();
        } catch (IOException e) {
            answer = e.toString();
        }
        answers.merge(answer, 1, Integer::sum);
        return PACE;
    }

    private String status() throws IOException {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), DEADLINE);
            socket.setSoTimeout(DEADLINE);
            String question = "GET /api/v1/write HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";
            socket.getOutputStream().write(question.getBytes(StandardCharsets.US_ASCII));
            byte[] answer = socket.getInputStream().readAllBytes(); // to the end: the server has closed it then
            if (answer.length == 0) {
                return "closed without an answer";
            }
            String line = new String(answer, StandardCharsets.US_ASCII)
                    .lines()
                    .findFirst()
                    .orElse("");
            return line.replaceFirst("HTTP/1.1 (\\d{3}).*", "$1");
        }
    }

    /** Does something while nothing is asked. */
    <T> T still(Callable<T> what) throws Exception {
        return asking.still(what);
    }

    /** Asks no more. */
    @Override
    public void close() {
        asking.close();
    }
}

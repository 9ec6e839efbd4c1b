package dev.millrace.core.cli;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.util.ContextInitializer;
import ch.qos.logback.core.joran.spi.JoranException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.slf4j.LoggerFactory;

/**
 * A command with its arguments, run in this process below a folder that has {@code conf}, {@code data} and {@code plugins}.
 *
 * @param root the folder
 * @param line the arguments, with {@code {root}} for the folder and {@code {server}} for the address of a server
 * @param answer what the server sends to the first who asks, before it closes the connection
 */
public record CommandRun(Path root, String line, String answer) {
    /** Runs it, and returns what it printed as errors. */
    public String errors() throws IOException {
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Thread serving = new Thread(() -> serve(server), "answers");
            serving.setDaemon(true);
            serving.start();
            String address = "127.0.0.1:" + server.getLocalPort();
            return errors(address).replace(address, "{server}");
        }
    }

    private String errors(String address) {
        PrintStream before = System.err;
        String home = System.getProperty("millrace.home");
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        try (PrintStream captured = new PrintStream(printed, true, StandardCharsets.UTF_8)) {
            System.setErr(captured);
            System.setProperty("millrace.home", root.toString());
            Main.commands()
                    .execute(line.replace("{root}", root.toString())
                            .replace("{server}", address)
                            .split(" "));
            return printed.toString(StandardCharsets.UTF_8);
        } finally {
            System.setErr(before);
            if (home == null) {
                System.clearProperty("millrace.home");
            } else {
                System.setProperty("millrace.home", home);
            }
            LoggerContext logging = (LoggerContext) LoggerFactory.getILoggerFactory();
            logging.reset();
            autoConfigure(logging);
        }
    }

    private static void autoConfigure(LoggerContext logging) {
        try {
            new ContextInitializer(logging).autoConfig();
        } catch (JoranException e) {
            throw new IllegalStateException("logback-test.xml", e);
        }
    }

    private void serve(ServerSocket server) {
        try (Socket client = server.accept();
                InputStream request = client.getInputStream()) {
            int ends = 0;
            for (int octet = request.read(); octet >= 0 && ends < 4; octet = ends == 4 ? -1 : request.read()) {
                ends = octet == (ends % 2 == 0 ? '\r' : '\n') ? ends + 1 : 0;
            }
            client.getOutputStream().write(answer.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            // nobody asks, or no more: what the command says of it is what counts
        }
    }
}

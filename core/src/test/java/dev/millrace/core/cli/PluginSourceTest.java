package dev.millrace.core.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.core.plugin.JarHash;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** Downloads of plugins: each that fails does so with one line, and leaves nothing behind. */
final class PluginSourceTest {
    @TempDir
    Path folder;

    private final ByteArrayOutputStream shown = new ByteArrayOutputStream();
    private final Deque<Answer> answers = new ArrayDeque<>();
    private boolean terminal = true;
    private Duration silence = Duration.ofSeconds(20);
    private Path temporary;
    private byte[] jar;
    private String hash;
    private ServerSocket server;
    private Thread serving;

    /** Answers one request; the connection is closed behind it. */
    private interface Answer {
        void to(Socket client, OutputStream out) throws Exception;
    }

    @BeforeEach
    void start() throws IOException {
        temporary = Files.createDirectory(folder.resolve("temporary"));
        Path file = folder.resolve("made.jar");
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().putValue("Plugin-Id", "flusher_made");
        manifest.getMainAttributes().putValue("Plugin-Version", "1.0.0");
        manifest.getMainAttributes().putValue("Plugin-Spi", "[0.1,0.2)");
        new JarOutputStream(Files.newOutputStream(file), manifest).close();
        jar = Files.readAllBytes(file);
        hash = JarHash.of(file);
        server = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
        serving = new Thread(this::serve, "server");
        serving.start();
    }

    @AfterEach
    void stop() throws Exception {
        server.close();
        serving.join();
        try (var left = Files.list(temporary)) {
            assertThat(left).isEmpty();
        }
    }

    private void serve() {
        while (!server.isClosed()) {
            try (Socket client = server.accept()) {
                BufferedReader in =
                        new BufferedReader(new InputStreamReader(client.getInputStream(), StandardCharsets.US_ASCII));
                for (String line = in.readLine(); line != null && !line.isEmpty(); ) {
                    line = in.readLine();
                }
                answers.remove().to(client, client.getOutputStream());
            } catch (Exception e) {
                assertThat(server.isClosed()).as("%s", e).isTrue();
            }
        }
    }

    private static void head(OutputStream out, String status, String fields) throws IOException {
        out.write(("HTTP/1.1 " + status + "\r\n" + fields + "Connection: close\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII));
    }

    private Answer whole(String fields) {
        return (client, out) -> {
            head(out, "200 OK", fields);
            out.write(jar);
        };
    }

    private String url(String path) {
        return "http://127.0.0.1:" + server.getLocalPort() + path;
    }

    private PluginSource.Staged stage(String sha256) throws Exception {
        AtomicLong now = new AtomicLong();
        Download download = new Download(
                Duration.ofSeconds(20),
                silence,
                (what, bytes) -> new Progress(
                        what,
                        bytes,
                        terminal,
                        new PrintStream(shown, true, StandardCharsets.UTF_8),
                        () -> now.addAndGet(TimeUnit.SECONDS.toNanos(1))));
        PluginSource source = CommandLine.populateCommand(
                new PluginSource(download, temporary), url("/made.jar"), "--sha256", sha256);
        return source.stage(Optional.empty());
    }

    private void fails(String message) {
        assertThatThrownBy(() -> stage(hash)).isInstanceOf(IOException.class).hasMessage(url("/made.jar") + message);
    }

    private String shown() {
        return shown.toString(StandardCharsets.UTF_8).replace("\r\u001b[K", "<clear>");
    }

    @Test
    void aHashThatIsNoneIsToldBeforeAnythingIsAsked() {
        assertThatThrownBy(() -> stage("abc")).hasMessage("--sha256: 'abc' (expected: 64 hexadecimal digits)");
    }

    @Test
    void aWholeOneIsStagedAndShowsHowFarItIs() throws Exception {
        answers.add(whole("Content-Length: " + jar.length + "\r\n"));
        try (PluginSource.Staged staged = stage(hash)) {
            assertThat(staged.name()).hasToString("flusher_made 1.0.0");
            assertThat(staged.plugin()).hasFileName("flusher_made.jar").hasBinaryContent(jar);
        }
        assertThat(shown())
                .startsWith("<clear>" + url("/made.jar") + ": ")
                .endsWith(" of " + jar.length + " B, 100 %<clear>");
    }

    @Test
    void oneOfUnknownLengthShowsWhatCame() throws Exception {
        answers.add(whole(""));
        stage(hash).close();
        assertThat(shown()).endsWith("<clear>" + url("/made.jar") + ": " + jar.length + " B<clear>");
    }

    @Test
    void nothingIsShownWhereThereIsNoTerminal() throws Exception {
        terminal = false;
        answers.add(whole("Content-Length: " + jar.length + "\r\n"));
        stage(hash).close();
        assertThat(shown()).isEmpty();
    }

    @Test
    void aRedirectionIsFollowed() throws Exception {
        answers.add((client, out) ->
                head(out, "302 Found", "Location: " + url("/elsewhere.jar") + "\r\nContent-Length: 0\r\n"));
        answers.add(whole("Content-Length: " + jar.length + "\r\n"));
        stage(hash).close();
    }

    @Test
    void aRedirectionToAnotherProtocolIsNamed() {
        answers.add((client, out) ->
                head(out, "302 Found", "Location: https://plugins.invalid/made.jar\r\nContent-Length: 0\r\n"));
        fails(": answers 302, which leads to https://plugins.invalid/made.jar (expected: 200)");
    }

    @Test
    void anythingButSuccessIsNamed() {
        answers.add((client, out) -> head(out, "404 Not Found", "Content-Length: 0\r\n"));
        fails(": answers 404 (expected: 200)");
    }

    @Test
    void oneThatEndsEarlyIsNotTaken() {
        answers.add((client, out) -> {
            head(out, "200 OK", "Content-Length: " + jar.length + "\r\n");
            out.write(jar, 0, 100);
        });
        fails(": sent 100 bytes (expected: " + jar.length + ", as it announced); try again");
    }

    @Test
    void oneInChunksThatEndsEarlyIsNotTaken() {
        answers.add((client, out) -> {
            head(out, "200 OK", "Transfer-Encoding: chunked\r\n");
            out.write("10\r\n0123456789abcdef\r\n20\r\n0123".getBytes(StandardCharsets.US_ASCII));
        });
        assertThatThrownBy(() -> stage(hash))
                .isInstanceOf(IOException.class)
                .hasMessageMatching(".*/made\\.jar: broke off after \\d+ bytes: Premature EOF; try again");
    }

    @Test
    void oneWhoseConnectionIsResetIsNotTaken() {
        answers.add((client, out) -> {
            head(out, "200 OK", "");
            out.write(jar, 0, 100);
            client.setSoLinger(true, 0);
        });
        assertThatThrownBy(() -> stage(hash))
                .isInstanceOf(IOException.class)
                .hasMessageMatching(".*/made\\.jar: (broke off after \\d+ bytes|does not answer): .*reset; try again");
    }

    @Test
    void oneThatIsLongerThanItSaysIsNotTaken() {
        answers.add(whole("Content-Length: " + (jar.length - 1) + "\r\n"));
        fails(": sent " + jar.length + " bytes (expected: " + (jar.length - 1) + ", as it announced); try again");
    }

    @Test
    void aServerThatStallsIsGivenUp() {
        answers.add((client, out) -> {
            head(out, "200 OK", "Content-Length: " + jar.length + "\r\n");
            out.write(jar, 0, 100);
            out.flush();
            client.getInputStream().read(); // until the other side gives up
        });
        silence = Duration.ofMillis(300);
        fails(": broke off after 100 bytes: nothing came within 0.3 s; try again");
    }

    @Test
    void aServerThatNeverAnswersIsGivenUp() {
        answers.add((client, out) -> client.getInputStream().read());
        silence = Duration.ofMillis(300);
        fails(": does not answer: nothing came within 0.3 s; try again");
    }

    @Test
    void anotherHashIsRefused() {
        answers.add(whole("Content-Length: " + jar.length + "\r\n"));
        String other = "0".repeat(64);
        assertThatThrownBy(() -> stage(other))
                .isInstanceOf(IOException.class)
                .hasMessage(url("/made.jar") + ": its SHA-256 is " + hash + " (expected: " + other
                        + "); nothing was installed, because it is not the jar that you were told of");
    }
}

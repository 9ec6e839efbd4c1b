package dev.millrace.core.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/**
 * Downloads over HTTP, which show how far they are. Redirections are followed where they do not leave the protocol.
 *
 * @param connecting how long a server may take to accept a connection
 * @param silence how long it may send nothing
 * @param showing how a download shows how far it is
 */
record Download(Duration connecting, Duration silence, Showing showing) {
    /** As commands do it: 10 seconds to connect, and a minute of silence at most. */
    static final Download DEFAULT = new Download(Duration.ofSeconds(10), Duration.ofMinutes(1), Progress::of);

    private static final int BUFFER_BYTES = 64 << 10;

    /** Makes the progress through so many bytes; fewer than 0 where nobody knows how many. */
    @FunctionalInterface
    interface Showing {
        Progress of(String what, long bytes) throws IOException, InterruptedException;
    }

    /**
     * Downloads to a file.
     *
     * @throws IOException in words for the user; what is in the file is of no use then
     */
    void fetch(URI uri, Path file) throws IOException, InterruptedException {
        HttpURLConnection connection = (HttpURLConnection) uri.toURL().openConnection();
        connection.setConnectTimeout(Math.toIntExact(connecting.toMillis()));
        connection.setReadTimeout(Math.toIntExact(silence.toMillis()));
        int status = ask(uri, connection);
        if (status != HttpURLConnection.HTTP_OK) {
            String leads = connection.getHeaderField("Location");
            String answer = status + (leads == null ? "" : ", which leads to " + leads);
            throw new IOException(
                    CommandMessage.DOWNLOAD_REFUSED.with(uri, answer).text());
        }
        long length = connection.getContentLengthLong();
        try (InputStream in = connection.getInputStream();
                OutputStream out = Files.newOutputStream(file);
                Progress progress = showing.of(uri.toString(), length)) {
            byte[] buffer = new byte[BUFFER_BYTES];
            long done = 0;
            for (int read = read(uri, in, buffer, done); read >= 0; read = read(uri, in, buffer, done)) {
                out.write(buffer, 0, read);
                done += read;
                progress.accept(done);
            }
            if (length >= 0 && done != length) {
                throw new IOException(
                        CommandMessage.DOWNLOAD_SHORT.with(uri, done, length).text());
            }
        }
    }

    private int ask(URI uri, HttpURLConnection connection) throws IOException {
        try {
            return connection.getResponseCode();
        } catch (IOException e) {
            throw new IOException(
                    CommandMessage.DOWNLOAD_UNANSWERED.with(uri, reason(e)).text(), e);
        }
    }

    private int read(URI uri, InputStream in, byte[] buffer, long done) throws IOException {
        try {
            return in.read(buffer);
        } catch (IOException e) {
            throw new IOException(
                    CommandMessage.DOWNLOAD_BROKEN.with(uri, done, reason(e)).text(), e);
        }
    }

    private String reason(IOException e) {
        if (e instanceof SocketTimeoutException) {
            return "nothing came within " + silence.toMillis() / 1000.0 + " s";
        }
        return e instanceof UnknownHostException
                ? "nobody knows the host " + e.getMessage()
                : String.valueOf(e.getMessage());
    }
}

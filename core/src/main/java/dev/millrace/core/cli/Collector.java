package dev.millrace.core.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.ConnectException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.function.Consumer;

/**
 * The collector that runs with a data folder, asked over its admin endpoint.
 *
 * @param data the data folder
 */
record Collector(Path data) {
    private static final int CONNECT_MILLIS = 5_000;

    /**
     * An answer.
     *
     * @param ok whether its status was 200
     * @param text its body
     */
    record Answer(boolean ok, String text) {}

    /**
     * Asks, and waits for the answer.
     *
     * @param target path and query
     * @throws NotRunningException if no collector runs, or it does not answer
     */
    Answer ask(String method, String target, int readMillis) throws NotRunningException {
        Path file = data.resolve("admin.address");
        String address = address(file);
        try {
            return ask(method, new URI("http://" + address + target), readMillis);
        } catch (URISyntaxException | IllegalArgumentException e) {
            throw new NotRunningException(CommandMessage.ADDRESS_MALFORMED.with(file), e);
        } catch (ConnectException e) {
            throw new NotRunningException(CommandMessage.NOTHING_LISTENS.with(address, file), e);
        } catch (IOException e) {
            throw new NotRunningException(CommandMessage.NO_ANSWER.with(data, address, e.getMessage()), e);
        }
    }

    /**
     * Asks, and hands on each line of the answer as it comes.
     *
     * @param target path and query
     * @return the answer, which has no text where it was good
     * @throws NotRunningException if no collector runs, or it does not answer, or ends the answer before its end
     */
    Answer follow(String target, Consumer<String> lines) throws NotRunningException {
        Path file = data.resolve("admin.address");
        String address = address(file);
        try {
            HttpURLConnection connection = (HttpURLConnection)
                    new URI("http://" + address + target).toURL().openConnection();
            connection.setConnectTimeout(CONNECT_MILLIS);
            if (connection.getResponseCode() != HttpURLConnection.HTTP_OK) {
                return answer(connection, false);
            }
            try (BufferedReader reader =
                    new BufferedReader(new InputStreamReader(connection.getInputStream(), StandardCharsets.UTF_8))) {
                for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                    lines.accept(line);
                }
            }
            return new Answer(true, "");
        } catch (URISyntaxException | IllegalArgumentException e) {
            throw new NotRunningException(CommandMessage.ADDRESS_MALFORMED.with(file), e);
        } catch (ConnectException e) {
            throw new NotRunningException(CommandMessage.NOTHING_LISTENS.with(address, file), e);
        } catch (IOException e) {
            throw new NotRunningException(CommandMessage.NO_ANSWER.with(data, address, e.getMessage()), e);
        }
    }

    /**
     * Leaves a list of files in the data folder, where only the collector and who may run it can, and returns its name.
     *
     * @throws NotRunningException if no collector runs
     */
    Path leave(List<Path> files) throws NotRunningException, IOException {
        address(data.resolve("admin.address"));
        Path list = Files.createTempFile(
                data.resolve("tmp"),
                "files",
                "",
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-r--r--")));
        return Files.write(
                list,
                files.stream().map(file -> file.toAbsolutePath().toString()).toList());
    }

    private String address(Path file) throws NotRunningException {
        try {
            return Files.readString(file).strip();
        } catch (NoSuchFileException e) {
            throw new NotRunningException(CommandMessage.NO_COLLECTOR.with(data), e);
        } catch (IOException e) {
            throw new NotRunningException(FileTrouble.wording(file, e), e);
        }
    }

    private static Answer ask(String method, URI uri, int readMillis) throws IOException {
        HttpURLConnection connection = (HttpURLConnection) uri.toURL().openConnection();
        connection.setRequestMethod(method);
        connection.setConnectTimeout(CONNECT_MILLIS);
        connection.setReadTimeout(readMillis);
        return answer(connection, connection.getResponseCode() == HttpURLConnection.HTTP_OK);
    }

    private static Answer answer(HttpURLConnection connection, boolean ok) throws IOException {
        try (InputStream answer = ok ? connection.getInputStream() : connection.getErrorStream()) {
            return new Answer(ok, answer == null ? "" : new String(answer.readAllBytes(), StandardCharsets.UTF_8));
        }
    }
}

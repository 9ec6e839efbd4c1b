package dev.millrace.core.cli;

import dev.millrace.core.host.ExitCode;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Asks the running host to take the configuration as it is now, and says what came of it. */
@Command(
        name = "reload",
        description = "Make the running collector take its configuration as it is now.",
        mixinStandardHelpOptions = true)
final class ReloadCommand implements Callable<Integer> {
    private static final int CONNECT_MILLIS = 5_000;
    private static final int READ_MILLIS = 120_000;

    @Mixin
    private FolderOptions folders = new FolderOptions();

    @Override
    public Integer call() {
        Path data = folders.folders().data();
        try {
            String address = Files.readString(data.resolve("admin.address")).strip();
            return reload(URI.create("http://" + address + "/-/reload"));
        } catch (NoSuchFileException e) {
            System.err.println("millrace: no collector runs with the data folder " + data + " (--data names another)");
        } catch (IOException e) {
            System.err.println(
                    "millrace: the collector of the data folder " + data + " does not answer: " + e.getMessage());
        }
        return ExitCode.NOT_RUNNING.code();
    }

    private static int reload(URI uri) throws IOException {
        HttpURLConnection connection = (HttpURLConnection) uri.toURL().openConnection();
        connection.setRequestMethod("POST");
        connection.setConnectTimeout(CONNECT_MILLIS);
        connection.setReadTimeout(READ_MILLIS);
        boolean taken = connection.getResponseCode() == HttpURLConnection.HTTP_OK;
        try (InputStream answer = taken ? connection.getInputStream() : connection.getErrorStream()) {
            String text = answer == null ? "" : new String(answer.readAllBytes(), StandardCharsets.UTF_8);
            (taken ? System.out : System.err).print(text);
        }
        return taken ? ExitCode.OK.code() : ExitCode.CONFIGURATION.code();
    }
}

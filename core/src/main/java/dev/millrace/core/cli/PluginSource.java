package dev.millrace.core.cli;

import dev.millrace.core.plugin.JarHash;
import dev.millrace.core.plugin.PluginName;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The plugin that a command is given: a jar, a folder of jars, or the URL of a jar. */
final class PluginSource {
    private static final int CONNECT_MILLIS = 10_000;
    private static final int READ_MILLIS = 60_000;
    private static final int BUFFER_BYTES = 64 << 10;

    @Parameters(
            paramLabel = "FILE|URL",
            description =
                    "A jar, a folder with the jar of a plugin and its libraries, or the URL of a jar. A name that is"
                            + " neither is looked for under Plugins.Repository of millrace.yaml.")
    private String source = "";

    @Option(
            names = "--sha256",
            paramLabel = "HEX",
            description = "The SHA-256 that the jar must have. A download needs it.")
    private @Nullable String sha256;

    /**
     * Brings the plugin into a temporary folder, under the name that it will have.
     *
     * @param repository where names are looked for that are no files
     * @throws IOException in words for the user
     */
    Staged stage(Optional<String> repository) throws IOException, InterruptedException {
        Path folder = Files.createTempDirectory("millrace-install");
        try {
            Path file = Path.of(source);
            boolean local = !isUrl(source) && Files.exists(file);
            Path brought = local ? file : download(uri(repository), folder.resolve("download.jar"));
            check(brought);
            PluginName name = PluginName.of(brought);
            Path staged = folder.resolve("plugin").resolve(Files.isDirectory(brought) ? name.id() : name.id() + ".jar");
            Files.createDirectories(folder.resolve("plugin"));
            copy(brought, staged);
            return new Staged(name, staged, folder);
        } catch (IOException | InterruptedException | RuntimeException e) {
            delete(folder);
            throw e;
        }
    }

    /**
     * A plugin that is ready to be put into a plugin folder.
     *
     * @param name what it is
     * @param plugin its jar or folder
     * @param folder the temporary folder
     */
    record Staged(PluginName name, Path plugin, Path folder) implements AutoCloseable {
        @Override
        public void close() throws IOException {
            delete(folder);
        }
    }

    private static boolean isUrl(String text) {
        String lower = text.toLowerCase(Locale.ROOT);
        return lower.startsWith("http://") || lower.startsWith("https://");
    }

    private URI uri(Optional<String> repository) throws IOException {
        if (isUrl(source)) {
            return URI.create(source);
        }
        String base = repository.orElseThrow(() -> new IOException(
                source + ": no such file (expected: a jar, a folder, a URL, or a name under Plugins.Repository, which"
                        + " millrace.yaml does not set)"));
        return URI.create((base.endsWith("/") ? base : base + "/") + source);
    }

    private Path download(URI uri, Path file) throws IOException, InterruptedException {
        if (sha256 == null) {
            throw new IOException(uri + ": a download needs --sha256, with the hash that its author names");
        }
        HttpURLConnection connection = (HttpURLConnection) uri.toURL().openConnection();
        connection.setConnectTimeout(CONNECT_MILLIS);
        connection.setReadTimeout(READ_MILLIS);
        if (connection.getResponseCode() != HttpURLConnection.HTTP_OK) {
            throw new IOException(uri + ": answers " + connection.getResponseCode() + " (expected: 200)");
        }
        long length = Math.max(0, connection.getContentLengthLong());
        try (InputStream in = connection.getInputStream();
                OutputStream out = Files.newOutputStream(file);
                Progress progress = Progress.of(uri.toString(), length)) {
            byte[] buffer = new byte[BUFFER_BYTES];
            long done = 0;
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                out.write(buffer, 0, read);
                done += read;
                progress.accept(done);
            }
            if (length > 0 && done < length) {
                throw new IOException(uri + ": ended after " + done + " of " + length + " bytes; try again");
            }
        }
        return file;
    }

    private void check(Path brought) throws IOException {
        if (sha256 == null) {
            return;
        }
        if (Files.isDirectory(brought)) {
            throw new IOException(brought + ": is a folder, which has no SHA-256 (expected: --sha256 with a jar only)");
        }
        String hash = JarHash.of(brought);
        if (!hash.equalsIgnoreCase(sha256)) {
            throw new IOException(source + ": its SHA-256 is " + hash + " (expected: " + sha256
                    + "); nothing was installed, because it is not the jar that you were told of");
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        Files.copy(from, to);
        if (Files.isDirectory(from)) {
            try (Stream<Path> files = Files.list(from)) {
                for (Path file : files.filter(Files::isRegularFile).toList()) {
                    Files.copy(file, to.resolve(file.getFileName()));
                }
            }
        }
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}

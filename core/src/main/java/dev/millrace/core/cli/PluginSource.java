package dev.millrace.core.cli;

import dev.millrace.core.files.FileTree;
import dev.millrace.core.message.Wording;
import dev.millrace.core.plugin.JarHash;
import dev.millrace.core.plugin.PluginName;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The plugin that a command is given: a jar, a folder of jars, or the URL of a jar. */
final class PluginSource {
    private final Download download;
    private final Path temporary;

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

    PluginSource() {
        this(Download.DEFAULT, Path.of(System.getProperty("java.io.tmpdir")));
    }

    /**
     * A source.
     *
     * @param download brings what is elsewhere
     * @param temporary the folder in which a plugin gets one of its own, as long as it is looked at
     */
    PluginSource(Download download, Path temporary) {
        this.download = download;
        this.temporary = temporary;
    }

    /**
     * Brings the plugin into a temporary folder, under the name that it will have.
     *
     * @param repository where names are looked for that are no files
     * @throws IOException in words for the user
     */
    Staged stage(Optional<String> repository) throws IOException, InterruptedException {
        if (sha256 != null && !sha256.matches("[0-9a-fA-F]{64}")) {
            throw refused(CommandMessage.HASH_MALFORMED.with(sha256));
        }
        Path folder = Files.createTempDirectory(temporary, "millrace-install");
        try {
            Path file = Path.of(source);
            boolean local = !isUrl(source) && Files.exists(file);
            Path brought = local ? file : downloaded(uri(repository), folder.resolve("download.jar"));
            check(brought);
            PluginName name = PluginName.of(brought);
            Path staged = folder.resolve("plugin").resolve(Files.isDirectory(brought) ? name.id() : name.id() + ".jar");
            Files.createDirectories(folder.resolve("plugin"));
            FileTree.copy(brought, staged);
            return new Staged(name, staged, folder);
        } catch (IOException | InterruptedException | RuntimeException e) {
            FileTree.delete(folder);
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
            FileTree.delete(folder);
        }
    }

    private static boolean isUrl(String text) {
        String lower = text.toLowerCase(Locale.ROOT);
        return lower.startsWith("http://") || lower.startsWith("https://");
    }

    private URI uri(Optional<String> repository) throws IOException {
        if (isUrl(source)) {
            return uri(source);
        }
        String base = repository.orElseThrow(() -> refused(CommandMessage.SOURCE_MISSING.with(source)));
        return uri((base.endsWith("/") ? base : base + "/") + source);
    }

    private static URI uri(String text) throws IOException {
        try {
            return new URI(text);
        } catch (URISyntaxException e) {
            throw new IOException(
                    CommandMessage.URL_MALFORMED.with(text, e.getReason()).text(), e);
        }
    }

    private Path downloaded(URI uri, Path file) throws IOException, InterruptedException {
        if (sha256 == null) {
            throw refused(CommandMessage.HASH_MISSING.with(uri));
        }
        download.fetch(uri, file);
        return file;
    }

    private void check(Path brought) throws IOException {
        if (sha256 == null) {
            return;
        }
        if (Files.isDirectory(brought)) {
            throw refused(CommandMessage.HASH_OF_FOLDER.with(brought));
        }
        String hash = JarHash.of(brought);
        if (!hash.equalsIgnoreCase(sha256)) {
            throw refused(CommandMessage.HASH_DIFFERS.with(source, hash, sha256));
        }
    }

    private static IOException refused(Wording why) {
        return new IOException(why.text());
    }
}

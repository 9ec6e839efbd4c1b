package dev.millrace.core.cli;

import dev.millrace.core.host.ExitCode;
import dev.millrace.core.message.Wording;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Makes a project for a new plugin. */
@Command(
        name = "new",
        description = "Make a Maven project for a plugin of your own: a flusher with tests, ready to be built.",
        mixinStandardHelpOptions = true)
final class PluginsNewCommand implements Callable<Integer> {
    @Parameters(paramLabel = "DIR", description = "The folder to make, such as flusher_mine.")
    private Path folder = Path.of(".");

    @Option(names = "--id", paramLabel = "ID", description = "The plugin ID (default: the name of the folder).")
    private @Nullable String id;

    @Option(
            names = "--package",
            paramLabel = "NAME",
            description = "The package of its classes (default: com.example and the ID without its kind).")
    private @Nullable String packageName;

    @Override
    public Integer call() throws IOException {
        Path made = folder.toAbsolutePath().normalize();
        String chosen = id == null ? String.valueOf(made.getFileName()) : id;
        String standard = packageName == null ? PluginTemplate.standardPackage(chosen) : packageName;
        PluginTemplate template = new PluginTemplate(FolderOptions.home(), chosen, standard);
        Optional<Wording> problem =
                isFree(made) ? template.problem() : Optional.of(CommandMessage.TEMPLATE_TARGET_TAKEN.with(folder));
        if (problem.isPresent()) {
            System.err.println("millrace: " + problem.get());
            return ExitCode.USAGE.code();
        }
        template.copyTo(made);
        System.out.println("made " + folder + " for the plugin " + chosen);
        System.out.println(
                "next: cd " + ShellWord.of(folder.toString()) + " && mvn package; its README.md says the rest");
        return ExitCode.OK.code();
    }

    private static boolean isFree(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return !Files.exists(folder);
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.findAny().isEmpty();
        }
    }
}

package dev.millrace.core.config;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads the files of pipelines. Not thread-safe.
 *
 * @param <F> the record of the host's options in each flusher's entry
 */
public final class PipelineReader<F extends Record> {
    private final Factories factories;
    private final Class<F> flusherOptions;
    private final Environment environment;

    /**
     * A reader.
     *
     * @param factories the plugins that files can name
     * @param flusherOptions the host's options, which stand in each flusher's entry beside the plugin's own
     * @param environment the variables that files can refer to
     */
    public PipelineReader(Factories factories, Class<F> flusherOptions, Environment environment) {
        this.factories = factories;
        this.flusherOptions = flusherOptions;
        this.environment = environment;
    }

    /**
     * The files of pipelines in a folder, sorted by name: {@code *.yaml} and {@code *.yml}, unless hidden. Two that
     * would be the same pipeline are a problem, and so is a folder that cannot be read; one that is missing is a notice.
     */
    public static List<Path> files(Path folder, Problems problems) {
        List<Path> found = new ArrayList<>();
        try {
            found.addAll(list(folder));
        } catch (NoSuchFileException e) {
            problems.notice(Location.of(folder.toString()), "", ConfigMessage.FOLDER_MISSING.with());
        } catch (NotDirectoryException e) {
            problems.add(Location.of(folder.toString()), "", ConfigMessage.FOLDER_NOT_A_FOLDER);
        } catch (IOException e) {
            problems.add(Location.of(folder.toString()), "", ConfigMessage.FOLDER_UNREADABLE, FileProblem.reason(e));
        }
        found.sort(null);
        return oneOfEachName(found, problems);
    }

    /** The files but those whose pipeline an earlier one has, which are problems. */
    public static List<Path> oneOfEachName(List<Path> found, Problems problems) {
        Map<String, Path> byName = new LinkedHashMap<>();
        for (Path file : found) {
            Path first = byName.putIfAbsent(name(file), file);
            if (first != null) {
                problems.add(
                        Location.of(file.toString()),
                        "",
                        ConfigMessage.PIPELINE_TWICE,
                        name(file),
                        first.getFileName());
            }
        }
        return List.copyOf(byName.values());
    }

    /** Whether a file is one of a pipeline by its name: what editors leave beside such a file is not. */
    public static boolean isPipeline(Path file) {
        String name = file.getFileName().toString();
        return !name.startsWith(".") && (name.endsWith(".yaml") || name.endsWith(".yml")) && !Files.isDirectory(file);
    }

    /** Whether a pipeline may have this name: letters, digits, '.', '_' and '-', the first a letter or digit. */
    public static boolean isName(String name) {
        return TypeNames.NAME.matcher(name).matches();
    }

    /** Whether a value that is written so would not stay as it is, but be replaced by a variable or a file. */
    public static boolean isReplaced(String text) {
        return Substitution.concerns(text);
    }

    /** Reads a file. What is wrong in it, all of it, is added to {@code problems}. */
    public PipelineFile<F> read(Path file, Problems problems) {
        String name = name(file);
        Problems own = new Problems();
        Node.Mapping root = YamlFile.read(file, environment, own);
        PipelineConfig<F> config = null;
        if (root != null) {
            Boolean enabled = PipelineBinder.enabled(root, own);
            if (enabled != null && !enabled) {
                return new PipelineFile.Disabled<>(name);
            }
            config = new PipelineBinder<>(root, factories, flusherOptions, own).bind(name);
        }
        if (!TypeNames.NAME.matcher(name).matches()) {
            own.add(Location.of(file.toString()), "", ConfigMessage.PIPELINE_NAME);
        }
        problems.addAll(own);
        return config == null || !own.isEmpty() ? new PipelineFile.Invalid<>(name) : new PipelineFile.Valid<>(config);
    }

    private static List<Path> list(Path folder) throws IOException {
        List<Path> found = new ArrayList<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, PipelineReader::isPipeline)) {
            files.forEach(found::add);
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
        return found;
    }

    /** The name of the pipeline that a file describes. */
    public static String name(Path file) {
        String name = file.getFileName().toString();
        int dot = name.lastIndexOf('.');
        return dot < 0 ? name : name.substring(0, dot);
    }
}

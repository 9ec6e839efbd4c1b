package dev.millrace.core.host;

import dev.millrace.core.config.KnownContents;
import dev.millrace.core.config.PipelineReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Notices changed files of configuration by their content, not by their times, so that a folder swapped by a symbolic
 * link is seen and a file that was only touched is not. Files that <code>${file:}</code> refers to count as well.
 *
 * <p>A change counts when two looks, half a second apart, agree: a file in the middle of a save is left alone. Not
 * thread-safe.
 */
final class ConfigWatch {
    private final Path conf;
    private final Supplier<Map<Path, String>> referred;
    private final KnownContents contents = new KnownContents(Clock.systemUTC());
    private Map<Path, String> taken;
    private Map<Path, String> last;
    private boolean settled = true;

    /**
     * A watch that knows what is there now.
     *
     * @param referred the files that the configuration in use refers to, with the fingerprints of what was read
     */
    ConfigWatch(Path conf, Supplier<Map<Path, String>> referred) {
        this.conf = conf;
        this.referred = referred;
        this.taken = fingerprints(Map.of());
        this.last = taken;
    }

    /** Looks, and says whether there is a settled change since the last one that was reported. */
    boolean changed() {
        Map<Path, String> references = referred.get();
        Map<Path, String> now = fingerprints(references);
        settled = now.equals(last);
        last = now;
        Map<Path, String> known = new HashMap<>(references);
        known.putAll(taken);
        known.keySet().removeIf(file -> !now.containsKey(file) && !isOwn(file));
        if (!settled || now.equals(known)) {
            return false;
        }
        taken = now;
        return true;
    }

    /** Whether the last look saw something else than the one before it. */
    boolean unsettled() {
        return !settled;
    }

    /** The files are about to be taken as they are: what they hold from now on is no change. */
    void taken() {
        taken = fingerprints(referred.get());
        last = taken;
        settled = true;
    }

    private boolean isOwn(Path file) {
        return file.equals(conf.resolve("millrace.yaml"))
                || conf.resolve("pipelines").equals(file.getParent());
    }

    private Map<Path, String> fingerprints(Map<Path, String> references) {
        Map<Path, String> all = new HashMap<>();
        references.keySet().forEach(file -> all.put(file, contents.fingerprint(file)));
        all.put(conf.resolve("millrace.yaml"), contents.fingerprint(conf.resolve("millrace.yaml")));
        pipelineFiles().forEach(file -> all.put(file, contents.fingerprint(file)));
        return all;
    }

    private List<Path> pipelineFiles() {
        try (Stream<Path> files = Files.list(conf.resolve("pipelines"))) {
            return files.filter(PipelineReader::isPipeline).toList();
        } catch (IOException e) {
            return List.of(); // no folder: no pipelines, which is a state like any other
        }
    }
}

package dev.millrace.core.config;

import java.nio.file.Path;
import java.util.Optional;

/**
 * {@code millrace.yaml}, read at one moment.
 *
 * @param settings the settings
 * @param effective the same as the host understands them
 */
public record HostFile(HostSettings settings, Effective.Mapping effective) {
    /**
     * Reads the file.
     *
     * @return empty if there were problems
     */
    public static Optional<HostFile> read(Path file, Environment environment, Problems problems) {
        Problems own = new Problems();
        HostFile read = null;
        Node.Mapping root = YamlFile.read(file, environment, own);
        if (root != null) {
            OptionsType<HostSettings> type = OptionsType.of(HostSettings.class);
            HostSettings settings = new Binder(own, ReferenceResolver.NONE).bind(type, root, OptionPath.ROOT);
            if (settings != null && own.isEmpty()) {
                read = new HostFile(settings, EffectiveReader.WITHOUT_REFERENCES.mapping(type, root, OptionPath.ROOT));
            }
        }
        problems.addAll(own);
        return Optional.ofNullable(read);
    }
}

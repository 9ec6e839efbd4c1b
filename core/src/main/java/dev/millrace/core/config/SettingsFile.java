package dev.millrace.core.config;

import java.nio.file.Path;
import java.util.Optional;

/** Reads a file whose whole content is one record. */
final class SettingsFile {
    private SettingsFile() {}

    static <T extends Record> Optional<T> read(Path file, Class<T> type, Environment environment, Problems problems) {
        Problems own = new Problems();
        Node.Mapping root = YamlFile.read(file, environment, own);
        T settings = null;
        if (root != null) {
            Binder binder = new Binder(own, ReferenceResolver.NONE);
            settings = binder.bind(OptionsType.of(type), root, OptionPath.ROOT);
        }
        problems.addAll(own);
        return own.isEmpty() ? Optional.ofNullable(settings) : Optional.empty();
    }
}

package dev.millrace.core.host;

import dev.millrace.core.message.Wording;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Whether the folders of a host can be used together. */
final class FolderCheck {
    private FolderCheck() {}

    /** What is wrong, a line each; nothing is made. */
    static List<String> problems(Folders folders, List<Path> plugins) {
        List<String> problems = new ArrayList<>();
        if (Files.exists(folders.data()) && !Files.isDirectory(folders.data())) {
            problems.add(
                    HostMessage.DATA_FOLDER_NOT_A_FOLDER.with(folders.data()).text());
        }
        emptied(
                        plugins,
                        List.of(
                                folders.data().resolve("plugins"),
                                folders.data().resolve("tmp")))
                .forEach(problem -> problems.add(problem.text()));
        return problems;
    }

    /** What the host empties at each start is no place for plugins that a person installed. */
    static List<Wording> emptied(List<Path> plugins, List<Path> emptied) {
        List<Wording> problems = new ArrayList<>();
        for (Path folder : plugins) {
            Path place = folder.toAbsolutePath().normalize();
            for (Path own : emptied) {
                if (place.startsWith(own.toAbsolutePath().normalize())) {
                    problems.add(HostMessage.PLUGIN_FOLDER_IS_EMPTIED.with(folder, own));
                }
            }
        }
        return problems;
    }
}

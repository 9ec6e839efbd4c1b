package dev.millrace.core.sharing;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * The command that makes an archive of classes from a list of them: {@code java -Xshare:dump}, which runs no code of ours.
 *
 * <p>It has the least priority, and is the first that the system ends when memory runs out. The options of the JVM are
 * those of the launcher that an archive depends on; it says in a system property which ones are not always the same.
 */
final class DumpCommand {
    private static final String LEAST_PRIORITY =
            "PATH=$PATH:/usr/bin:/bin; echo 1000 >/proc/self/oom_score_adj; exec nice -n 19 \"$@\"";

    /** The system property with options for the JVM, separated by spaces, that an archive depends on. */
    static final String OPTIONS = "millrace.archive.options";

    private DumpCommand() {}

    static List<String> of(Path classes, Path archive) {
        List<String> command = new ArrayList<>(List.of(
                "/bin/sh",
                "-c",
                LEAST_PRIORITY,
                "sh",
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xshare:dump",
                "-XX:SharedClassListFile=" + classes,
                "-XX:SharedArchiveFile=" + archive,
                "-Xmx128m",
                "-XX:+UseSerialGC",
                "--enable-native-access=ALL-UNNAMED"));
        Stream.of(System.getProperty(OPTIONS, "").split(" "))
                .filter(option -> !option.isEmpty())
                .forEach(command::add);
        command.addAll(List.of("-cp", System.getProperty("java.class.path")));
        return command;
    }
}

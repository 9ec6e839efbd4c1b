package dev.millrace.core.sharing;

import java.nio.file.Path;
import java.util.List;

/**
 * The command that makes an archive of classes from a list of them: {@code java -Xshare:dump}, which runs no code of ours.
 *
 * <p>It has the least priority, and is the first that the system ends when memory runs out. The options of the JVM are
 * those of the launcher that an archive depends on.
 */
final class DumpCommand {
    private static final String LEAST_PRIORITY =
            "PATH=$PATH:/usr/bin:/bin; echo 1000 >/proc/self/oom_score_adj; exec nice -n 19 \"$@\"";

    private DumpCommand() {}

    static List<String> of(Path classes, Path archive) {
        return List.of(
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
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"));
    }
}

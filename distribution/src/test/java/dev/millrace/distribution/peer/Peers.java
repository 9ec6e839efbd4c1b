package dev.millrace.distribution.peer;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Where the programs of real servers are. A test that needs one that is not there is skipped and says so. */
public final class Peers {
    private static final String FOLDER = "millrace.peers";

    private Peers() {}

    /**
     * The path of a program.
     *
     * @param release {@code stable} or {@code newer}
     */
    public static String program(String release, String path) {
        String folder = System.getProperty(FOLDER);
        assumeTrue(folder != null, "skipped: -D" + FOLDER + " names no folder of servers; .ci/run brings them along");
        Path program = Path.of(folder, release, path);
        assumeTrue(Files.isExecutable(program), "skipped: there is no " + program);
        return program.toString();
    }

    /** A file of a release, if it is there. */
    public static Optional<Path> file(String release, String path) {
        return Optional.ofNullable(System.getProperty(FOLDER))
                .map(folder -> Path.of(folder, release, path).toAbsolutePath())
                .filter(Files::exists);
    }
}

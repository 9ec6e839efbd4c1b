package dev.millrace.distribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.millrace.distribution.run.ChildProcess;
import dev.millrace.distribution.run.Commands;
import dev.millrace.distribution.run.LogLine;
import dev.millrace.distribution.run.Millrace;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What belongs to the host as a whole and is wrong ends the start: one line, its exit code, and nobody else disturbed. */
@Tag("servers") // no server, but much time
final class BadStartIT {
    private static final int FAILURE = 1;
    private static final int CONFIGURATION = 3;
    private static final int DATA_FOLDER = 4;
    private static final int ADMIN_ADDRESS = 5;

    @TempDir
    private static Path folder;

    private static HealthyPipeline healthy;
    private static Millrace running;

    @TempDir
    Path own;

    @BeforeAll
    static void startAnother() {
        healthy = new HealthyPipeline();
        running = Millrace.in(folder);
        healthy.addTo(running);
        running.start();
    }

    @AfterAll
    static void stopTheOther() {
        running.close();
        healthy.close();
    }

    @Test
    void aDataFolderThatAnotherProcessHolds() {
        Ended ended = run(List.of(), own, running.data());
        assertThat(ended.exitCode()).isEqualTo(DATA_FOLDER);
        assertThat(ended.errors())
                .containsExactly("data folder " + running.data() + ": in use by process "
                        + running.process().pid() + "; stop it, or choose another folder with --data");
        healthy.awaitRise(running);
    }

    @Test
    void aDataFolderThatIsAFile() throws IOException {
        Path file = Files.createFile(own.resolve("file"));
        Ended ended = run(List.of(), own, file);
        assertThat(ended.exitCode()).isEqualTo(DATA_FOLDER);
        assertThat(ended.errors()).containsExactly("data folder " + file + " is not a folder; --data names another");
        healthy.awaitRise(running);
    }

    @Test
    void aDataFolderBelowAFile() throws IOException {
        Path file = Files.createFile(own.resolve("file"));
        Ended ended = run(List.of(), own, file.resolve("data"));
        assertThat(ended.exitCode()).isEqualTo(DATA_FOLDER);
        assertThat(ended.errors())
                .containsExactly("data folder " + file.resolve("data") + ": " + file.resolve("data")
                        + ": Not a directory; run as its owner, or choose another with --data");
        healthy.awaitRise(running);
    }

    @Test
    void aDataFolderWithoutPermission() throws IOException {
        Path locked = Files.createDirectory(own.resolve("locked"));
        Files.setPosixFilePermissions(locked, PosixFilePermissions.fromString("r-xr-xr-x"));
        Ended ended = run(withoutPrivileges(), own, locked.resolve("data"));
        assertThat(ended.exitCode()).isEqualTo(DATA_FOLDER);
        assertThat(ended.errors())
                .containsExactly("data folder " + locked.resolve("data") + ": no permission to write "
                        + locked.resolve("data") + "; run as its owner, or choose another with --data");
        healthy.awaitRise(running);
    }

    @Test
    void pluginsInAFolderThatIsEmptiedAtEachStart() throws IOException {
        Path data = own.resolve("data");
        Path plugin = Files.createFile(
                Files.createDirectories(data.resolve("plugins")).resolve("mine.jar"));
        hostFile("Plugins:\n  Folders: ['../data/plugins']\n");
        Ended ended = run(List.of(), own, data);
        assertThat(ended.exitCode()).isEqualTo(CONFIGURATION);
        assertThat(ended.errors())
                .singleElement()
                .asString()
                .startsWith("plugin folder ")
                .contains("lies in " + data.resolve("plugins") + ", which is emptied at each start");
        assertThat(plugin).exists();
    }

    @Test
    void tooLittleMemoryIsNoMistakeInTheConfiguration() {
        Millrace.in(own);
        try (ChildProcess process = ChildProcess.start(
                "millrace",
                own,
                Map.of("MILLRACE_JAVA_OPTIONS", "-Xms4m -Xmx4m"),
                List.of(
                        Millrace.HOME.resolve("bin/millrace").toString(),
                        "run",
                        "--conf",
                        own.resolve("conf").toString(),
                        "--data",
                        own.resolve("data").toString()))) {
            assertThat(process.awaitExit(Duration.ofSeconds(60))).isEqualTo(FAILURE);
            assertThat(process.lines()).anyMatch(line -> line.contains("java.lang.OutOfMemoryError"));
        }
    }

    @Test
    void anAdminAddressInUse() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String address = "127.0.0.1:" + taken.getLocalPort();
            hostFile("Admin:\n  Address: " + address + "\n");
            Ended ended = run(List.of(), own, own.resolve("data"));
            assertThat(ended.exitCode()).isEqualTo(ADMIN_ADDRESS);
            assertThat(ended.errors())
                    .containsExactly("admin address: " + address
                            + ": address already in use (expected: a free port); set Admin.Address in millrace.yaml");
        }
        healthy.awaitRise(running);
    }

    @Test
    void aHostFileWithMistakes() throws IOException {
        Path file = hostFile("Admin:\n  Adress: 127.0.0.1:0\n  Address: 8686\n");
        Ended ended = run(List.of(), own, own.resolve("data"));
        assertThat(ended.exitCode()).isEqualTo(CONFIGURATION);
        assertThat(ended.errors())
                .containsExactly(
                        file + ":2:3: Admin: unknown key 'Adress'; did you mean 'Address'?",
                        file
                                + ":3:3: Admin.Address: '8686' (expected: host:port, such as 127.0.0.1:8686 or [::1]:8686)",
                        file + " is not valid; nothing was started");
        assertThat(own.resolve("data")).doesNotExist();
        healthy.awaitRise(running);
    }

    @Test
    void noConfiguration() {
        Path none = own.resolve("none");
        Commands.Result result = Commands.millrace(
                "run", "--conf", none.toString(), "--data", own.resolve("data").toString());
        assertThat(result.exitCode()).isEqualTo(CONFIGURATION);
        assertThat(LogLine.complaints(result.errors()))
                .containsExactly("configuration folder " + none + " does not exist; --conf names another");
        healthy.awaitRise(running);
    }

    /** How a start ended: its exit code, and the errors that it logged. */
    private record Ended(int exitCode, List<String> errors) {}

    private Ended run(List<String> prefix, Path folder, Path data) {
        Path conf = folder.resolve("conf");
        if (!Files.exists(conf)) {
            Millrace.in(folder);
        }
        List<String> command = new ArrayList<>(prefix);
        command.addAll(List.of(
                Millrace.HOME.resolve("bin/millrace").toString(),
                "run",
                "--conf",
                conf.toString(),
                "--data",
                data.toString()));
        try (ChildProcess process = ChildProcess.start("millrace", folder, Map.of(), command)) {
            int exitCode = process.awaitExit(Duration.ofSeconds(60));
            assertThat(LogLine.others(process.lines())).isEmpty();
            return new Ended(exitCode, LogLine.complaints(process.lines()));
        }
    }

    private Path hostFile(String yaml) throws IOException {
        Path conf = Files.createDirectories(own.resolve("conf"));
        return Files.writeString(conf.resolve("millrace.yaml"), yaml);
    }

    /** A command that takes away what root may do beyond permissions; nothing where the tests do not run as root. */
    private static List<String> withoutPrivileges() {
        if (!System.getProperty("user.name").equals("root")) {
            return List.of();
        }
        List<String> command = List.of("setpriv", "--bounding-set=-dac_override,-dac_read_search", "--inh-caps=-all");
        List<String> trial = new ArrayList<>(command);
        trial.add("true");
        assumeTrue(
                Files.isExecutable(Path.of("/usr/bin/setpriv"))
                        && Commands.run(Map.of(), trial).exitCode() == 0,
                "skipped: the tests run as root, whom no permission stops, and setpriv cannot take that away");
        return command;
    }
}

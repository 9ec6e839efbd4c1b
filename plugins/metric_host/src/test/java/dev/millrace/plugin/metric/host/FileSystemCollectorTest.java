package dev.millrace.plugin.metric.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class FileSystemCollectorTest {
    /** Answers for every path but those with "hung" in them, at which it hangs as stat does at a server that is gone. */
    private static final String PROGRAM = """
            for path; do
              case "$path" in
                *hung*) touch "${path%/hung}/hangs"; exec sleep 600;;
                *missing*) ;;
                *) echo "4096 10 5 4 100 50 $path";;
              esac
            done
            """;

    @TempDir
    Path folder;

    private RecordedHost host;

    @BeforeEach
    void record() throws IOException {
        host = new RecordedHost(folder);
    }

    @AfterEach
    void endsAllProcesses() {
        ProcessHandle.current().children().forEach(ProcessHandle::destroyForcibly);
    }

    @Test
    void asksTheRealProgram() throws IOException {
        host.file("proc/1/mounts", "/dev/x\\040y / ext4 rw,relatime 0 0\nproc /proc proc rw 0 0\n")
                .option("RootFsPath", "/");
        Collector collector = host.collector(CollectorKind.FILESYSTEM);
        collector.prepare();
        await(FileSystemCollectorTest::noProcessRuns);
        String labels = "{device=/dev/x\\040y, fstype=ext4, mountpoint=/}";
        assertThat(RecordedHost.read(collector))
                .hasSize(7)
                .contains(
                        "node_filesystem_device_error" + labels + " 0",
                        "node_filesystem_readonly" + labels + " 0",
                        "node_filesystem_size_bytes" + labels + ' '
                                + Files.getFileStore(Path.of("/")).getTotalSpace())
                .anyMatch(line -> line.matches("node_filesystem_files\\{.*} [0-9]+"));
    }

    @Test
    void mountsAreNamedAsTheHostSeesThem() throws IOException {
        Path root = folder.resolve("root");
        host.file("proc/self/mounts", """
                /dev/a ROOT ext4 ro,relatime 0 0
                /dev/b ROOT/srv/two\\040words xfs rw 0 0
                /dev/b ROOT/srv/two\\040words xfs rw 0 0
                tmpfs ROOT/dev/shm tmpfs rw 0 0
                /dev/c ROOT/srv/missing xfs rw 0 0
                overlay ROOT/srv/layers overlay rw 0 0
                broken
                """.replace("ROOT", root.toString()));
        Collector collector = collector();
        collector.prepare();
        await(FileSystemCollectorTest::noProcessRuns);
        String first = "{device=/dev/a, fstype=ext4, mountpoint=/} ";
        String second = "{device=/dev/b, fstype=xfs, mountpoint=/srv/two words} ";
        String missing = "{device=/dev/c, fstype=xfs, mountpoint=/srv/missing} ";
        assertThat(RecordedHost.read(collector))
                .containsExactly(
                        "node_filesystem_device_error" + first + 0,
                        "node_filesystem_readonly" + first + 1,
                        "node_filesystem_size_bytes" + first + 40960,
                        "node_filesystem_free_bytes" + first + 20480,
                        "node_filesystem_avail_bytes" + first + 16384,
                        "node_filesystem_files" + first + 100,
                        "node_filesystem_files_free" + first + 50,
                        "node_filesystem_device_error" + second + 0,
                        "node_filesystem_readonly" + second + 0,
                        "node_filesystem_size_bytes" + second + 40960,
                        "node_filesystem_free_bytes" + second + 20480,
                        "node_filesystem_avail_bytes" + second + 16384,
                        "node_filesystem_files" + second + 100,
                        "node_filesystem_files_free" + second + 50,
                        "node_filesystem_device_error" + missing + 1,
                        "node_filesystem_readonly" + missing + 0);
    }

    @Test
    void oneThatHangsHoldsUpTheOthersOnce() throws IOException {
        host.file(
                        "proc/1/mounts",
                        "a /srv/a nfs rw 0 0\nb FOLDER/hung nfs rw 0 0\nc /srv/c nfs rw 0 0\n"
                                .replace("FOLDER", folder.toString()))
                .option("RootFsPath", "/");
        Collector collector = collector();
        collector.prepare();
        await(() -> Files.exists(folder.resolve("hangs")));
        assertThat(errors(collector)).containsExactly(0, 1, 1);

        for (int i = 0; i < 2; i++) {
            await(FileSystemCollectorTest::noProcessRuns);
            Files.deleteIfExists(folder.resolve("hangs"));
            collector.prepare();
            await(() -> Files.exists(folder.resolve("hangs"))
                    && ProcessHandle.current().children().count() == 1);
            assertThat(errors(collector)).containsExactly(0, 1, 0);
        }

        await(FileSystemCollectorTest::noProcessRuns);
        Files.deleteIfExists(folder.resolve("hangs"));
        collector.prepare();
        await(() -> Files.exists(folder.resolve("hangs")));
        collector.stop();
        await(FileSystemCollectorTest::noProcessRuns);
    }

    @Test
    void aProgramThatIsMissingIsAnErrorWithARemedy() throws IOException {
        host.file("proc/1/mounts", "a / ext4 rw 0 0\n");
        Collector collector = new FileSystemCollector(host.host(), List.of("/no/such/stat"));
        assertThatThrownBy(collector::prepare)
                .isInstanceOf(IOException.class)
                .hasMessageContaining("/no/such/stat")
                .hasMessageContaining("Collectors without filesystem");
    }

    private Collector collector() throws IOException {
        Path program = Files.writeString(folder.resolve("program"), PROGRAM);
        return new FileSystemCollector(host.host(), List.of("sh", program.toString()));
    }

    private static List<Integer> errors(Collector collector) throws IOException {
        return RecordedHost.read(collector).stream()
                .filter(line -> line.startsWith("node_filesystem_device_error"))
                .map(line -> Integer.valueOf(line.substring(line.lastIndexOf(' ') + 1)))
                .toList();
    }

    private static boolean noProcessRuns() {
        return ProcessHandle.current().children().findAny().isEmpty();
    }

    private static void await(BooleanSupplier condition) {
        long deadline = System.nanoTime() + Duration.ofSeconds(30).toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("a deadline of 30 s").isLessThan(deadline);
            Thread.onSpinWait();
        }
    }
}

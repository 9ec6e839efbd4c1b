package dev.millrace.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.distribution.run.Await;
import dev.millrace.distribution.run.LogLine;
import dev.millrace.distribution.run.Millrace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files of pipelines as editors, tools and Kubernetes save them, under a running collector that looks by itself. */
@Tag("servers")
final class SavedFilesIT {
    @TempDir
    Path folder;

    private Millrace millrace;
    private Path pipelines;
    private Path web;
    private int number;
    private int changes;

    @BeforeEach
    void install() {
        millrace = Millrace.in(folder.resolve("run"));
        pipelines = millrace.conf().resolve("pipelines");
        web = pipelines.resolve("web.yaml");
    }

    @AfterEach
    void stop() {
        millrace.close();
    }

    @Test
    void editorsThatWriteRenameAndLeaveFilesBeside() throws Exception {
        Files.writeString(web, next());
        millrace.start();

        // vim: a swap file, a test whether it may write, the old file as a backup, the new one in its place
        Files.writeString(pipelines.resolve(".web.yaml.swp"), "b0VIM");
        Files.writeString(pipelines.resolve("4913"), "");
        Files.delete(pipelines.resolve("4913"));
        Files.move(web, pipelines.resolve("web.yaml~"));
        Files.writeString(web, next());
        Files.delete(pipelines.resolve("web.yaml~"));
        awaitChange();

        // vim with 'backup', which leaves the old file there
        Files.move(web, pipelines.resolve("web.yaml~"));
        Files.writeString(web, next());
        Files.delete(pipelines.resolve(".web.yaml.swp"));
        awaitChange();

        // emacs: a lock that is a link to nowhere, a file that it saves by itself, and a write in place
        Files.createSymbolicLink(pipelines.resolve(".#web.yaml"), Path.of("somebody@somewhere.1234:5678"));
        Files.writeString(pipelines.resolve("#web.yaml#"), "inputs: [");
        Files.writeString(web, next());
        Files.delete(pipelines.resolve(".#web.yaml"));
        awaitChange();

        // sed -i, rsync and others: a file beside it takes its name
        replace(Files.writeString(pipelines.resolve("sedQx81tz"), next()));
        awaitChange();
        replace(Files.writeString(pipelines.resolve(".web.yaml.k3J9aB"), next()));
        awaitChange();

        // deleted and written again
        Files.delete(web);
        Files.writeString(web, next());
        awaitChange();
        assertThat(LogLine.complaints(millrace.lines())).isEmpty();
        assertThat(started()).isOne();
        assertThat(millrace.stop()).isZero();
    }

    @Test
    void aSaveThatTakesLongAndAFileThatCannotBeReadYet() throws Exception {
        Files.writeString(web, next());
        millrace.start();
        String whole = next();
        int said = 0;
        for (String part : List.of("", whole.substring(0, 9), whole.substring(0, whole.indexOf("flushers:") + 9))) {
            Files.writeString(web, part);
            int before = said;
            Await.until("the part is looked at", Duration.ofSeconds(20), () -> problems() > before);
            said = problems();
            assertRuns();
        }
        Files.writeString(web, whole);
        awaitChange();

        // a file without permissions, which no test of root sees, and a link to itself, which nobody can read
        Path draft = Files.writeString(folder.resolve("draft"), next());
        Files.setPosixFilePermissions(draft, PosixFilePermissions.fromString("---------"));
        replace(draft);
        Files.setPosixFilePermissions(web, PosixFilePermissions.fromString("rw-r--r--"));
        awaitChange();
        replace(Files.createSymbolicLink(folder.resolve("link"), Path.of("web.yaml")));
        int before = problems();
        Await.until("the link is looked at", Duration.ofSeconds(20), () -> problems() > before);
        assertRuns();
        replace(Files.writeString(folder.resolve("draft"), next()));
        awaitChange();
        assertThat(started()).isOne();
        assertThat(millrace.stop()).isZero();
    }

    @Test
    void aConfigMapWhoseLinksAreSwapped() throws Exception {
        kubelet("..2026_11_23_08_00_00.1", next());
        Files.createSymbolicLink(web, Path.of("..data/web.yaml"));
        millrace.start();
        for (int swap = 2; swap <= 4; swap++) {
            Path old = Files.readSymbolicLink(pipelines.resolve("..data"));
            kubelet("..2026_11_23_08_00_00." + swap, next());
            Files.delete(pipelines.resolve(old).resolve("web.yaml"));
            Files.delete(pipelines.resolve(old));
            awaitChange();
        }
        assertThat(LogLine.complaints(millrace.lines())).isEmpty();
        assertThat(started()).isOne();
        assertThat(millrace.stop()).isZero();
    }

    /* What its AtomicWriter does. */
    private void kubelet(String name, String content) throws IOException {
        Path data = Files.createDirectory(pipelines.resolve(name));
        Files.writeString(data.resolve("web.yaml"), content);
        Path link = Files.createSymbolicLink(pipelines.resolve("..data_tmp"), Path.of(name));
        Files.move(link, pipelines.resolve("..data"), StandardCopyOption.ATOMIC_MOVE);
    }

    private void replace(Path file) throws IOException {
        Files.move(file, web, StandardCopyOption.ATOMIC_MOVE);
    }

    private String next() {
        number++;
        return "inputs:\n  - Type: metric_mock\n    Labels: {number: '" + number
                + "'}\nflushers:\n  - Type: flusher_stdout\n";
    }

    private void awaitChange() {
        changes++;
        Await.until(
                "change " + changes,
                Duration.ofSeconds(20),
                () -> messages("pipeline web changed") == changes,
                () -> String.join("\n", millrace.lines()));
    }

    private int problems() {
        return messages("configuration taken (changed files): with problems; what ran goes on");
    }

    private int started() {
        return messages("pipeline web started");
    }

    private int messages(String message) {
        return (int) LogLine.parse(millrace.lines()).stream()
                .filter(line -> line.message().equals(message))
                .count();
    }

    private void assertRuns() throws IOException {
        double delivered = delivered();
        Await.until("what ran goes on", Duration.ofSeconds(20), () -> delivered() > delivered);
    }

    private double delivered() throws IOException {
        return millrace.metrics().sum("millrace_flusher_delivered_items_total");
    }
}

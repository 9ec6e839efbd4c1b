package dev.millrace.core.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.core.host.ExitCode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code millrace journal} on a stored journal with groups of records and states of components. */
final class JournalCommandTest {
    private static final Path STORED = Path.of("src/test/resources/journals/0.1.0");
    private static final String BACKUP = "flusher_http/backup";

    @TempDir
    Path data;

    private Path journal;
    private List<Path> segments;
    private int items;

    @BeforeEach
    void copy() throws IOException {
        journal = Files.createDirectories(data.resolve("pipelines/web"));
        try (Stream<Path> files = Files.list(STORED)) {
            for (Path file : files.filter(file -> file.toString().matches(".*\\.(seg|cursor)"))
                    .toList()) {
                Files.copy(file, journal.resolve(file.getFileName()));
            }
        }
        try (Stream<Path> files = Files.list(journal)) {
            segments = files.filter(file -> file.toString().endsWith(".seg"))
                    .sorted()
                    .toList();
        }
        items = run(ExitCode.OK, "export").size();
    }

    @Test
    void itemsOfGroupsAreThereLikeAllOthers() throws IOException {
        List<String> lines = run(ExitCode.OK, "export");
        for (int item = 0; item < items; item++) {
            assertThat(lines.get(item)).startsWith("{\"journal\":\"web\",\"item\":" + item + ",");
        }
        assertThat(run(ExitCode.OK, "inspect", "--json"))
                .singleElement()
                .asString()
                .contains(
                        "\"end\":" + items + ",",
                        waiting("flusher_prometheus", 10),
                        waiting(BACKUP, 20),
                        "\"sealed\":true",
                        "\"sealed\":false");
        assertThat(run(ExitCode.OK, "verify")).containsExactly("web: nothing is damaged");
        assertThat(run(ExitCode.OK, "repair")).containsExactly("web: nothing is damaged");
    }

    private String waiting(String flusher, int position) {
        return "\"flusher\":\"" + flusher + "\",\"readable\":true,\"position\":" + position + ",\"items\":"
                + (items - position);
    }

    @Test
    void ofAGroupInASealedSegmentOnlyWhatIsDamagedIsLost() throws IOException {
        Path sealed = segments.get(0);
        flip(sealed, groups(sealed).get(1));
        assertThat(run(ExitCode.DAMAGED, "verify").get(0)).contains(name(sealed), "44 bytes");
        assertThat(run(ExitCode.OK, "export")).hasSize(items);
        assertThat(run(ExitCode.OK, "repair")).contains("web: " + name(sealed) + " was written anew");
        assertThat(run(ExitCode.OK, "export")).hasSize(items);
        assertThat(run(ExitCode.OK, "verify")).containsExactly("web: nothing is damaged");
    }

    @Test
    void aJournalWhosePipelineHasNoFileIsListedAndDeletedByCommand() throws IOException {
        assertThat(run(ExitCode.OK, "orphans", "list")).hasSize(1);
        run(ExitCode.USAGE, "orphans", "delete", "pipelines/web");
        Files.createFile(journal.resolve("left"));
        Files.createDirectories(journal.resolve("dead-letters/flusher_prometheus"));
        assertThat(run(ExitCode.OK, "inspect").get(0)).contains("journal web: ", "nobody delivers what waits");
        assertThat(run(ExitCode.OK, "inspect", "--json").get(0)).contains("\"left\":true");
        List<String> listed = run(ExitCode.OK, "orphans", "list");
        assertThat(listed).hasSize(3);
        assertThat(listed.get(1)).matches("web +" + BACKUP + " +" + (items - 20) + " .* pipelines/web");
        assertThat(listed.get(2)).matches("web +flusher_prometheus +" + (items - 10) + " .* pipelines/web");
        assertThat(run(ExitCode.OK, "export")).hasSize(items);
        assertThat(run(ExitCode.OK, "orphans", "delete", "pipelines/web"))
                .singleElement()
                .asString()
                .startsWith("web: pipelines/web is deleted, with ");
        assertThat(journal).doesNotExist();
    }

    @Test
    void ofAGroupWithSomethingBehindItOnlyWhatIsDamagedIsLost() throws IOException {
        Path open = segments.get(segments.size() - 1);
        List<Integer> groups = groups(open);
        lose(open, groups.get(groups.size() - 2) + 100, "the payload of the record at offset", 3);
    }

    @Test
    void aDamagedGroupAtTheEndOfAnOpenSegmentIsLostWhole() throws IOException {
        Path open = segments.get(segments.size() - 1);
        List<Integer> groups = groups(open);
        byte[] bytes = Files.readAllBytes(open);
        Files.write(open, Arrays.copyOf(bytes, groups.get(groups.size() - 1))); // what follows has no items
        lose(open, groups.get(groups.size() - 2) + 100, "the group of records at offset", 7);
    }

    private void lose(Path segment, int at, String message, int lost) throws IOException {
        flip(segment, at);
        assertThat(run(ExitCode.DAMAGED, "verify").toString()).contains(name(segment), message, lost + " items lost");
        List<String> left = run(ExitCode.OK, "export");
        assertThat(left).hasSize(items - lost);
        assertThat(run(ExitCode.OK, "repair")).contains("web: " + name(segment) + " was written anew");
        assertThat(run(ExitCode.OK, "export")).isEqualTo(left);
        assertThat(journal.resolve("damaged")).isNotEmptyDirectory();
        assertThat(run(ExitCode.OK, "repair").toString()).doesNotContain("written anew");
    }

    private static String name(Path file) {
        return String.valueOf(file.getFileName());
    }

    private static void flip(Path file, int at) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        bytes[at] ^= 1;
        Files.write(file, bytes);
    }

    /* Where records of the kind 10 begin. */
    private static List<Integer> groups(Path segment) throws IOException {
        String bytes = Files.readString(segment, StandardCharsets.ISO_8859_1);
        return Stream.iterate(bytes.indexOf("MLRC\1\n"), at -> at >= 0, at -> bytes.indexOf("MLRC\1\n", at + 1))
                .toList();
    }

    /** Runs a command, which ends with a code, and returns the lines that it prints. */
    private List<String> run(ExitCode expected, String... words) {
        PrintStream before = System.out;
        ByteArrayOutputStream output = new ByteArrayOutputStream();
        try (PrintStream captured = new PrintStream(output, true, StandardCharsets.UTF_8)) {
            System.setOut(captured);
            int code = Main.commands()
                    .execute(Stream.of(Stream.of("journal"), Stream.of(words), Stream.of("--data", data.toString()))
                            .flatMap(part -> part)
                            .toArray(String[]::new));
            assertThat(code).as(output.toString(StandardCharsets.UTF_8)).isEqualTo(expected.code());
        } finally {
            System.setOut(before);
        }
        return output.toString(StandardCharsets.UTF_8).lines().toList();
    }
}

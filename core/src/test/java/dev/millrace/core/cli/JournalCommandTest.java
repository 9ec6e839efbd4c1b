package dev.millrace.core.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.core.host.ExitCode;
import dev.millrace.core.status.Figures;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code millrace journal} on a stored journal with groups of records and states of components. */
final class JournalCommandTest {
    private static final Path STORED = Path.of("src/test/resources/journals/0.1.0");
    private static final String BACKUP = "flusher_http/backup";
    private static final Pattern WRITTEN = Pattern.compile("\"written\":\"(.*?)\"");

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
    void whatWaitsIsShownWithItsAgeAndSize() throws IOException {
        List<Long> begins = new ArrayList<>();
        List<Long> written = new ArrayList<>(); // of the batch that holds each item
        for (String line : run(ExitCode.OK, "export")) {
            Matcher matcher = WRITTEN.matcher(line);
            assertThat(matcher.find()).isTrue();
            written.add(Instant.parse(matcher.group(1)).toEpochMilli());
        }
        for (Path segment : segments) {
            begins.add(Long.parseLong(name(segment).replace(".seg", "")));
        }
        long all = segments.stream().map(Path::toFile).mapToLong(File::length).sum();
        String inspected = run(ExitCode.OK, "inspect", "--json").get(0);
        List<Long> bytes = new ArrayList<>();
        for (String flusher : List.of("flusher_prometheus", BACKUP)) {
            Matcher cursor = Pattern.compile(
                            "\"flusher\":\"" + flusher
                                    + "\",\"readable\":true,\"position\":(\\d+),\"items\":\\d+,\"bytes\":(\\d+),\"oldest\":\"(.*?)\"")
                    .matcher(inspected);
            assertThat(cursor.find()).as(inspected).isTrue();
            int position = Integer.parseInt(cursor.group(1));
            assertThat(Instant.parse(cursor.group(3)).toEpochMilli()).isEqualTo(written.get(position));
            bytes.add(Long.parseLong(cursor.group(2)));
        }
        long first = segments.get(0).toFile().length();
        assertThat(begins.get(1)).as("both are in the first segment").isGreaterThan(20);
        assertThat(bytes.get(0)).isBetween(all - first, all);
        assertThat(bytes.get(1)).isBetween(all - first, bytes.get(0) - 1);
        List<String> page = run(ExitCode.OK, "inspect");
        assertThat(page.get(page.size() - 1))
                .matches(" +flusher_prometheus +10 +" + (items - 10) + " +" + Pattern.quote(Figures.bytes(bytes.get(0)))
                        + " +" + Instant.ofEpochMilli(written.get(10)));
    }

    @Test
    void aBacklogThatAFlusherLeftIsListedAndDeletedByCommand() throws IOException {
        String one = "flusher_prometheus.1";
        String other = "flusher_http%2Fbackup.3";
        leave(one, "flusher_prometheus.cursor");
        leave(other, "flusher_http%2Fbackup.cursor");
        Files.delete(journal.resolve("flusher_http%2Fbackup.cursor"));
        List<String> listed = run(ExitCode.OK, "orphans", "list");
        assertThat(listed).hasSize(3);
        long all = segments.stream().map(Path::toFile).mapToLong(File::length).sum();
        String ends = " +" + Pattern.quote(Figures.bytes(all)) + " +\\d{4}-\\d\\d-\\d\\dT\\S+Z +";
        assertThat(listed.get(1)).matches("web +" + BACKUP + " +" + (items - 20) + ends + Pattern.quote(other));
        assertThat(listed.get(2)).matches("web +flusher_prometheus +" + (items - 10) + ends + Pattern.quote(one));
        assertThat(run(ExitCode.OK, "inspect", "--json").toString())
                .contains("\"journal\":\"web/orphaned/" + one + "\",\"left\":true");
        run(ExitCode.USAGE, "orphans", "delete", "flusher_prometheus.2");
        run(ExitCode.USAGE, "orphans", "delete", one, "--pipeline", "wbe");
        assertThat(run(ExitCode.OK, "orphans", "delete", one))
                .containsExactly("web: " + one + " is deleted, with " + (items - 10) + " items for flusher_prometheus");
        assertThat(journal.resolve("orphaned").resolve(one)).doesNotExist();
        assertThat(run(ExitCode.OK, "orphans", "list")).hasSize(2).contains(listed.get(1));
        assertThat(run(ExitCode.OK, "export", "--pipeline", "web").stream()
                        .filter(line -> line.startsWith("{\"journal\":\"web\",")))
                .as("the pipeline's own journal stays")
                .hasSize(items);
    }

    private void leave(String name, String cursor) throws IOException {
        Path folder = Files.createDirectories(journal.resolve("orphaned").resolve(name));
        for (Path segment : segments) {
            Files.createLink(folder.resolve(name(segment)), segment);
        }
        Files.copy(journal.resolve(cursor), folder.resolve(cursor));
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

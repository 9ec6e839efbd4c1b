package dev.millrace.core.journal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.core.journal.JournalReader.Entry;
import dev.millrace.spi.event.EventBatch;
import dev.millrace.spi.event.Labels;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Folders of journals that each version has written, in the test resources. They must be read for ever.
 *
 * <p>Where {@link #theNewestFolderIsWhatIsWrittenNow} fails, the format has changed: a folder of the new version is to be
 * added, by running this test with {@code -Dmillrace.fixture=} and the name of a new folder, and the old ones stay.
 */
final class StoredFormatTest {
    private static final Path ALL = Path.of("src/test/resources/journals");
    private static final long TIME = 1_700_000_000_000L;
    private static final String FLUSHER = "flusher_prometheus";
    private static final String CHANGED = "the format has changed: see the class comment";
    private static final Set<RecordKind> VARIABLE =
            Set.of(RecordKind.GROUP, RecordKind.FOOTER, RecordKind.LOGS, RecordKind.SPANS);
    private static final JournalSettings SMALL = JournalFixture.SETTINGS.withSegmentBytes(6_000);

    @Test
    void writesAFolderWhereOneIsAskedFor() throws IOException {
        String asked = System.getProperty("millrace.fixture");
        if (asked == null) {
            return;
        }
        RandomBatches batches = new RandomBatches(1);
        FaultyFiles files = new FaultyFiles();
        JournalFixture fixture = new JournalFixture(files, SMALL);
        for (String flusher : List.of(FLUSHER, "flusher_http/backup")) {
            int done = flusher.equals(FLUSHER) ? 10 : 20;
            long[] positions = new long[Labels.SLOTS];
            Arrays.fill(positions, done);
            fixture.journal
                    .cursor(flusher)
                    .store(new CursorState(
                            0, positions, List.of(), new Totals(done - 3, Map.of("400", 2L), Map.of("late", 1L))));
        }
        assertThat(fixture.append(List.of(), Map.of("processor_a", new byte[30], "processor_b", new byte[] {1})))
                .isTrue();
        for (int i = 0; i < 9; i++) {
            fixture.append(batches.logs());
            fixture.append(batches.spans());
            fixture.append(batches.metrics(12, 15));
            fixture.append(
                    List.of(JournalFixture.samples(3, TIME + 2L * i), JournalFixture.samples(4, TIME + 2L * i + 1)),
                    Map.of("processor_a/second", new byte[] {(byte) i, -1}));
        }
        assertThat(fixture.append(List.of(), Map.of("processor_b", new byte[0])))
                .isTrue();
        Path folder = Files.createDirectories(Path.of(asked));
        FaultyFiles stored = files.afterKill();
        for (String name : stored.list(JournalFixture.FOLDER)) {
            Files.write(folder.resolve(name), stored.bytes(JournalFixture.FOLDER.resolve(name)));
        }
        DeadLetterFile letters = DeadLetterFile.create(FileAccess.real(), folder, TIME);
        letters.add(new DeadLetter(TIME, FLUSHER, "400", "out of order\n", 3, List.of(batches.metrics(12, 15))));
        letters.write();
        letters.close();
        Files.writeString(folder.resolve("rows.txt"), String.join("\n", rows(folder)) + "\n");
        fixture.close();
    }

    /* The oldest first: 0.1.0, 0.1.0-2, 0.2.0. */
    static List<String> versions() throws IOException {
        try (Stream<Path> folders = Files.list(ALL)) {
            return folders.map(folder -> String.valueOf(folder.getFileName()))
                    .sorted((one, other) -> Arrays.compare(numbers(one), numbers(other)))
                    .toList();
        }
    }

    private static int[] numbers(String version) {
        return Stream.of(version.split("[.-]")).mapToInt(Integer::parseInt).toArray();
    }

    @ParameterizedTest
    @MethodSource("versions")
    void whatAVersionHasWrittenIsReadAsItWas(String version) throws IOException {
        Path folder = ALL.resolve(version);
        assertThat(words(rows(folder))).isEqualTo(words(Files.readAllLines(folder.resolve("rows.txt"))));
        FaultyFiles files = files(folder);
        try (JournalFixture fixture = new JournalFixture(files, SMALL)) {
            assertThat(fixture.events.messages).isEmpty();
            assertThat(fixture.journal.componentsWithState()).containsExactly("processor_a", "processor_a/second");
            assertThat(fixture.journal.state("processor_a")).contains(new byte[30]);
            assertThat(fixture.journal.state("processor_a/second")).contains(new byte[] {8, -1});
            assertThat(fixture.append(JournalFixture.samples(3, 1))).isTrue();
            assertThat(fixture.journal.cursors()).containsExactlyInAnyOrder(FLUSHER, "flusher_http/backup");
            CursorState state = fixture.journal.cursor(FLUSHER).state();
            assertThat(state.lowest()).isEqualTo(10);
            assertThat(state.totals()).isEqualTo(new Totals(7, Map.of("400", 2L), Map.of("late", 1L)));
        }
    }

    @Test
    void theNewestFolderIsWhatIsWrittenNow() throws IOException, MalformedPayloadException {
        List<String> versions = versions();
        Path folder = ALL.resolve(versions.get(versions.size() - 1));
        FaultyFiles stored = files(folder);
        List<Appended> appended = appended(stored);
        FaultyFiles written = new FaultyFiles();
        JournalFixture fixture = new JournalFixture(written, SMALL);
        for (String name : stored.list(JournalFixture.FOLDER)) {
            Path file = JournalFixture.FOLDER.resolve(name);
            if (CursorSet.isCursor(name)) {
                String flusher = Objects.requireNonNull(CursorSet.decoded(CursorSet.flusher(name)));
                fixture.journal.cursor(flusher).store(Objects.requireNonNull(CursorFile.read(stored, file)));
            } else if (DeadLetterReader.isNamed(name)) {
                writeAgain(stored, written, file);
            }
        }
        for (Appended one : appended) {
            assertThat(fixture.append(one.batches(), one.states())).isTrue();
        }
        FaultyFiles now = written.afterKill();
        assertThat(records(now)).as(CHANGED).isEqualTo(records(stored)).hasSizeGreaterThan(3);
        assertThat(cursors(now)).as(CHANGED).isEqualTo(cursors(stored)).hasSize(2);
        fixture.close();
    }

    private static void writeAgain(FaultyFiles stored, FaultyFiles written, Path file) throws IOException {
        DeadLetterFile again = DeadLetterFile.create(written, JournalFixture.FOLDER, TIME);
        try (DeadLetterReader reader = DeadLetterReader.open(stored, file)) {
            for (DeadLetter letter = reader.next(); letter != null; letter = reader.next()) {
                again.add(letter);
            }
        }
        again.write();
        again.close();
    }

    /* The newest version in each, without its sequence, the end of the log and the checksum: they tell when it was written. */
    private static Map<String, String> cursors(FaultyFiles files) {
        Map<String, String> cursors = new TreeMap<>();
        for (String name : files.list(JournalFixture.FOLDER)) {
            if (CursorSet.isCursor(name)) {
                ByteBuffer bytes = ByteBuffer.wrap(files.bytes(JournalFixture.FOLDER.resolve(name)));
                int newest = IntStream.of(0, CursorFile.PLACE, 2 * CursorFile.PLACE)
                        .boxed()
                        .max(Comparator.comparing(at -> bytes.getLong(at + 16)))
                        .orElseThrow();
                byte[] state = new byte[bytes.getInt(newest + 8) - 16];
                bytes.get(newest + 32, state);
                cursors.put(
                        name,
                        bytes.capacity() + " " + bytes.getInt(newest) + " " + bytes.getInt(newest + 4) + " "
                                + HexFormat.of().formatHex(state));
            }
        }
        return cursors;
    }

    /** What was appended at once. */
    private record Appended(List<EventBatch> batches, Map<String, byte[]> states) {}

    private static List<Appended> appended(FaultyFiles stored) throws IOException, MalformedPayloadException {
        List<Appended> appended = new ArrayList<>();
        Map<Long, EventBatch> batches = new TreeMap<>();
        try (JournalFixture fixture = new JournalFixture(stored.afterKill(), SMALL);
                JournalReader reader = fixture.journal.reader(0)) {
            for (Entry entry = reader.next(); entry != null; entry = reader.next()) {
                batches.put(entry.firstItem(), entry.batch());
            }
        }
        for (String name : stored.list(JournalFixture.FOLDER)) {
            if (name.endsWith(".seg")) {
                try (FileAccess.OpenFile file = stored.open(JournalFixture.FOLDER.resolve(name))) {
                    RecordScanner scanner = new RecordScanner(file);
                    while (scanner.next(file.size())) {
                        addRecord(scanner, batches, appended);
                    }
                }
            }
        }
        return appended;
    }

    private static void addRecord(RecordScanner scanner, Map<Long, EventBatch> batches, List<Appended> appended)
            throws IOException, MalformedPayloadException {
        RecordHeader header = scanner.header();
        switch (Objects.requireNonNull(header.knownKind())) {
            case GROUP -> {
                appended.add(new Appended(new ArrayList<>(), new TreeMap<>()));
                scanner.enter();
            }
            case METRICS, LOGS, SPANS -> {
                if (!header.grouped) {
                    appended.add(new Appended(new ArrayList<>(), Map.of()));
                }
                appended.get(appended.size() - 1).batches().add(Objects.requireNonNull(batches.get(header.first)));
            }
            case STATE -> {
                if (header.grouped) {
                    appended.get(appended.size() - 1)
                            .states()
                            .putAll(StatePayload.read(Objects.requireNonNull(scanner.payload())));
                }
            }
            default -> {}
        }
    }

    /* The words of each line in an order of their own: the entries of a mapping have none. */
    private static List<List<String>> words(List<String> lines) {
        return lines.stream()
                .map(line -> Stream.of(line.split("[\\[\\]{},= ]+")).sorted().toList())
                .toList();
    }

    /** All rows and letters of a folder, each in a line. */
    private static List<String> rows(Path folder) throws IOException {
        List<String> lines = new ArrayList<>();
        StoredJournal journal = StoredJournal.read(folder);
        try (JournalReader reader = journal.reader()) {
            for (Entry entry = reader.next(); entry != null; entry = reader.next()) {
                for (Object row : Rows.of(entry.batch())) {
                    lines.add((entry.firstItem() + " " + row).replace("\n", "\\n"));
                }
            }
        }
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file :
                    files.filter(path -> path.toString().endsWith(".letters")).toList()) {
                try (DeadLetterReader reader = DeadLetterReader.open(FileAccess.real(), file)) {
                    for (DeadLetter letter = reader.next(); letter != null; letter = reader.next()) {
                        lines.add((letter.time() + " " + letter.flusher() + " " + letter.status() + " "
                                        + letter.answer() + " " + letter.delivered() + " "
                                        + Rows.of(letter.batches().get(0)))
                                .replace("\n", "\\n"));
                    }
                    assertThat(reader.missing()).isZero();
                }
            }
        }
        return lines;
    }

    private static FaultyFiles files(Path folder) throws IOException {
        FaultyFiles files = new FaultyFiles();
        try (Stream<Path> all = Files.list(folder)) {
            for (Path file : all.toList()) {
                String name = String.valueOf(file.getFileName());
                if (name.endsWith(".seg") || name.endsWith(".cursor") || DeadLetterReader.isNamed(name)) {
                    files.put(JournalFixture.FOLDER.resolve(name), Files.readAllBytes(file));
                }
            }
        }
        return files;
    }

    /** The records of all segments and dead letters, without what differs from run to run: stamps and times. */
    private static Map<String, List<String>> records(FaultyFiles files) throws IOException {
        Map<String, List<String>> records = new TreeMap<>();
        for (String name : files.list(JournalFixture.FOLDER)) {
            if (!name.endsWith(".seg") && !DeadLetterReader.isNamed(name)) {
                continue;
            }
            List<String> found = new ArrayList<>();
            try (FileAccess.OpenFile file = files.open(JournalFixture.FOLDER.resolve(name))) {
                RecordScanner scanner = new RecordScanner(file);
                while (scanner.next(file.size())) {
                    RecordHeader header = scanner.header();
                    // Headers in a group and a footer hold a time; the entries of a mapping are written in any order.
                    RecordKind kind = Objects.requireNonNull(header.knownKind());
                    boolean any = VARIABLE.contains(kind);
                    found.add(scanner.offset() + " " + header.version + " " + header.kind + " " + header.first + " "
                            + header.items + " " + header.grouped + " " + header.length + " "
                            + (any ? 0 : header.payloadChecksum));
                    if (kind == RecordKind.GROUP) {
                        scanner.enter();
                    }
                }
            }
            records.put(name, found);
        }
        return records;
    }
}

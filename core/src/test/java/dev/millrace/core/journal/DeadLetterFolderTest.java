package dev.millrace.core.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.spi.event.EventBatch;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

final class DeadLetterFolderTest {
    private static final Path FOLDER = DeadLetterFolder.of(Path.of("web"), "flusher_prometheus/a b");
    private static final Duration WEEK = Duration.ofDays(7);
    private static final long NOW = 1_700_000_000_000L;

    private final FaultyFiles files = new FaultyFiles();
    private final RandomBatches batches = new RandomBatches();
    private int letters;

    @Test
    void givesBackWhatItWasGiven() throws IOException {
        DeadLetterFolder folder = folder(files, 1 << 30);
        List<Object> expected = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            DeadLetter letter = letter(batches.next(), batches.next());
            folder.add(letter);
            expected.add(content(letter));
            if (i % 3 == 0) {
                folder.write(NOW);
            }
        }
        folder.write(NOW);
        assertThat(read(files)).isEqualTo(expected);
        assertThat(folder.counts().bytes()).isEqualTo(files.used());
    }

    /* Several lives, each of which ends somewhere in the middle of a write. */
    @Test
    void keepsWhatWasWrittenThroughKillsAndLossesOfPower() throws IOException {
        Random random = batches.random();
        for (int round = 0; round < 30; round++) {
            FaultyFiles current = new FaultyFiles();
            List<Object> written = new ArrayList<>();
            for (int life = 0; life < 4; life++) {
                DeadLetterFolder folder = folder(current, 1 << 30);
                current.dieAfter(random.nextInt(40_000));
                if (random.nextInt(3) == 0) {
                    current.failForces(random.nextInt(3));
                }
                for (int i = 0; i < 10; i++) {
                    DeadLetter letter = letter(batches.metrics(1 + random.nextInt(100), random.nextInt(16)));
                    folder.add(letter);
                    try {
                        folder.write(NOW + life);
                        written.add(content(letter));
                    } catch (IOException e) {
                        assertThat(folder.counts().lost()).isPositive();
                    }
                }
                assertThat(current.violations()).isEmpty();
                current = random.nextBoolean() ? current.afterPowerLoss(random) : current.afterKill();
                assertThat(read(current)).containsAll(written);
            }
        }
    }

    @Test
    void deletesTheOldestWhereThereIsNoRoom() throws IOException {
        DeadLetterFolder folder = folder(files, 100_000);
        long items = 0;
        for (int i = 0; i < 300; i++) {
            DeadLetter letter = letter(batches.metrics(50, 0));
            items += 50;
            folder.add(letter);
            folder.write(NOW + i);
            assertThat(files.used()).isLessThanOrEqualTo(100_000);
        }
        DeadLetterFolder.Counts counts = folder.counts();
        assertThat(counts.kept()).isEqualTo(items);
        assertThat(counts.deleted()).isPositive();
        List<DeadLetter> left = letters(files);
        assertThat(left.stream().mapToLong(DeadLetter::items).sum()).isEqualTo(items - counts.deleted());
        assertThat(left.get(left.size() - 1).answer()).isEqualTo("answer 300\nline 2");
    }

    @Test
    void deletesWhatIsTooOldAlsoOfAnEarlierLife() throws IOException {
        DeadLetterFolder before = folder(files, 1 << 30);
        before.add(letter(batches.metrics(7, 0)));
        before.write(NOW);
        DeadLetterFolder folder = folder(files, 1 << 30);
        folder.trim(NOW + WEEK.toMillis());
        assertThat(letters(files)).hasSize(1);
        folder.trim(NOW + WEEK.toMillis() + Duration.ofDays(1).toMillis());
        assertThat(files.list(FOLDER)).isEmpty();
        assertThat(folder.counts()).isEqualTo(new DeadLetterFolder.Counts(0, 0, 7, 0));
    }

    @Test
    void takesAFileThatSomebodyRemovedForDeleted() throws IOException {
        DeadLetterFolder before = folder(files, 1 << 30);
        before.add(letter(batches.metrics(7, 0)));
        before.write(NOW);
        DeadLetterFolder folder = folder(files, 1 << 30);
        folder.trim(NOW);
        files.delete(FOLDER.resolve(files.list(FOLDER).get(0)));
        long later = NOW + 2 * WEEK.toMillis();
        folder.add(letter(batches.metrics(3, 0)));
        folder.write(later);
        folder.trim(later);
        assertThat(folder.counts().kept()).isEqualTo(3);
        assertThat(folder.counts().deleted()).isZero();
        assertThat(folder.counts().bytes()).isEqualTo(files.used());
    }

    @Test
    void writesAlsoWhereAnOldFileCannotBeDeletedAndSaysSoLater() throws IOException {
        files.failDeletions();
        DeadLetterFolder folder = folder(files, 20_000);
        for (int i = 0; i < 100; i++) {
            folder.add(letter(batches.metrics(50, 0)));
            folder.write(NOW + i);
        }
        assertThat(folder.counts().lost()).isZero();
        assertThatThrownBy(() -> folder.trim(NOW)).hasMessage("not permitted");
    }

    @Test
    void countsWhatDoesNotFitOnTheDiskAndGoesOn() throws IOException {
        DeadLetterFolder folder = folder(files, 1 << 30);
        files.capacity(500);
        folder.add(letter(batches.metrics(200, 0)));
        assertThatThrownBy(() -> folder.write(NOW)).isInstanceOf(DiskFullException.class);
        assertThat(folder.counts().lost()).isEqualTo(200);
        assertThat(files.list(FOLDER)).isEmpty();
        files.capacity(Long.MAX_VALUE);
        folder.add(letter(batches.metrics(3, 0)));
        folder.write(NOW);
        assertThat(folder.counts().kept()).isEqualTo(3);
    }

    @Test
    void whatTakesThePlaceOfALetterIsThereBeforeItGoes() throws IOException {
        Random random = batches.random();
        for (int round = 0; round < 200; round++) {
            FaultyFiles current = new FaultyFiles();
            DeadLetterFolder folder = folder(current, 1 << 30);
            DeadLetter first = letter(batches.metrics(20, 0));
            folder.add(first);
            folder.write(NOW);
            DeadLetter again = letter(batches.metrics(20, 0));
            current.dieAfter(random.nextInt(2_000));
            try {
                folder.replace(folder.names().get(0), List.of(again), NOW + 1);
                assertThat(read(current)).containsExactly(content(again));
            } catch (IOException e) {
                assertThat(read(current.afterKill())).contains(content(first));
            }
            assertThat(read(current.afterPowerLoss(random))).containsAnyOf(content(first), content(again));
        }
    }

    @Test
    void aCopyOfADamagedLetterSurvivesALossOfPower() throws IOException {
        Random random = batches.random();
        Path copies = Path.of("web/damaged");
        for (boolean forced : new boolean[] {true, false}) {
            int lost = 0;
            for (int round = 0; round < 100; round++) {
                FaultyFiles current = new FaultyFiles();
                DeadLetterFolder folder = new DeadLetterFolder(current, FOLDER, 1 << 30, WEEK, forced);
                folder.add(letter(batches.metrics(50, 0)));
                folder.write(NOW);
                String name = folder.names().get(0);
                byte[] bytes = current.bytes(FOLDER.resolve(name));
                Path copy = copies.resolve("flusher_prometheus%2Fa+b." + name + "-0");
                current.put(copy, new byte[random.nextInt(2_000)]); // of a process that was killed
                assertThat(folder.keepDamaged(name)).isEqualTo("; its bytes are in damaged/" + copy.getFileName());
                folder.replace(name, List.of(), NOW + 1);
                assertThat(current.bytes(copy)).isEqualTo(bytes);
                FaultyFiles next = current.afterPowerLoss(random);
                boolean there = next.list(copies).size() == 1 && Arrays.equals(next.bytes(copy), bytes);
                lost += there ? 0 : 1;
            }
            assertThat(lost == 0).as("forced: " + forced).isEqualTo(forced);
        }
    }

    @Test
    void whereADamagedLetterCannotBeCopiedNothingIsSaidToBeKept() throws IOException {
        DeadLetterFolder folder = folder(files, 1 << 30);
        folder.add(letter(batches.metrics(50, 0)));
        folder.write(NOW);
        String name = folder.names().get(0);
        files.capacity(files.used() + 10);
        assertThatThrownBy(() -> folder.keepDamaged(name)).isInstanceOf(DiskFullException.class);
        assertThat(files.list(Path.of("web/damaged"))).isEmpty();
        files.capacity(Long.MAX_VALUE);
        files.failForces(1);
        assertThatThrownBy(() -> folder.keepDamaged(name)).hasMessage("Input/output error");
        assertThat(folder.keepDamaged(name)).startsWith("; its bytes are in damaged/");
        assertThat(files.violations()).isEmpty();
    }

    @Test
    void keepsSoManyFilesAtMostAndDeletesTheOldest() throws IOException {
        DeadLetterFolder first = folder(files, 1 << 30);
        first.add(letter(batches.metrics(3, 0)));
        first.write(NOW);
        byte[] stored = files.bytes(FOLDER.resolve(first.names().get(0)));
        for (int i = 1; i < 9_999; i++) {
            files.put(FOLDER.resolve(new DeadLetterFile.Name(NOW + i, 0).toString()), stored);
        }
        DeadLetterFolder folder = folder(files, 1 << 30);
        for (int i = 0; i < 3; i++) {
            folder.add(letter(batches.metrics(5, 0)));
            folder.write(NOW + 10_000 + i);
            assertThat(files.list(FOLDER)).hasSize(10_000);
        }
        assertThat(folder.counts().deleted()).isEqualTo(2 * 3);
        assertThat(folder.names().get(0)).isEqualTo(new DeadLetterFile.Name(NOW + 2, 0).toString());
        for (int i = 0; i < 4; i++) { // of another process, or an earlier version
            files.put(FOLDER.resolve(new DeadLetterFile.Name(NOW + 20_000 + i, 0).toString()), stored);
        }
        folder.trim(NOW + 20_000);
        assertThat(files.list(FOLDER)).hasSize(10_000);
        assertThat(folder.counts().deleted()).isEqualTo(6 * 3);
    }

    /* Where nothing more may be kept, what takes the place of a letter takes its room, not that of another one. */
    @Test
    void inAFullFolderALetterStaysUntilWhatTakesItsPlaceIsThere() throws IOException {
        for (int chosen = 0; chosen < 2; chosen++) {
            FaultyFiles current = new FaultyFiles();
            DeadLetterFolder filling = folder(current, 1 << 30);
            List<Object> before = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                DeadLetter letter = letter(batches.metrics(20, 0));
                before.add(content(letter));
                filling.add(letter);
                filling.write(NOW + i);
            }
            DeadLetterFolder full = folder(current, current.used());
            String name = full.names().get(chosen);
            DeadLetter again = full.read(name).letters().get(0);
            long bytes = full.counts().bytes();
            current.capacity(current.used());
            assertThatThrownBy(() -> full.replace(name, List.of(again), NOW + 5))
                    .isInstanceOf(DiskFullException.class);
            assertThat(read(current)).isEqualTo(before);
            assertThat(full.counts()).isEqualTo(new DeadLetterFolder.Counts(0, 0, 0, bytes));
            current.capacity(Long.MAX_VALUE);
            full.replace(name, List.of(again), NOW + 5);
            assertThat(read(current)).containsExactlyInAnyOrderElementsOf(before);
            assertThat(full.counts()).isEqualTo(new DeadLetterFolder.Counts(20, 0, 0, bytes));
        }
    }

    @Test
    void theCountsDoNotWaitForAListing() throws IOException {
        List<DeadLetterFolder.Counts> meanwhile = new ArrayList<>();
        DeadLetterFolder folder = folder(files, 1 << 30);
        folder.add(letter(batches.metrics(7, 0)));
        folder.write(NOW);
        files.whenListed(() -> meanwhile.add(CompletableFuture.supplyAsync(folder::counts)
                .orTimeout(10, TimeUnit.SECONDS)
                .join()));
        assertThat(folder.names()).hasSize(1);
        assertThat(meanwhile).containsExactly(new DeadLetterFolder.Counts(7, 0, 0, files.used()));
    }

    @Test
    void countsARequestThatIsLargerThanAllItMayKeep() {
        DeadLetterFolder folder = folder(files, 100);
        folder.add(letter(batches.metrics(200, 0)));
        assertThatThrownBy(() -> folder.write(NOW)).hasMessageContaining("at most 100, see DeadLetters.MaxBytes");
        assertThat(folder.counts().lost()).isEqualTo(200);
    }

    @Test
    void keepsNothingWhereNothingIsToBeKept() throws IOException {
        DeadLetterFolder folder = folder(files, 0);
        folder.add(letter(batches.metrics(1, 0)));
        folder.write(NOW);
        assertThat(files.list(FOLDER)).isEmpty();
        assertThat(folder.counts()).isEqualTo(DeadLetterFolder.Counts.NONE);
    }

    @Test
    void givesWhatCanBeReadOfADamagedFile() throws IOException {
        Random random = batches.random();
        for (int round = 0; round < 200; round++) {
            FaultyFiles damaged = new FaultyFiles();
            Map<String, Integer> items = new HashMap<>();
            Path file = FOLDER.resolve("0000000000000001-0.letters");
            DeadLetterFile several = DeadLetterFile.create(damaged, FOLDER, 1);
            for (int i = 0; i < 5; i++) {
                DeadLetter letter = letter(batches.next());
                several.add(letter);
                items.put(letter.answer(), letter.items());
            }
            several.write();
            byte[] bytes = damaged.bytes(file);
            boolean cut = random.nextBoolean();
            if (cut) {
                bytes = Arrays.copyOf(bytes, random.nextInt(bytes.length));
            } else {
                bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
            }
            damaged.put(file, bytes);
            long found = 0;
            try (DeadLetterReader reader = DeadLetterReader.open(damaged, file)) {
                for (DeadLetter letter = reader.next(); letter != null; letter = reader.next()) {
                    assertThat(letter.items()).isLessThanOrEqualTo(items.get(letter.answer()));
                    found += letter.items();
                }
                long all = items.values().stream().mapToInt(Integer::intValue).sum();
                if (cut) {
                    assertThat(found + reader.missing()).isLessThanOrEqualTo(all);
                } else {
                    assertThat(found + reader.missing()).isEqualTo(all);
                }
            }
        }
    }

    private static DeadLetterFolder folder(FileAccess files, long maxBytes) {
        return new DeadLetterFolder(files, FOLDER, maxBytes, WEEK, true);
    }

    private DeadLetter letter(EventBatch... rows) {
        letters++;
        return new DeadLetter(NOW + letters, "fake", "400", "answer " + letters + "\nline 2", letters, List.of(rows));
    }

    private static List<Object> read(FileAccess files) throws IOException {
        List<Object> all = new ArrayList<>();
        letters(files).forEach(letter -> all.add(content(letter)));
        return all;
    }

    private static List<DeadLetter> letters(FileAccess files) throws IOException {
        List<DeadLetter> letters = new ArrayList<>();
        List<DeadLetterFile.Name> names = files.list(FOLDER).stream()
                .map(DeadLetterFile.Name::of)
                .filter(Objects::nonNull)
                .sorted()
                .toList();
        for (DeadLetterFile.Name name : names) {
            try (DeadLetterReader reader = DeadLetterReader.open(files, FOLDER.resolve(name.toString()))) {
                for (DeadLetter letter = reader.next(); letter != null; letter = reader.next()) {
                    letters.add(letter);
                }
            }
        }
        return letters;
    }

    private static Object content(DeadLetter letter) {
        List<Object> content = new ArrayList<>(
                List.of(letter.time(), letter.flusher(), letter.status(), letter.answer(), letter.delivered()));
        letter.batches().forEach(batch -> content.add(Rows.of(batch)));
        return content;
    }
}

package dev.millrace.core.journal;

import static dev.millrace.core.journal.JournalFixture.FOLDER;
import static dev.millrace.core.journal.JournalFixture.samples;
import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.spi.event.EventBatch;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;

/** What is truncated, flipped, unknown or gone costs itself, and is counted. */
final class JournalDamageTest {
    private static final Path SEGMENT = FOLDER.resolve("00000000000000000000.seg");

    private final RandomBatches batches = new RandomBatches();

    @Test
    void keepsWhatWasAcknowledgedWhereverTheLastSegmentEnds() throws IOException {
        FaultyFiles files = new FaultyFiles();
        TreeMap<Integer, Map<Long, List<Object>>> acknowledgedAtSize = new TreeMap<>();
        acknowledgedAtSize.put(0, Map.of());
        FaultyFiles crashed;
        try (JournalFixture fixture = new JournalFixture(files)) {
            for (int i = 0; i < 8; i++) {
                fixture.append(i % 4 == 3 ? batches.logs() : batches.metrics(5, 15));
                acknowledgedAtSize.put(files.bytes(SEGMENT).length, Map.copyOf(fixture.acknowledged));
            }
            crashed = files.afterKill();
        }
        byte[] whole = crashed.bytes(SEGMENT);
        for (int size = 0; size <= whole.length; size++) {
            FaultyFiles cut = new FaultyFiles();
            cut.put(SEGMENT, Arrays.copyOf(whole, size));
            try (JournalFixture fixture = new JournalFixture(cut)) {
                Map<Long, List<Object>> expected =
                        new TreeMap<>(acknowledgedAtSize.floorEntry(size).getValue());
                assertThat(fixture.read()).as("cut at %d", size).isEqualTo(expected);
                if (size % 7 == 0) {
                    fixture.append(samples(3, 1));
                    expected.putAll(fixture.acknowledged);
                    assertThat(fixture.read()).isEqualTo(expected);
                }
                assertThat(fixture.events.damaged).hasValue(0);
            }
        }
    }

    @Test
    void aFlippedBitCostsItselfAndIsCounted() throws IOException {
        for (boolean sealed : new boolean[] {false, true}) {
            FaultyFiles files = new FaultyFiles();
            JournalFixture fixture = new JournalFixture(files);
            for (int i = 0; i < 6; i++) {
                fixture.append(i % 3 == 2 ? batches.spans() : batches.metrics(8, 15));
            }
            byte[] open = files.bytes(SEGMENT);
            fixture.close();
            byte[] whole = sealed ? files.bytes(SEGMENT) : open;
            for (int bit = batches.random().nextInt(17); bit < whole.length * 8; bit += 17) {
                byte[] flipped = whole.clone();
                flipped[bit / 8] ^= (byte) (1 << bit % 8);
                FaultyFiles damaged = new FaultyFiles();
                damaged.put(SEGMENT, flipped);
                check(damaged, fixture.acknowledged, "sealed " + sealed + ", bit " + bit);
            }
        }
    }

    private static void check(FaultyFiles files, NavigableMap<Long, List<Object>> written, String where)
            throws IOException {
        try (JournalFixture fixture = new JournalFixture(files)) {
            fixture.append(samples(2, 1));
            TreeMap<Long, List<Object>> rows = new TreeMap<>();
            long items = 0;
            try (JournalReader reader = fixture.journal.reader(0)) {
                for (JournalReader.Entry entry = reader.next(); entry != null; entry = reader.next()) {
                    rows.put(entry.firstItem(), Rows.of(entry.batch()));
                    items += entry.batch().size();
                }
                assertThat(reader.position()).isEqualTo(fixture.journal.end());
            }
            // All but what was cut off at the end is there or counted.
            assertThat(items + fixture.events.damaged.get()).as(where).isEqualTo(fixture.journal.end());
            assertThat(fixture.journal.statistics().damagedItems()).isEqualTo(fixture.events.damaged.get());
            int damagedBatches = 0;
            for (Map.Entry<Long, List<Object>> batch : written.entrySet()) {
                List<Object> found = rows.get(batch.getKey());
                // A lost description of metadata costs no sample, but every later batch of the segment its metadata.
                boolean whole = batch.getValue().equals(found)
                        || found != null
                                && found.size() > 1
                                && samplesOf(batch.getValue()).equals(samplesOf(found));
                damagedBatches += whole ? 0 : 1;
                if (found != null && found.size() > 1 && batch.getKey() < fixture.acknowledged.firstKey()) {
                    assertThat(samplesOf(batch.getValue())).as(where).containsAll(samplesOf(found));
                }
            }
            if (!fixture.events.messages.toString().contains("descriptions")) {
                assertThat(damagedBatches)
                        .as(where + " " + fixture.events.messages)
                        .isLessThanOrEqualTo(1);
            }
        }
    }

    /* Rows without their metadata, which a sample can do without. */
    private static List<Object> samplesOf(List<Object> rows) {
        return rows.subList(1, rows.size()).stream()
                .<Object>map(row -> ((List<?>) row).subList(0, 6))
                .toList();
    }

    @Test
    void aDamagedDescriptionCostsTheSamplesThatNeedIt() throws IOException {
        FaultyFiles files = new FaultyFiles();
        byte[] bytes;
        int secondDictionary;
        try (JournalFixture fixture = new JournalFixture(files)) {
            fixture.append(samples(3, 1));
            secondDictionary = files.bytes(SEGMENT).length;
            fixture.append(samples(5, 2));
            fixture.append(samples(3, 3));
            bytes = files.bytes(SEGMENT);
        }
        bytes[secondDictionary + RecordHeader.SIZE + 3] ^= 4;
        FaultyFiles damaged = new FaultyFiles();
        damaged.put(SEGMENT, bytes);
        try (JournalFixture fixture = new JournalFixture(damaged)) {
            NavigableMap<Long, List<Object>> found = fixture.read();
            assertThat(found.get(0L)).isEqualTo(Rows.of(samples(3, 1)));
            assertThat(found.get(3L)).isEqualTo(Rows.of(samples(5, 2)).subList(0, 4));
            assertThat(found.get(8L)).isEqualTo(Rows.of(samples(3, 3)));
            assertThat(fixture.events.damaged).hasValue(2);
        }
    }

    @Test
    void aSealedSegmentRepairsItsDescriptions() throws IOException {
        FaultyFiles files = new FaultyFiles();
        JournalFixture fixture = new JournalFixture(files);
        fixture.fill(batches, 20);
        int dictionary = RecordHeader.SIZE;
        fixture.close();
        byte[] bytes = files.bytes(SEGMENT);
        bytes[dictionary + RecordHeader.SIZE + 3] ^= 4;
        files.put(SEGMENT, bytes);
        try (JournalFixture reopened = new JournalFixture(files)) {
            assertThat(reopened.read()).isEqualTo(fixture.acknowledged);
            assertThat(reopened.events.messages).isEmpty();
        }
    }

    @Test
    void countsEachDamageOnceHoweverManyReadersMeetIt() throws IOException {
        FaultyFiles files = new FaultyFiles();
        int first;
        byte[] bytes;
        try (JournalFixture fixture = new JournalFixture(files)) {
            fixture.append(samples(3, 1));
            first = files.bytes(SEGMENT).length;
            fixture.append(samples(3, 2));
            bytes = files.bytes(SEGMENT);
        }
        bytes[first - 1] ^= 1;
        FaultyFiles damaged = new FaultyFiles();
        damaged.put(SEGMENT, bytes);
        try (JournalFixture fixture = new JournalFixture(damaged)) {
            fixture.read();
            assertThat(fixture.read()).containsOnlyKeys(3L);
            assertThat(fixture.events.damaged).hasValue(3);
        }
    }

    @Test
    void skipsAndCountsAKindThatItDoesNotKnow() throws IOException {
        PayloadOutput out = new PayloadOutput();
        BatchEncoder encoder = new BatchEncoder(out, 7);
        EventBatch batch = samples(4, 1);
        encoder.encode(batch, 0, 1);
        int unknown = out.size();
        encoder.records().begin(RecordKind.STATE, 4, 9, 1).writeText("from the future");
        encoder.records().end();
        StatePayload.write(encoder.records().begin(RecordKind.STATE, 13, 0, 1), Map.of("window", new byte[] {1, 2}));
        encoder.records().end();
        encoder.encode(batch, 13, 1);
        byte[] bytes = Arrays.copyOf(out.toBuffer().array(), out.size());
        bytes[unknown + 5] = 99;
        CRC32C crc = new CRC32C();
        crc.update(bytes, unknown, 40);
        PayloadOutput.INT.set(bytes, unknown + 40, (int) crc.getValue());
        FaultyFiles files = new FaultyFiles();
        files.put(SEGMENT, bytes);
        try (JournalFixture fixture = new JournalFixture(files)) {
            assertThat(fixture.read()).isEqualTo(new TreeMap<>(Map.of(0L, Rows.of(batch), 13L, Rows.of(batch))));
            assertThat(fixture.events.messages).containsExactly("skipped 99");
            assertThat(fixture.journal.statistics().skippedItems()).isEqualTo(9);
            assertThat(fixture.journal.end()).isEqualTo(17);
        }
    }

    @Test
    void theStateOfAComponentComesBack() throws MalformedPayloadException {
        PayloadOutput out = new PayloadOutput();
        StatePayload.write(out, Map.of("input/ü", new byte[] {3, 0, -1}));
        assertThat(StatePayload.read(new PayloadInput().reset(out.toBuffer().array(), 0, out.size())))
                .containsOnly(Map.entry("input/ü", new byte[] {3, 0, -1}));
    }

    @Test
    void countsTheItemsOfAMissingSegment() throws IOException {
        FaultyFiles files = new FaultyFiles();
        JournalSettings small = JournalFixture.SETTINGS.withSegmentBytes(100);
        JournalFixture fixture = new JournalFixture(files, small);
        for (int i = 0; i < 20; i++) {
            fixture.append(samples(10, i));
        }
        fixture.close();
        List<String> names = files.list(FOLDER).stream().sorted().toList();
        assertThat(names).hasSizeGreaterThan(2);
        long lost = Long.parseLong(names.get(2).substring(0, 20))
                - Long.parseLong(names.get(1).substring(0, 20));
        files.delete(FOLDER.resolve(names.get(1)));
        try (JournalFixture reopened = new JournalFixture(files, small)) {
            reopened.read();
            reopened.read();
            assertThat(reopened.events.damaged).hasValue(lost);
        }
    }
}

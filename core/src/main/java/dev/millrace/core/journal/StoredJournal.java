package dev.millrace.core.journal;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * A journal in a folder, looked at without opening it: nothing is written but by {@link #repair}, and nothing is sent. Not
 * thread-safe.
 *
 * <p>What a running collector appends after this was made is not seen, and what it trims is passed over.
 */
public final class StoredJournal {
    private final FileAccess files;
    private final Path folder;
    private final List<StoredCursor> cursors = new ArrayList<>();
    private final Log log;

    /**
     * A segment.
     *
     * @param file the file's name
     * @param first the number of its first item
     * @param end the number behind its last item
     * @param bytes its size
     * @param sealed whether it is complete, with its dictionary at its end
     * @param begun when it was begun, in milliseconds since the epoch; 0 where that cannot be read
     */
    public record StoredSegment(String file, long first, long end, long bytes, boolean sealed, long begun) {}

    /**
     * A flusher's cursor.
     *
     * @param flusher the flusher
     * @param readable whether a version of it can be read; else it is at the oldest item
     * @param position the number of the item below which everything is done
     * @param items how many items wait
     * @param bytes how many bytes of the segments wait, estimated inside of a segment
     * @param oldest when the oldest batch that waits was written, in milliseconds since the epoch; 0 where none waits
     */
    public record StoredCursor(String flusher, boolean readable, long position, long items, long bytes, long oldest) {}

    private StoredJournal(FileAccess files, Path folder, JournalEvents events, DamagedBytes damaged)
            throws IOException {
        this(files, folder, events, damaged, bytes -> {});
    }

    private StoredJournal(
            FileAccess files, Path folder, JournalEvents events, DamagedBytes damaged, LongConsumer progress)
            throws IOException {
        this.files = files;
        this.folder = folder;
        Map<String, CursorFile.Reading> readings = readings(events, damaged); // first: what they name is there by then
        Recovery recovery = new Recovery(files, folder, events, damaged);
        List<Segment> segments = recovery.open(false, progress).segments();
        long end = segments.isEmpty() ? 0 : segments.get(segments.size() - 1).end();
        log = Log.ofAnother(files, new Damages(events, damaged), segments, end);
        long known = end;
        for (Map.Entry<String, CursorFile.Reading> reading : readings.entrySet()) {
            known = Math.max(known, add(reading.getKey(), reading.getValue(), events));
        }
        log.openAt(known);
        recovery.reportEnd(known);
    }

    /** The journal in a folder. */
    public static StoredJournal read(Path folder) throws IOException {
        return read(FileAccess.real(), folder);
    }

    /** The same; {@code progress} hears how many bytes the segments have that were looked at. */
    public static StoredJournal read(Path folder, LongConsumer progress) throws IOException {
        return new StoredJournal(FileAccess.real(), folder, JournalEvents.NONE, DamagedBytes.notKept(), progress);
    }

    static StoredJournal read(FileAccess files, Path folder) throws IOException {
        return new StoredJournal(files, folder, JournalEvents.NONE, DamagedBytes.notKept());
    }

    /* Of each flusher what its cursor says; one that went away meanwhile says nothing. */
    private Map<String, CursorFile.Reading> readings(JournalEvents events, DamagedBytes damaged) throws IOException {
        Map<String, CursorFile.Reading> readings = new TreeMap<>();
        for (String name : files.list(folder)) {
            String flusher = flusher(name);
            if (flusher != null) {
                try {
                    CursorFile.Reading reading = CursorFile.check(
                            files,
                            folder.resolve(name),
                            (file, range, message) -> events.damage(file, 0, message + damaged.keep(file, range)));
                    readings.put(flusher, reading);
                } catch (NoSuchFileException e) {
                    // it was moved to orphaned/ since it was listed, with what waits for it
                }
            }
        }
        return readings;
    }

    /* Null where a file is no flusher's cursor. */
    private static @Nullable String flusher(String file) {
        return CursorSet.isCursor(file) ? CursorSet.decoded(CursorSet.flusher(file)) : null;
    }

    /* Returns the log's end as the cursor knows it. */
    private long add(String flusher, CursorFile.Reading reading, JournalEvents events) throws IOException {
        CursorState state = reading.state();
        if (state == null) {
            events.cursorLost(flusher, log.first());
        }
        long position = state == null ? log.first() : Math.max(log.first(), state.lowest());
        long waiting = state == null
                ? log.end() - log.first()
                : state.account(log.end()).backlog();
        cursors.add(new StoredCursor(
                flusher, state != null, position, waiting, log.bytesFrom(position), oldest(position, waiting)));
        return state == null
                ? 0
                : Math.max(reading.end(), Arrays.stream(state.positions()).max().orElse(0));
    }

    private long oldest(long position, long waiting) throws IOException {
        if (waiting == 0) {
            return 0;
        }
        Log quiet = Log.ofAnother(
                files, new Damages(JournalEvents.NONE, DamagedBytes.notKept()), log.segments(), log.end());
        try (LogReader reader = new LogReader(quiet, position)) {
            JournalReader.Entry entry = reader.next();
            return entry == null ? 0 : entry.written();
        }
    }

    /** The segments, in their order. */
    public List<StoredSegment> segments() {
        return log.segments().stream()
                .map(segment -> new StoredSegment(
                        segment.name(),
                        segment.first(),
                        segment.end(),
                        segment.extent().bytes(),
                        segment.sealed(),
                        segment.begun()))
                .toList();
    }

    /** The cursors. */
    public List<StoredCursor> cursors() {
        return List.copyOf(cursors);
    }

    /** How large all segments are. */
    public long bytes() {
        return log.bytes();
    }

    /** How many bytes of the segments are before an item. */
    public long bytesBefore(long item) {
        return log.bytes() - log.bytesFrom(item);
    }

    /** A reader of all that can be read. */
    public JournalReader reader() {
        return new LogReader(log, log.first());
    }

    /**
     * Reads every byte of the journal in a folder, and changes nothing.
     *
     * @param findings hears of each damage
     * @param progress hears how many bytes were read
     */
    public static void verify(Path folder, JournalEvents findings, LongConsumer progress) throws IOException {
        verify(FileAccess.real(), folder, findings, progress);
    }

    static void verify(FileAccess files, Path folder, JournalEvents findings, LongConsumer progress)
            throws IOException {
        new StoredJournal(files, folder, findings, DamagedBytes.notKept()).examine(progress);
    }

    /**
     * Writes anew each file of the journal in a folder that is damaged, without what is damaged, which is moved aside.
     * What is lost stays lost, and shows as a gap between item numbers. Nobody else may use the folder meanwhile.
     *
     * @param findings hears of each damage
     * @param progress hears how many bytes were read
     * @return the names of the files that were written anew
     */
    public static List<String> repair(Path folder, JournalEvents findings, LongConsumer progress) throws IOException {
        return repair(FileAccess.real(), folder, findings, progress);
    }

    static List<String> repair(FileAccess files, Path folder, JournalEvents findings, LongConsumer progress)
            throws IOException {
        DamagedBytes damaged = new DamagedBytes(files, folder);
        StoredJournal journal = new StoredJournal(files, folder, findings, damaged);
        journal.examine(progress);
        List<String> repaired = new ArrayList<>();
        for (Segment segment : journal.log.segments()) {
            if (new SegmentRepair(files, segment).run()) {
                repaired.add(segment.name());
            }
        }
        for (String name : files.list(folder)) {
            if (flusher(name) != null && journal.repairCursor(folder.resolve(name))) {
                repaired.add(name);
            }
        }
        return repaired;
    }

    private boolean repairCursor(Path path) throws IOException {
        List<String> damages = new ArrayList<>();
        @Nullable CursorFile file = CursorFile.open(files, path, (name, range, message) -> damages.add(message));
        if (file == null) {
            file = CursorFile.create(files, path, CursorSet.beginningAt(log.first()), log.end());
        }
        file.close();
        return !damages.isEmpty();
    }

    /* Items first, as a flusher would miss them; then the records that no flusher needs. */
    private void examine(LongConsumer progress) throws IOException {
        try (JournalReader reader = reader()) {
            for (JournalReader.Entry entry = reader.next(); entry != null; entry = reader.next()) {
                progress.accept(bytesBefore(entry.end()));
            }
        }
        for (Segment segment : log.segments()) {
            try {
                new SegmentRepair(files, segment).report(log.damages());
            } catch (NoSuchFileException e) {
                log.isTrimmed(segment);
            }
        }
    }
}

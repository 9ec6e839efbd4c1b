package dev.millrace.core.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Finds what a folder holds of a log when it is opened. Damage fails nothing; it is found again, and counted, by who reads
 * the items.
 *
 * <p>A sealed segment is taken by its footer. Of another one the headers are read: it ends with the last record that is
 * whole in length, and what follows was never acknowledged. Where the next segment begins earlier than one ends, the
 * later one counts.
 */
final class Recovery {
    private final FileAccess files;
    private final Path folder;
    private final JournalEvents events;
    private final DamagedBytes damaged;
    private @Nullable Torn torn;

    /** What follows the last record of the log, kept for {@link #reportEnd}. */
    private record Torn(Segment segment, String message, long atMost) {}

    Recovery(FileAccess files, Path folder, JournalEvents events, DamagedBytes damaged) {
        this.files = files;
        this.folder = folder;
        this.events = events;
        this.damaged = damaged;
    }

    /**
     * What was found.
     *
     * @param segments the segments in their order
     * @param states the newest state of each component
     */
    record Found(List<Segment> segments, Map<String, byte[]> states) {}

    /**
     * Opens a log.
     *
     * @param durable whether what is there is to be forced; else it is only looked at, and another process may trim it
     */
    Found open(boolean durable) throws IOException {
        return open(durable, bytes -> {});
    }

    /** The same; {@code progress} hears how many bytes the segments have that were looked at. */
    Found open(boolean durable, LongConsumer progress) throws IOException {
        List<Segment> segments = new ArrayList<>();
        for (String name : files.list(folder)) {
            Segment segment = Segment.named(folder, name);
            if (segment != null) {
                segments.add(segment);
            }
        }
        segments.sort(Comparator.comparingLong(Segment::first).thenComparingInt(Segment::attempt));
        List<Segment> opened = new ArrayList<>();
        List<SegmentStates> states = new ArrayList<>();
        long bytes = 0;
        for (int i = 0; i < segments.size(); i++) {
            reportTorn(0); // what it has lost shows where this one begins
            Segment segment = segments.get(i);
            long limit = i + 1 < segments.size() ? segments.get(i + 1).first() : Long.MAX_VALUE;
            SegmentStates found = new SegmentStates();
            if (!inspect(segment, found, limit, durable)) {
                opened.clear(); // what is before it was trimmed as well
                states.clear();
                continue;
            }
            opened.add(segment);
            bytes += segment.extent().bytes();
            progress.accept(bytes);
            states.add(found);
            if (segment.end() > limit) {
                segment.commit(segment.extent().bytes(), limit);
            }
        }
        return new Found(opened, states(opened, states, durable));
    }

    /* What the newest segment that tells it ended or began with, and what changed after that. */
    private Map<String, byte[]> states(List<Segment> segments, List<SegmentStates> found, boolean durable)
            throws IOException {
        Map<String, byte[]> states = new TreeMap<>();
        int from = segments.size() - 1;
        for (; from >= 0; from--) {
            Segment segment = segments.get(from);
            Map<String, byte[]> known = segment.sealed() ? sealedStates(segment, found.get(from), durable) : null;
            if (known != null) {
                segment.tellStates();
                states.putAll(known);
                from++;
                break;
            }
            known = found.get(from).beginning();
            if (known != null) {
                segment.tellStates();
                states.putAll(known);
                break;
            }
        }
        if (from < 0 && !segments.isEmpty()) {
            segments.get(0).tellStates(); // as far as anybody can
        }
        for (int i = Math.max(0, from); i < segments.size(); i++) {
            states.putAll(found.get(i).changes());
        }
        return states;
    }

    /* Null where that is damaged; then the segment is read for what changed in it. */
    private @Nullable Map<String, byte[]> sealedStates(Segment segment, SegmentStates changes, boolean durable)
            throws IOException {
        try (FileAccess.OpenFile file = files.open(segment.file())) {
            Footer footer = Footer.read(file);
            Map<String, byte[]> states = footer == null ? null : SegmentStates.atEnd(file, footer);
            if (states == null) {
                events.damage(segment.name(), 0, "the states of components at its end are damaged");
                RecordScanner scanner = new RecordScanner(file);
                GroupRule rule = new GroupRule(true);
                while (scanner.next(file.size())) {
                    changes.take(scanner, rule, segment.end(), file.size());
                }
            }
            return states;
        } catch (NoSuchFileException e) {
            if (durable) {
                throw e;
            }
            return null; // it was trimmed
        }
    }

    /**
     * Tells of what follows the last record: a write that was cut off, and acknowledged to nobody, or damage.
     *
     * @param end the number behind the last item that is known to have been there
     */
    void reportEnd(long end) {
        Torn last = torn;
        if (last != null) {
            reportTorn(Math.max(0, last.atMost() - (end - last.segment().end())));
        }
    }

    private void reportTorn(long atMost) {
        Torn last = torn;
        torn = null;
        if (last != null) {
            events.torn(last.segment().name(), atMost, last.message());
        }
    }

    /* False where it was trimmed since it was listed. */
    private boolean inspect(Segment segment, SegmentStates states, long limit, boolean durable) throws IOException {
        try (FileAccess.OpenFile file = durable ? files.openForWriting(segment.file()) : files.open(segment.file())) {
            Footer footer = Footer.read(file);
            if (footer != null && footer.first() == segment.first()) {
                segment.begun(footer.begun());
                segment.commit(file.size(), footer.end());
                segment.seal();
                return true;
            }
            scan(segment, states, limit, file);
            if (durable) {
                file.force(); // what is there is what counts from now on
            }
            return true;
        } catch (NoSuchFileException e) {
            if (durable) {
                throw e;
            }
            return false;
        } catch (IOException e) {
            throw new IOException("journal segment " + segment.file() + ": " + e.getMessage(), e);
        }
    }

    private void scan(Segment segment, SegmentStates states, long limit, FileAccess.OpenFile file) throws IOException {
        RecordScanner scanner = new RecordScanner(file);
        GroupRule rule = new GroupRule(false);
        long size = file.size();
        long end = segment.first();
        boolean sealing = false;
        while (scanner.next(size)) {
            RecordHeader header = scanner.header();
            if (segment.begun() == 0) {
                segment.begun(header.written);
            }
            if (header.knownKind() == RecordKind.FOOTER) {
                DamagedBytes.Range footer = new DamagedBytes.Range(file, scanner.offset(), scanner.nextOffset());
                events.damage(
                        segment.name(),
                        0,
                        "the footer at offset " + scanner.offset() + " is damaged"
                                + damaged.keep(segment.name(), footer));
            }
            end = Math.max(end, header.end());
            sealing = header.knownKind() == RecordKind.SEALED_DICTIONARY
                    || header.knownKind() == RecordKind.STATE && !header.grouped;
            rule.met(scanner);
            states.take(scanner, rule, limit, size);
        }
        segment.commit(scanner.nextOffset(), end);
        if (scanner.nextOffset() < size) {
            DamagedBytes.Range rest = new DamagedBytes.Range(file, scanner.nextOffset(), size);
            String message = (size - scanner.nextOffset()) + " bytes at offset " + scanner.nextOffset()
                    + ", at the end, are no whole record and left out" + damaged.keep(segment.name(), rest);
            torn = new Torn(segment, message, sealing ? 0 : mostItems(rest));
        }
    }

    /* A row takes a byte at least. */
    private static long mostItems(DamagedBytes.Range range) throws IOException {
        RecordHeader header = new RecordHeader();
        ByteBuffer bytes = ByteBuffer.allocate(RecordHeader.SIZE);
        while (bytes.hasRemaining()) {
            if (range.file().read(bytes, range.from() + bytes.position()) < 0) {
                return 0;
            }
        }
        return header.read(bytes.array(), 0) ? header.items : range.to() - range.from() - RecordHeader.SIZE;
    }
}

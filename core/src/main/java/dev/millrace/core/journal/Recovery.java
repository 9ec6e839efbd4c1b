package dev.millrace.core.journal;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

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

    Recovery(FileAccess files, Path folder, JournalEvents events) {
        this.files = files;
        this.folder = folder;
        this.events = events;
    }

    /** The segments in their order. */
    List<Segment> segments(boolean durable) throws IOException {
        List<Segment> segments = new ArrayList<>();
        for (String name : files.list(folder)) {
            Segment segment = Segment.named(folder, name);
            if (segment != null) {
                segments.add(segment);
            }
        }
        segments.sort(Comparator.comparingLong(Segment::first).thenComparingInt(Segment::attempt));
        for (Segment segment : segments) {
            inspect(segment, durable);
        }
        for (int i = 0; i + 1 < segments.size(); i++) {
            Segment segment = segments.get(i);
            long limit = segments.get(i + 1).first();
            if (segment.end() > limit) {
                segment.commit(segment.extent().bytes(), limit);
            }
        }
        return segments;
    }

    private void inspect(Segment segment, boolean durable) throws IOException {
        try (FileAccess.OpenFile file = durable ? files.openForWriting(segment.file()) : files.open(segment.file())) {
            Footer footer = Footer.read(file);
            if (footer != null && footer.first() == segment.first()) {
                segment.begun(footer.begun());
                segment.commit(file.size(), footer.end());
                segment.seal();
                return;
            }
            scan(segment, file);
            if (durable) {
                file.force(); // what is there is what counts from now on
            }
        } catch (IOException e) {
            throw new IOException("journal segment " + segment.file() + ": " + e.getMessage(), e);
        }
    }

    private void scan(Segment segment, FileAccess.OpenFile file) throws IOException {
        RecordScanner scanner = new RecordScanner(file);
        long size = file.size();
        long end = segment.first();
        while (scanner.next(size)) {
            RecordHeader header = scanner.header();
            if (segment.begun() == 0) {
                segment.begun(header.written);
            }
            end = Math.max(end, header.end());
        }
        segment.commit(scanner.nextOffset(), end);
        long rest = size - scanner.nextOffset();
        if (rest > 0) {
            events.damage(segment.name(), 0, rest + " bytes at the end are no whole record, and were cut off");
        }
    }
}

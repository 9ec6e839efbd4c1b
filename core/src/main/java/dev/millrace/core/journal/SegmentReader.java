package dev.millrace.core.journal;

import dev.millrace.core.journal.JournalReader.Entry;
import java.io.IOException;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/** Reads the batches of one segment in order, as far as it is committed. Not thread-safe. */
final class SegmentReader implements AutoCloseable {
    private final Segment segment;
    private final Damages damages;
    private final FileAccess.OpenFile file;
    private final RecordScanner scanner;
    private final Descriptions descriptions = new Descriptions();
    private final BatchDecoder decoder = new BatchDecoder(descriptions);
    private final ArrayDeque<Entry> ready = new ArrayDeque<>();
    private final boolean allDescribed;
    private long position;

    /** A reader that begins with the batch that holds the item {@code position}. Closes {@code file} with itself. */
    SegmentReader(Segment segment, FileAccess.OpenFile file, long position, Damages damages) throws IOException {
        this.segment = segment;
        this.file = file;
        this.position = position;
        this.damages = damages;
        this.scanner = new RecordScanner(file);
        this.allDescribed = segment.sealed() && readSealedDictionary();
        scanner.seek(0);
    }

    Segment segment() {
        return segment;
    }

    /** The number behind the last item that was given out or is lost. */
    long position() {
        Entry waiting = ready.peek();
        return waiting == null ? position : waiting.firstItem();
    }

    /** The next batch, or null where nothing more is committed. */
    @Nullable
    Entry next() throws IOException {
        while (ready.isEmpty()) {
            Segment.Extent extent = segment.extent();
            if (position >= extent.end()) {
                return null;
            }
            if (!scanner.next(extent.bytes())) {
                lost(extent.end(), scanner.nextOffset(), "no record can be found behind offset ");
                return null;
            }
            read(scanner.header());
        }
        return ready.poll();
    }

    private void read(RecordHeader header) throws IOException {
        if (scanner.unreadable() > 0) {
            damages.lost(
                    segment,
                    scanner.offset() - 1,
                    0,
                    scanner.unreadable() + " bytes before offset " + scanner.offset() + " are no record");
        }
        RecordKind kind = header.knownKind();
        if (kind == RecordKind.DICTIONARY) {
            if (!allDescribed) {
                readDictionary();
            }
            return;
        }
        if (header.items == 0 || header.end() <= position) {
            if (header.items == 0 && kind == null) {
                damages.skipped(segment, scanner.offset(), header.kind, 0);
            }
            return;
        }
        if (header.first > position) {
            lost(header.first, -position - 1, "records are missing before offset ");
        }
        if (kind == RecordKind.METRICS || kind == RecordKind.LOGS || kind == RecordKind.SPANS) {
            readBatch(kind, header);
        } else {
            damages.skipped(segment, scanner.offset(), header.kind, header.items);
        }
        position = Math.max(position, header.end());
    }

    private void readBatch(RecordKind kind, RecordHeader header) throws IOException {
        PayloadInput payload = scanner.payload();
        if (payload == null) {
            lost(header.end(), scanner.offset(), "the payload is damaged at offset ");
            return;
        }
        try {
            int missing = decoder.decode(kind, header, payload, ready);
            if (missing > 0) {
                damages.lost(
                        segment, scanner.offset(), missing, "descriptions are missing at offset " + scanner.offset());
            }
        } catch (MalformedPayloadException | IllegalArgumentException e) {
            lost(header.end(), scanner.offset(), e.getMessage() + " at offset ");
        }
    }

    private void lost(long to, long place, String message) {
        damages.lost(segment, place, to - position, message + scanner.offset());
        position = to;
    }

    /* False where descriptions are lost: then those between the records are read as well. */
    private boolean readSealedDictionary() throws IOException {
        Footer footer = Footer.read(file);
        if (footer == null) {
            return false;
        }
        long expected = footer.dictionary();
        scanner.seek(expected);
        boolean complete = true;
        while (scanner.next(file.size()) && scanner.header().knownKind() != RecordKind.FOOTER) {
            complete &= scanner.unreadable() == 0 && readDictionary();
        }
        return complete && scanner.unreadable() == 0;
    }

    private boolean readDictionary() throws IOException {
        PayloadInput payload = scanner.payload();
        if (payload == null) {
            damages.lost(segment, scanner.offset(), 0, "descriptions are damaged at offset " + scanner.offset());
            return false;
        }
        try {
            descriptions.read(payload);
            return true;
        } catch (MalformedPayloadException | IllegalArgumentException e) {
            damages.lost(segment, scanner.offset(), 0, e.getMessage() + " at offset " + scanner.offset());
            return false;
        }
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}

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
    private final GroupRule rule;
    private final boolean allDescribed;
    private long position;

    /** A reader that begins with the batch that holds the item {@code position}. Closes {@code file} with itself. */
    SegmentReader(Segment segment, FileAccess.OpenFile file, long position, Damages damages) throws IOException {
        this.segment = segment;
        this.file = file;
        this.position = position;
        this.damages = damages;
        this.scanner = new RecordScanner(file);
        boolean sealed = segment.sealed();
        this.rule = new GroupRule(sealed);
        if (sealed) {
            scanner.committed();
        }
        this.allDescribed = sealed && readSealedDictionary();
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
                damages.lost(
                        segment,
                        new DamagedBytes.Range(file, scanner.nextOffset(), extent.bytes()),
                        position,
                        extent.end(),
                        "no record can be found behind offset " + scanner.nextOffset());
                position = extent.end();
                return null;
            }
            read(scanner.header());
        }
        return ready.poll();
    }

    private void read(RecordHeader header) throws IOException {
        if (scanner.unreadable() > 0 || header.first > position) {
            passOver(header);
        }
        if (header.first >= segment.end()) {
            return; // the next segment has items of these numbers, and counts
        }
        rule.met(scanner);
        RecordKind kind = header.knownKind();
        if (kind == RecordKind.DICTIONARY) {
            if (!allDescribed) {
                readDictionary();
            }
            return;
        }
        if (kind == RecordKind.GROUP) {
            readGroup(header);
            return;
        }
        if ((kind == RecordKind.STATE || kind == RecordKind.SEGMENT)
                && header.length > 0
                && scanner.payload() == null) {
            damaged(record(), "states of components at offset " + scanner.offset() + " are damaged");
        }
        if (header.items == 0 || header.end() <= position) {
            if (header.items == 0 && kind == null) {
                damages.skipped(segment, scanner.offset(), header.kind, 0);
            }
            return;
        }
        if (kind == RecordKind.METRICS || kind == RecordKind.LOGS || kind == RecordKind.SPANS) {
            readBatch(kind, header);
        } else {
            damages.skipped(segment, scanner.offset(), header.kind, header.items);
        }
        position = Math.max(position, header.end());
    }

    /* What lies before a record and is none, with the items that should be there. */
    private void passOver(RecordHeader header) {
        long from = scanner.offset() - scanner.unreadable();
        long to = Math.min(header.first, segment.end());
        damages.lost(
                segment,
                new DamagedBytes.Range(file, from, scanner.offset()),
                position,
                to,
                scanner.unreadable() > 0
                        ? scanner.unreadable() + " bytes at offset " + from + " are no record"
                        : "records are missing before offset " + from);
        position = Math.max(position, to);
    }

    private void readGroup(RecordHeader header) throws IOException {
        if (rule.counts(scanner, segment.extent().bytes())) {
            scanner.enter();
        } else if (header.end() > position) {
            lost(
                    header.end(),
                    "the group of records at offset " + scanner.offset()
                            + (scanner.payload() == null
                                    ? " is damaged"
                                    : " may need descriptions that are lost, and was not forced; it counts as lost"));
        }
    }

    private void readBatch(RecordKind kind, RecordHeader header) throws IOException {
        PayloadInput payload = scanner.payload();
        if (payload == null) {
            lost(header.end(), "the payload of the record at offset " + scanner.offset() + " is damaged");
            return;
        }
        try {
            int missing = decoder.decode(kind, header, payload, ready);
            if (missing > 0) {
                damages.lost(
                        segment,
                        scanner.offset(),
                        missing,
                        "descriptions that the record at offset " + scanner.offset() + " needs are lost");
            }
        } catch (MalformedPayloadException | IllegalArgumentException e) {
            lost(header.end(), "the record at offset " + scanner.offset() + " is damaged: " + e.getMessage());
        }
    }

    /* Items of the current record. */
    private void lost(long to, String message) {
        damages.lost(segment, record(), position, to, message);
        position = to;
    }

    private DamagedBytes.Range record() {
        return new DamagedBytes.Range(file, scanner.offset(), scanner.nextOffset());
    }

    /* False where descriptions are lost: then those between the records are read as well. */
    private boolean readSealedDictionary() throws IOException {
        Footer footer = Footer.read(file);
        if (footer == null) {
            return false;
        }
        scanner.seek(footer.dictionary());
        boolean complete = true;
        while (scanner.next(file.size())) {
            if (scanner.unreadable() > 0) {
                complete = false;
                long from = scanner.offset() - scanner.unreadable();
                damaged(
                        new DamagedBytes.Range(file, from, scanner.offset()),
                        scanner.unreadable() + " bytes of the sealed dictionary, at offset " + from
                                + ", are no record");
            }
            if (scanner.header().knownKind() == RecordKind.FOOTER) {
                break;
            }
            complete &= scanner.header().knownKind() == RecordKind.STATE || readDictionary();
        }
        return complete;
    }

    private boolean readDictionary() throws IOException {
        PayloadInput payload = scanner.payload();
        if (payload == null) {
            damaged(record(), "descriptions at offset " + scanner.offset() + " are damaged");
            return false;
        }
        try {
            descriptions.read(payload);
            return true;
        } catch (MalformedPayloadException | IllegalArgumentException e) {
            damaged(record(), "descriptions at offset " + scanner.offset() + " are damaged: " + e.getMessage());
            return false;
        }
    }

    /* It costs no items by itself. */
    private void damaged(DamagedBytes.Range range, String message) {
        damages.lost(segment, range, 0, 0, message);
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}

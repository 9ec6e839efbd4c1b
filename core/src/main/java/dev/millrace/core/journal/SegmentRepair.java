package dev.millrace.core.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Finds the records of a segment that are damaged, and writes a file of the others in its place. Used once.
 *
 * <p>Records are copied as they are, so that those of a later version stay; of a damaged group, each into a group of its
 * own. Where a part of the sealed dictionary is
 * damaged, the rest of it goes to the front, and the segment is no longer a sealed one.
 */
final class SegmentRepair {
    private final FileAccess files;
    private final Segment segment;
    private final List<Part> whole = new ArrayList<>();
    private final List<Part> damaged = new ArrayList<>();
    private @Nullable Footer footer;
    private long written;

    /** A record, or bytes that are none. */
    private record Part(@Nullable RecordKind kind, boolean grouped, long from, long to, String message) {}

    SegmentRepair(FileAccess files, Segment segment) {
        this.files = files;
        this.segment = segment;
    }

    private void find(FileAccess.OpenFile file) throws IOException {
        footer = Footer.read(file);
        RecordScanner scanner = new RecordScanner(file);
        GroupRule rule = new GroupRule(footer != null);
        if (footer != null) {
            scanner.committed();
        }
        long size = file.size();
        while (scanner.next(size)) {
            addUnreadable(scanner.offset() - scanner.unreadable(), scanner.offset());
            RecordKind kind = scanner.header().knownKind();
            boolean grouped = scanner.header().grouped;
            String message = "the record at offset " + scanner.offset() + " is damaged";
            rule.met(scanner);
            boolean counts = kind != RecordKind.GROUP || rule.counts(scanner, size);
            if (counts && scanner.payload() != null) {
                whole.add(new Part(kind, grouped, scanner.offset(), scanner.nextOffset(), message));
            } else if (counts && kind == RecordKind.GROUP) {
                damaged.add(new Part(kind, grouped, scanner.offset(), scanner.offset() + RecordHeader.SIZE, message));
                scanner.enter(); // the records in it speak for themselves
            } else {
                damaged.add(new Part(kind, grouped, scanner.offset(), scanner.nextOffset(), message));
            }
        }
        addUnreadable(scanner.nextOffset(), size);
    }

    private void addUnreadable(long from, long to) {
        if (from < to) {
            damaged.add(new Part(null, false, from, to, (to - from) + " bytes at offset " + from + " are no record"));
        }
    }

    /** Tells of damage that was not told before: of records that cost no items. */
    void report(Damages damages) throws IOException {
        try (FileAccess.OpenFile file = files.open(segment.file())) {
            find(file);
            for (Part part : damaged) {
                if (part.from() < segment.extent().bytes() && part.kind() != RecordKind.FOOTER) {
                    damages.lost(segment, new DamagedBytes.Range(file, part.from(), part.to()), 0, 0, part.message());
                }
            }
        }
    }

    /** Writes the segment anew, durably; false where nothing of it is damaged. */
    boolean run() throws IOException {
        try (FileAccess.OpenFile source = files.open(segment.file())) {
            find(source);
            if (damaged.isEmpty()) {
                return false;
            }
            Path folder = Objects.requireNonNull(segment.file().getParent());
            Path draft = folder.resolve(segment.name() + ".new");
            files.delete(draft);
            try (FileAccess.OpenFile target = files.create(draft)) {
                write(source, target);
                target.force();
            }
            files.rename(draft, segment.file());
            files.forceFolder(folder);
            return true;
        }
    }

    private void write(FileAccess.OpenFile source, FileAccess.OpenFile target) throws IOException {
        Footer end = footer;
        boolean sealed = end != null && damaged.stream().noneMatch(part -> part.from() >= end.dictionary());
        RecordScanner scanner = new RecordScanner(source);
        boolean any = scanner.next(source.size());
        long time = any ? scanner.header().written : 0;
        PayloadOutput out = new PayloadOutput();
        RecordOutput records = new RecordOutput(out, any ? scanner.header().stamp : 0);
        List<Part> dictionary = new ArrayList<>();
        List<Part> others = new ArrayList<>();
        for (Part part : whole) {
            boolean atEnd = end != null && part.from() >= end.dictionary();
            if (part.kind() == RecordKind.SEALED_DICTIONARY || sealed && atEnd && part.kind() != RecordKind.FOOTER) {
                dictionary.add(part);
            } else if (!atEnd && part.kind() != RecordKind.FOOTER) {
                others.add(part);
            }
        }
        for (Part part : others) {
            if (part.kind() == RecordKind.SEGMENT) {
                copy(source, part, target);
            }
        }
        for (Part part : sealed ? List.<Part>of() : dictionary) {
            ByteBuffer payload = bytes(source, part.from() + RecordHeader.SIZE, part.to());
            records.begin(RecordKind.DICTIONARY, segment.first(), 0, time);
            put(payload, out);
            records.end();
            flush(out, target);
        }
        for (Part part : others) {
            if (part.grouped()) {
                ByteBuffer record = bytes(source, part.from(), part.to());
                RecordHeader header = new RecordHeader();
                header.read(record.array(), record.arrayOffset());
                records.beginGroup(header.first, header.items);
                put(record, out);
                records.endGroup(header.written, false);
                flush(out, target);
            } else if (part.kind() != RecordKind.SEGMENT) {
                copy(source, part, target);
            }
        }
        if (sealed) {
            long start = written;
            for (Part part : dictionary) {
                copy(source, part, target);
            }
            Footer moved = Objects.requireNonNull(end);
            new Footer(moved.first(), moved.end(), moved.begun(), start).write(records, time);
            flush(out, target);
        }
    }

    private void copy(FileAccess.OpenFile source, Part part, FileAccess.OpenFile target) throws IOException {
        ByteBuffer bytes = bytes(source, part.from(), part.to());
        int length = bytes.remaining();
        target.write(bytes, written);
        written += length;
    }

    private static void put(ByteBuffer bytes, PayloadOutput out) {
        int at = out.size();
        out.skip(bytes.remaining());
        out.toBuffer().position(at).put(bytes);
    }

    private void flush(PayloadOutput out, FileAccess.OpenFile target) throws IOException {
        target.write(out.toBuffer(), written);
        written += out.size();
        out.clear();
    }

    private static ByteBuffer bytes(FileAccess.OpenFile source, long from, long to) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate((int) (to - from));
        while (bytes.hasRemaining() && source.read(bytes, from + bytes.position()) >= 0) {
            // goes on where the read ended
        }
        return bytes.flip();
    }
}

package dev.millrace.core.journal;

import dev.millrace.spi.event.EventBatch;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;

/**
 * The segment that is open for appending. Used by the journal's own thread only.
 *
 * <p>Batches are gathered in the output and written together. After any exception the segment cannot be continued: what
 * the output or the file then hold beyond the last commit counts for nothing, because the next segment begins there.
 */
final class SegmentWriter {
    private final Segment segment;
    private final FileAccess.OpenFile file;
    private final PayloadOutput out;
    private final BatchEncoder encoder;
    private long size;
    private long beginning;

    private SegmentWriter(Segment segment, FileAccess.OpenFile file, PayloadOutput out) {
        this.segment = segment;
        this.file = file;
        this.out = out;
        this.encoder = new BatchEncoder(out, ThreadLocalRandom.current().nextInt());
    }

    /**
     * Creates a segment that begins at an item, at its {@code leastAttempt}-th beginning or a later one, and with the states
     * of all components; it is durable when this returns, unless {@code forced} is false.
     */
    static SegmentWriter create(
            FileAccess files,
            Path folder,
            long first,
            int leastAttempt,
            Map<String, byte[]> states,
            long now,
            PayloadOutput out,
            boolean forced)
            throws IOException {
        for (int attempt = leastAttempt; ; attempt++) {
            Segment segment = Segment.of(folder, first, attempt);
            FileAccess.OpenFile file;
            try {
                file = files.create(segment.file());
            } catch (FileAlreadyExistsException e) {
                continue; // begun before, and failed or cut off
            }
            SegmentWriter writer = new SegmentWriter(segment, file, out);
            try {
                writer.begin(states, now);
                if (forced) {
                    file.force();
                    files.forceFolder(folder);
                }
                return writer;
            } catch (IOException e) {
                writer.discard(files, e);
                throw e;
            }
        }
    }

    private void begin(Map<String, byte[]> states, long now) throws IOException {
        segment.begun(now);
        out.clear();
        encoder.records().begin(RecordKind.SEGMENT, segment.first(), 0, now);
        if (!states.isEmpty()) {
            StatePayload.write(out, states);
        }
        encoder.records().end();
        write();
        beginning = size;
        segment.commit(size, segment.first());
        segment.tellStates();
    }

    Segment segment() {
        return segment;
    }

    /** The size of what is written. */
    long size() {
        return size;
    }

    /** Whether nothing is committed in it. */
    boolean isUnused() {
        return segment.extent().bytes() == beginning;
    }

    /** The size of all that every segment needs of its own: what is described, and the states it began with. */
    long dictionaryBytes() {
        return encoder.dictionary().bytes() + beginning - RecordHeader.SIZE;
    }

    /** Begins a group of so many items; what is put into the output up to {@link #endGroup} counts together. */
    void beginGroup(long first, int items) {
        encoder.records().beginGroup(first, items);
    }

    /** Ends the group with the states that changed; {@code unforced} is whether nobody forces it after its write. */
    void endGroup(Map<String, byte[]> states, long end, long now, boolean unforced) {
        if (!states.isEmpty()) {
            writeStates(states, end, now);
        }
        encoder.records().endGroup(now, unforced);
    }

    private void writeStates(Map<String, byte[]> states, long item, long now) {
        StatePayload.write(encoder.records().begin(RecordKind.STATE, item, 0, now), states);
        encoder.records().end();
    }

    /** Puts a batch into the output. Returns the estimated memory of labels that are not the dictionary's own. */
    long encode(EventBatch batch, long first, long now) {
        encoder.encode(batch, first, now);
        return encoder.dictionary().takeForeignBytes();
    }

    /** Writes the output, all at once, and empties it. Readers don't see it before {@link Segment#commit}. */
    void write() throws IOException {
        file.write(out.toBuffer(), size);
        size += out.size();
        out.clear();
    }

    void force() throws IOException {
        file.force();
    }

    /** Ends the segment with the states of all components, its dictionary and its footer, and closes the file. */
    void seal(Map<String, byte[]> states, long now, boolean forced) throws IOException {
        try (file) {
            out.clear();
            long end = segment.end();
            long dictionary = size;
            if (!states.isEmpty()) {
                writeStates(states, end, now);
            }
            encoder.dictionary().writeAll(encoder.records(), end, now);
            new Footer(segment.first(), end, segment.begun(), dictionary).write(encoder.records(), now);
            write();
            if (forced) {
                file.force();
            }
            segment.commit(size, end);
            segment.seal();
        }
    }

    /** Closes the file as it is, because of {@code cause}. */
    void close(Throwable cause) {
        try {
            file.close();
        } catch (IOException e) {
            cause.addSuppressed(e);
        }
    }

    private void discard(FileAccess files, IOException cause) {
        close(cause);
        try {
            files.delete(segment.file());
        } catch (IOException e) {
            cause.addSuppressed(e);
        }
    }
}

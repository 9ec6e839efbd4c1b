package dev.millrace.core.journal;

import dev.millrace.core.journal.JournalReader.Entry;
import dev.millrace.spi.event.EventBatch;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads the dead letters of one file in their order, also while it is written. Not thread-safe.
 *
 * <p>A letter whose rows are not all there, because the file is damaged or was torn by a crash, is given with those that
 * are, and the others are counted.
 */
public final class DeadLetterReader implements AutoCloseable {
    private final FileAccess.OpenFile file;
    private final RecordScanner scanner;
    private final long limit;
    private final Descriptions descriptions = new Descriptions();
    private final BatchDecoder decoder = new BatchDecoder(descriptions);
    private DeadLetterPayload.@Nullable Opening opening;
    private boolean ended;
    private long missing;

    private DeadLetterReader(FileAccess.OpenFile file) throws IOException {
        this.file = file;
        this.scanner = new RecordScanner(file);
        this.limit = file.size();
    }

    /** A reader of a file, as far as it is written by now. */
    public static DeadLetterReader open(FileAccess files, Path file) throws IOException {
        FileAccess.OpenFile opened = files.open(file);
        try {
            return new DeadLetterReader(opened);
        } catch (IOException e) {
            opened.close();
            throw e;
        }
    }

    /** Whether a file is named as those of dead letters are. */
    public static boolean isNamed(String name) {
        return DeadLetterFile.Name.of(name) != null;
    }

    /** How many rows a file holds, by the headers of its records. */
    static long items(FileAccess.OpenFile file) throws IOException {
        RecordScanner scanner = new RecordScanner(file);
        long size = file.size();
        long items = 0;
        while (scanner.next(size)) {
            items += scanner.header().items;
        }
        return items;
    }

    /** The next letter, or null where there is none. */
    public @Nullable DeadLetter next() throws IOException {
        List<EventBatch> batches = new ArrayList<>();
        while (!ended) {
            if (!scanner.next(limit)) {
                ended = true;
                break;
            }
            if (scanner.header().knownKind() == RecordKind.DEAD_LETTER) {
                DeadLetter letter = finished(batches);
                opening = opening();
                if (letter != null) {
                    return letter;
                }
                batches.clear();
            } else {
                read(batches);
            }
        }
        DeadLetter last = finished(batches);
        opening = null;
        return last;
    }

    private @Nullable DeadLetter finished(List<EventBatch> batches) {
        if (opening == null) {
            return null;
        }
        DeadLetter head = opening.letter();
        DeadLetter letter =
                new DeadLetter(head.time(), head.flusher(), head.status(), head.answer(), head.delivered(), batches);
        missing += Math.max(0, opening.items() - letter.items());
        return letter;
    }

    private DeadLetterPayload.@Nullable Opening opening() throws IOException {
        PayloadInput payload = scanner.payload();
        try {
            return payload == null
                    ? null
                    : DeadLetterPayload.read(payload, scanner.header().first, scanner.header().written);
        } catch (MalformedPayloadException e) {
            return null; // its rows are counted as missing when they come
        }
    }

    private void read(List<EventBatch> batches) throws IOException {
        RecordHeader header = scanner.header();
        RecordKind kind = header.knownKind();
        PayloadInput payload = scanner.payload();
        // Rows behind those of the letter are of one whose beginning is damaged. Else the letter knows how many it has.
        boolean orphaned = header.items > 0 && (opening == null || header.first >= opening.end());
        if (orphaned) {
            missing += header.items;
            return;
        }
        if (payload == null || kind == null) {
            return;
        }
        try {
            if (kind == RecordKind.DICTIONARY) {
                descriptions.read(payload);
            } else if (kind == RecordKind.METRICS || kind == RecordKind.LOGS || kind == RecordKind.SPANS) {
                ArrayDeque<Entry> entries = new ArrayDeque<>();
                decoder.decode(kind, header, payload, entries);
                entries.forEach(entry -> batches.add(entry.batch()));
            }
        } catch (MalformedPayloadException | IllegalArgumentException e) {
            // The letter knows how many rows it should have, and those that are not there are counted as missing.
        }
    }

    /** How many rows of the letters so far are missing. */
    public long missing() {
        return missing;
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}

package dev.millrace.core.journal;

import dev.millrace.spi.event.EventBatch;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Path;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The file of dead letters that is open for appending. It is readable by itself, and made of the records of a segment:
 *
 * <pre>
 *   SEGMENT       once
 *   then for each letter
 *   DEAD_LETTER   {@link DeadLetterPayload}
 *   DICTIONARY    before a batch that is the first to use a description    {@link DictionaryPayload}
 *   METRICS, LOGS or SPANS   batches, until the letter has all its rows
 * </pre>
 *
 * <p>Items are numbered from 0 in each file. Its name is when it was begun, in milliseconds since the epoch, in sixteen
 * digits, a number that tells files of one millisecond apart, and {@code .letters}. After an exception it cannot be
 * continued; what was written before stays readable. Not thread-safe.
 */
final class DeadLetterFile {
    private static final Pattern NAME = Pattern.compile("([0-9]{16})-([0-9]{1,9})\\.letters");

    private final Name name;
    private final FileAccess.OpenFile file;
    private final PayloadOutput out = new PayloadOutput();
    private final BatchEncoder encoder =
            new BatchEncoder(out, ThreadLocalRandom.current().nextInt());
    private long size;
    private long items;

    /**
     * The name of a file, which orders files by age.
     *
     * @param begun when it was begun, in milliseconds since the epoch
     * @param number which of that millisecond
     */
    record Name(long begun, int number) implements Comparable<Name> {
        /** The name, or null where {@code text} is not that of such a file. */
        static @Nullable Name of(String text) {
            Matcher matcher = NAME.matcher(text);
            return matcher.matches()
                    ? new Name(Long.parseLong(matcher.group(1)), Integer.parseInt(matcher.group(2)))
                    : null;
        }

        @Override
        public int compareTo(Name other) {
            int byTime = Long.compare(begun, other.begun);
            return byTime != 0 ? byTime : Integer.compare(number, other.number);
        }

        @Override
        public String toString() {
            return String.format("%016d-%d.letters", begun, number);
        }
    }

    private DeadLetterFile(Name name, FileAccess.OpenFile file) {
        this.name = name;
        this.file = file;
        encoder.records().begin(RecordKind.SEGMENT, 0, 0, name.begun());
        encoder.records().end();
    }

    /** Creates a file, which is empty until something is written. */
    static DeadLetterFile create(FileAccess files, Path folder, long now) throws IOException {
        Name name = new Name(now, 0);
        while (true) {
            try {
                return new DeadLetterFile(name, files.create(folder.resolve(name.toString())));
            } catch (FileAlreadyExistsException e) {
                name = new Name(now, name.number() + 1);
            }
        }
    }

    Name name() {
        return name;
    }

    /** The size of what is written. */
    long size() {
        return size;
    }

    /** The size of what is not written yet. */
    int pending() {
        return out.size();
    }

    /** Adds a letter to what is not written yet. */
    void add(DeadLetter letter) {
        DeadLetterPayload.write(encoder.records().begin(RecordKind.DEAD_LETTER, items, 0, letter.time()), letter);
        encoder.records().end();
        for (EventBatch batch : letter.batches()) {
            encoder.encode(batch, items, letter.time());
            items += batch.size();
        }
    }

    void write() throws IOException {
        file.write(out.toBuffer(), size);
        size += out.size();
        out.clear();
    }

    void force() throws IOException {
        file.force();
    }

    void close() throws IOException {
        file.close();
    }
}

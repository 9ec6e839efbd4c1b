package dev.millrace.core.journal;

import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The dead letters of one flusher: files in a folder, one for each letter, bounded in number, size and age, of which the
 * oldest goes first. Thread-safe.
 *
 * <p>What cannot be written is lost, and counted: a full disk is no reason to stop delivering. Files may be deleted from
 * outside at any time; one that cannot be deleted is no reason not to write.
 */
public final class DeadLetterFolder {
    private static final int MOST_FILES = 10_000;

    private final Object lock = new Object();
    private final FileAccess files;
    private final Path folder;
    private final long maxBytes;
    private final long maxAge;
    private final boolean forced;
    private final TreeMap<DeadLetterFile.Name, Long> sizes = new TreeMap<>();
    private final List<DeadLetter> waiting = new ArrayList<>();
    private @Nullable IOException trouble;
    private boolean listed;
    private long bytes;
    private long kept;
    private long lost;
    private long deleted;
    private volatile Counts counts = Counts.NONE;

    /**
     * What became of rejected items, since the process started.
     *
     * @param kept items written
     * @param lost items that could not be written
     * @param deleted items deleted because of their age, or because there was no room
     * @param bytes how large the files are, in all
     */
    public record Counts(long kept, long lost, long deleted, long bytes) {
        /** Nothing. */
        public static final Counts NONE = new Counts(0, 0, 0, 0);
    }

    /**
     * The letters in a folder, which need not exist.
     *
     * @param files the file system
     * @param folder the folder, of this flusher alone
     * @param maxBytes how large all files may be together; 0: nothing is kept
     * @param maxAge how long a letter is kept
     * @param forced whether letters survive a loss of power
     */
    public DeadLetterFolder(FileAccess files, Path folder, long maxBytes, Duration maxAge, boolean forced) {
        this.files = files;
        this.folder = folder;
        this.maxBytes = maxBytes;
        this.maxAge = maxAge.toMillis();
        this.forced = forced;
    }

    /** The folder of a flusher's dead letters, in the folder of a journal; its name is that of the flusher, as in an address. */
    public static Path of(Path journal, String flusher) {
        return journal.resolve("dead-letters").resolve(URLEncoder.encode(flusher, StandardCharsets.UTF_8));
    }

    /** Has a letter written with the next {@link #write}. */
    public void add(DeadLetter letter) {
        synchronized (lock) {
            if (maxBytes > 0) {
                waiting.add(letter);
            }
        }
    }

    /**
     * Writes the letters that were added, and makes them durable, where that is wanted.
     *
     * @param now the time, in milliseconds since the epoch
     * @throws IOException if one could not be written; it is lost and counted, and the others are written
     */
    public void write(long now) throws IOException {
        synchronized (lock) {
            if (waiting.isEmpty()) {
                return;
            }
            List<DeadLetter> letters = new ArrayList<>(waiting);
            waiting.clear();
            try {
                writeAll(letters, now);
            } finally {
                publish();
            }
        }
    }

    private void writeAll(List<DeadLetter> letters, long now) throws IOException {
        IOException failure = null;
        for (DeadLetter letter : letters) {
            try {
                list();
                write(letter, now);
                kept += letter.items();
            } catch (IOException | IllegalArgumentException e) { // the latter: more than a payload can hold
                lost += letter.items();
                failure = failure == null ? new IOException(e.getMessage(), e) : failure;
                failure = e instanceof DiskFullException full ? full : failure;
            }
        }
        if (forced) {
            files.forceFolder(folder);
        }
        if (failure != null) {
            throw failure;
        }
    }

    private void write(DeadLetter letter, long now) throws IOException {
        files.createFolder(folder);
        DeadLetterFile file = DeadLetterFile.create(files, folder, now);
        boolean written = false;
        try {
            file.add(letter);
            makeRoom(file.pending());
            if (file.pending() > maxBytes) {
                throw new IOException("a request of " + file.pending() + " bytes (expected: at most " + maxBytes
                        + ", see DeadLetters.MaxBytes)");
            }
            file.write();
            if (forced) {
                file.force();
            }
            sizes.put(file.name(), file.size());
            bytes += file.size();
            written = true;
        } finally {
            file.close();
            if (!written) {
                files.delete(folder.resolve(file.name().toString()));
            }
        }
    }

    private void makeRoom(long size) {
        while (!sizes.isEmpty() && (bytes + size > maxBytes || sizes.size() >= MOST_FILES)) {
            delete(sizes.firstKey());
        }
    }

    /** The names of the files, the oldest first. */
    public List<String> names() throws IOException {
        synchronized (lock) {
            listed = false;
            list();
            publish();
            return sizes.keySet().stream().map(DeadLetterFile.Name::toString).toList();
        }
    }

    /**
     * What a file holds.
     *
     * @param letters the letters that can be read
     * @param damaged how many items cannot, as far as that is known
     */
    public record Stored(List<DeadLetter> letters, long damaged) {
        public Stored {
            letters = List.copyOf(letters);
        }

        /** Whether none of its items can be read. */
        public boolean isUnreadable() {
            return letters.stream().allMatch(letter -> letter.items() == 0);
        }
    }

    /** What a file holds; null where it is gone. */
    public @Nullable Stored read(String name) throws IOException {
        List<DeadLetter> letters = new ArrayList<>();
        try (DeadLetterReader reader = DeadLetterReader.open(files, folder.resolve(name))) {
            for (DeadLetter letter = reader.next(); letter != null; letter = reader.next()) {
                letters.add(letter);
            }
            return new Stored(letters, reader.missing());
        } catch (NoSuchFileException e) {
            return null;
        }
    }

    /**
     * Copies a file in which something is damaged to where other damaged bytes are, and says so as the end of a sentence.
     * The copy is as durable as a letter.
     *
     * @throws IOException if that failed; then the file must stay
     */
    public String keepDamaged(String name) throws IOException {
        Path journal = folder.resolve("../..").normalize();
        try (FileAccess.OpenFile file = files.open(folder.resolve(name))) {
            String copy =
                    Objects.requireNonNull(folder.getFileName()) + "." + name; // others' letters have the same names
            return new DamagedBytes(files, journal).keepAll(copy, file, forced);
        }
    }

    /**
     * Puts other letters in the place of a file: they are durable before it is deleted, so that a kill at any moment loses
     * none. They take its room, so that nothing else goes for them; until it is deleted there is more than may be kept.
     *
     * @throws IOException if that failed; the file stays
     */
    public void replace(String name, List<DeadLetter> letters, long now) throws IOException {
        synchronized (lock) {
            list();
            long before = lost;
            DeadLetterFile.Name old = DeadLetterFile.Name.of(name);
            Long size = old == null ? null : sizes.remove(old); // what makes room must not find it
            bytes -= size == null ? 0 : size;
            try {
                if (!letters.isEmpty()) {
                    writeAll(letters, now);
                }
                files.delete(folder.resolve(name));
            } catch (IOException e) {
                lost = before; // they are still in the file
                if (old != null && size != null) {
                    sizes.put(old, size);
                    bytes += size;
                }
                throw e;
            } finally {
                publish();
            }
        }
    }

    /**
     * Deletes what is too old, and what there is no room for.
     *
     * @param now the time, in milliseconds since the epoch
     * @throws IOException if a file could not be read or deleted, now or to make room since it was called last; it is not
     *     tried again before the next call
     */
    public void trim(long now) throws IOException {
        synchronized (lock) {
            listed = listed && trouble != null;
            list();
            while (!sizes.isEmpty()) {
                DeadLetterFile.Name oldest = sizes.firstKey();
                if (bytes <= maxBytes && sizes.size() <= MOST_FILES && now - oldest.begun() <= maxAge) {
                    break;
                }
                delete(oldest);
            }
            publish();
            IOException failure = trouble;
            trouble = null;
            if (failure != null) {
                throw failure;
            }
        }
    }

    private void list() throws IOException {
        if (listed) {
            return;
        }
        files.createFolder(folder);
        sizes.clear();
        for (String text : files.list(folder)) {
            DeadLetterFile.Name name = DeadLetterFile.Name.of(text);
            if (name != null) {
                try (FileAccess.OpenFile file = files.open(folder.resolve(text))) {
                    sizes.put(name, file.size());
                } catch (NoSuchFileException e) {
                    sizes.remove(name); // somebody deleted it meanwhile
                }
            }
        }
        bytes = sizes.values().stream().mapToLong(Long::longValue).sum();
        listed = true;
    }

    private void delete(DeadLetterFile.Name name) {
        Long size = sizes.remove(name);
        bytes -= size == null ? 0 : size;
        Path path = folder.resolve(name.toString());
        try {
            deleted += items(path);
            files.delete(path);
        } catch (IOException e) {
            trouble = e;
        }
    }

    /* None where somebody else deleted the file. */
    private long items(Path path) throws IOException {
        try (FileAccess.OpenFile file = files.open(path)) {
            return DeadLetterReader.items(file);
        } catch (NoSuchFileException e) {
            return 0;
        }
    }

    private void publish() {
        counts = new Counts(kept, lost, deleted, bytes);
    }

    /** What became of the letters, before what is done to the files right now: it does not wait for that. */
    public Counts counts() {
        return counts;
    }
}

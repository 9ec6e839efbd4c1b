package dev.millrace.core.journal;

import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The dead letters of one flusher: files in a folder, bounded in size and age, of which the oldest goes first. Not
 * thread-safe.
 *
 * <p>A life of the process begins its own files, so that what a crash tore is never continued. Letters are gathered and
 * written together. What cannot be written is lost, and counted: a full disk is no reason to stop delivering. Files may be
 * deleted from outside at any time; one that cannot be deleted is no reason not to write.
 */
public final class DeadLetterFolder {
    private static final long LARGEST_FILE = 16L << 20;
    private static final int FILES = 8;
    private static final Duration LONGEST_OPEN = Duration.ofDays(1);

    private final FileAccess files;
    private final Path folder;
    private final long maxBytes;
    private final long maxAge;
    private final long openAge;
    private final boolean forced;
    private final TreeMap<DeadLetterFile.Name, Long> sizes = new TreeMap<>();
    private final List<DeadLetter> waiting = new ArrayList<>();
    private @Nullable DeadLetterFile open;
    private @Nullable IOException trouble;
    private boolean listed;
    private long bytes;
    private long kept;
    private long lost;
    private long deleted;

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
     * @param maxAge how long a letter is kept at least; up to an eighth longer, because files are deleted whole
     * @param forced whether letters survive a loss of power
     */
    public DeadLetterFolder(FileAccess files, Path folder, long maxBytes, Duration maxAge, boolean forced) {
        this.files = files;
        this.folder = folder;
        this.maxBytes = maxBytes;
        this.maxAge = maxAge.toMillis();
        this.openAge = Math.min(LONGEST_OPEN.toMillis(), this.maxAge / FILES);
        this.forced = forced;
    }

    /** The folder of a flusher's dead letters, in the folder of a journal; its name is that of the flusher, as in an address. */
    public static Path of(Path journal, String flusher) {
        return journal.resolve("dead-letters").resolve(URLEncoder.encode(flusher, StandardCharsets.UTF_8));
    }

    /** Has a letter written with the next {@link #write}. */
    public void add(DeadLetter letter) {
        if (maxBytes > 0) {
            waiting.add(letter);
        }
    }

    /**
     * Writes the letters that were added, and makes them durable, where that is wanted.
     *
     * @param now the time, in milliseconds since the epoch
     * @throws IOException if that failed; the letters are lost and counted, and those to come can be written again
     */
    public void write(long now) throws IOException {
        if (waiting.isEmpty()) {
            return;
        }
        long items = waiting.stream().mapToLong(DeadLetter::items).sum();
        boolean written = false;
        try {
            list();
            DeadLetterFile file = encoded(now);
            makeRoom(file);
            if (file.size() + file.pending() > maxBytes) {
                throw new IOException("a request of " + file.pending() + " bytes (expected: at most " + maxBytes
                        + ", see DeadLetters.MaxBytes)");
            }
            file.write();
            if (forced) {
                file.force();
            }
            account(file);
            written = true;
        } finally {
            waiting.clear();
            if (written) {
                kept += items;
            } else {
                lost += items;
                abandon();
            }
        }
    }

    /* The file to write to, with the letters encoded for it. */
    private DeadLetterFile encoded(long now) throws IOException {
        DeadLetterFile file = open;
        long largest = Math.min(LARGEST_FILE, maxBytes / FILES);
        if (file != null && (file.size() >= largest || now - file.name().begun() >= openAge)) {
            close();
            file = null;
        }
        if (file == null) {
            files.createFolder(folder);
            file = DeadLetterFile.create(files, folder, now);
            open = file;
            sizes.put(file.name(), 0L);
            if (forced) {
                files.forceFolder(folder);
            }
        }
        for (DeadLetter letter : waiting) {
            file.add(letter);
        }
        return file;
    }

    private void makeRoom(DeadLetterFile file) {
        while (bytes + file.pending() > maxBytes && !sizes.firstKey().equals(file.name())) {
            delete(sizes.firstKey());
        }
    }

    private void account(DeadLetterFile file) {
        Long before = sizes.put(file.name(), file.size());
        bytes += file.size() - (before == null ? 0 : before);
    }

    /**
     * Deletes what is too old, and what there is no room for.
     *
     * @param now the time, in milliseconds since the epoch
     * @throws IOException if a file could not be read or deleted, now or to make room since it was called last; it is not
     *     tried again before the next life
     */
    public void trim(long now) throws IOException {
        list();
        while (!sizes.isEmpty()) {
            DeadLetterFile.Name oldest = sizes.firstKey();
            if (bytes <= maxBytes && now - oldest.begun() < maxAge + openAge) {
                break;
            }
            if (open != null && open.name().equals(oldest)) {
                close();
            }
            delete(oldest);
        }
        IOException failure = trouble;
        trouble = null;
        if (failure != null) {
            throw failure;
        }
    }

    private void list() throws IOException {
        if (listed) {
            return;
        }
        files.createFolder(folder);
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

    /* What was written before stays; what comes next goes to another file. */
    private void abandon() throws IOException {
        DeadLetterFile file = open;
        if (file == null) {
            return;
        }
        open = null;
        try {
            file.close();
        } finally {
            if (file.size() == 0) {
                sizes.remove(file.name());
                files.delete(folder.resolve(file.name().toString()));
            }
        }
    }

    /** What became of the letters. */
    public Counts counts() {
        return new Counts(kept, lost, deleted, bytes);
    }

    /** Closes the file that is open; letters that come later go to another. */
    public void close() throws IOException {
        DeadLetterFile file = open;
        open = null;
        if (file != null) {
            file.close();
        }
    }
}

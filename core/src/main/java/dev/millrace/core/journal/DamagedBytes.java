package dev.millrace.core.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Copies of damaged bytes for a person to look at, because the files that held them are deleted one day. Thread-safe.
 *
 * <p>They are in {@code damaged/} beside the journal, in a file for each place: the name of the damaged file, a hyphen,
 * and the offset. All of them together are bounded; then the oldest segments' go first. What cannot be copied is no
 * reason to fail.
 */
final class DamagedBytes {
    /** The name of the folder. */
    static final String FOLDER = "damaged";

    private static final long MOST = 64L << 20;
    private static final int MOST_FILES = 1_000;
    private static final long LARGEST = 8L << 20;
    private static final int PART = 64 << 10;

    private final Object lock = new Object();
    private final FileAccess files;
    private final @Nullable Path folder;
    private final TreeMap<String, Long> kept = new TreeMap<>();
    private long keptBytes;
    private boolean listed;

    private DamagedBytes() {
        this.files = FileAccess.real();
        this.folder = null;
    }

    DamagedBytes(FileAccess files, Path journal) {
        this.files = files;
        this.folder = journal.resolve(FOLDER);
    }

    /** For those who only look: nothing is copied. */
    static DamagedBytes notKept() {
        return new DamagedBytes();
    }

    /** Which bytes of a file are meant. */
    record Range(FileAccess.OpenFile file, long from, long to) {}

    /** Copies bytes of a file, and says where they are, as the end of a sentence. */
    String keep(String file, Range range) {
        Path into = folder;
        long length = Math.min(range.to() - range.from(), LARGEST);
        if (length <= 0 || into == null) {
            return "";
        }
        String name = file + "-" + range.from();
        synchronized (lock) {
            try {
                list(into);
                if (!kept.containsKey(name)) {
                    add(into, name, new Range(range.file(), range.from(), range.from() + length));
                }
                return "; its bytes are in " + FOLDER + "/" + name;
            } catch (IOException e) {
                return "; its bytes could not be copied to " + FOLDER + "/" + name + ": " + e.getMessage();
            }
        }
    }

    /**
     * Copies all bytes of a file that is deleted afterwards, and says where they are, as the end of a sentence.
     *
     * @param forced whether the copy survives a loss of power
     * @throws IOException if that failed; then the file must stay
     */
    String keepAll(String file, FileAccess.OpenFile source, boolean forced) throws IOException {
        Path into = Objects.requireNonNull(folder);
        Range all = new Range(source, 0, Math.min(source.size(), MOST));
        String name = file + "-" + all.from();
        synchronized (lock) {
            list(into);
            Long before = kept.remove(name);
            keptBytes -= before == null ? 0 : before;
            files.delete(into.resolve(name)); // a kill may have cut it off
            add(into, name, all);
            if (forced) {
                try (FileAccess.OpenFile copy = files.openForWriting(into.resolve(name))) {
                    copy.force();
                }
                files.forceFolder(into);
                files.forceFolder(Objects.requireNonNull(into.getParent()));
            }
        }
        return "; its bytes are in " + FOLDER + "/" + name;
    }

    private void add(Path into, String name, Range range) throws IOException {
        long length = range.to() - range.from();
        makeRoom(into, length);
        copy(range.file(), range.from(), length, into.resolve(name));
        kept.put(name, length);
        keptBytes += length;
    }

    private void makeRoom(Path into, long length) throws IOException {
        while (!kept.isEmpty() && (keptBytes + length > MOST || kept.size() >= MOST_FILES)) {
            files.delete(into.resolve(kept.firstKey()));
            keptBytes -= kept.pollFirstEntry().getValue();
        }
    }

    /* What is there from before, once: nobody else adds to it. */
    private void list(Path into) throws IOException {
        if (!listed) {
            files.createFolder(into);
            kept.clear();
            for (String name : files.list(into)) {
                kept.put(name, size(into.resolve(name)));
            }
            keptBytes = kept.values().stream().mapToLong(Long::longValue).sum();
            listed = true;
        }
    }

    private long size(Path file) throws IOException {
        try (FileAccess.OpenFile open = files.open(file)) {
            return open.size();
        }
    }

    private void copy(FileAccess.OpenFile source, long from, long length, Path to) throws IOException {
        try (FileAccess.OpenFile target = files.create(to)) {
            for (long done = 0; done < length; ) {
                ByteBuffer part = ByteBuffer.allocate((int) Math.min(PART, length - done));
                if (source.read(part, from + done) < 0) {
                    return;
                }
                part.flip();
                int count = part.remaining();
                target.write(part, done);
                done += count;
            }
        } catch (IOException e) {
            files.delete(to);
            throw e;
        }
    }
}

package dev.millrace.core.delivery;

import dev.millrace.core.journal.FileAccess;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/** Files that remember where a segment was written last, so that a test can damage just that. */
final class RememberedFiles implements FileAccess {
    private final FileAccess files;
    private volatile Written last;
    private final AtomicLong usable = new AtomicLong(-1);
    private volatile boolean cursorFails;
    private volatile boolean deleteFails;
    private volatile boolean closeFails;
    private volatile boolean letterFails;
    private volatile boolean memoryFails;

    private record Written(Path file, long position, int length) {}

    RememberedFiles(FileAccess files) {
        this.files = files;
    }

    /** Flips bits in the middle of what was written to a segment last. */
    void damageLastWrite() throws IOException {
        Written damaged = last;
        try (OpenFile file = files.openForWriting(damaged.file)) {
            ByteBuffer one = ByteBuffer.allocate(1);
            long middle = damaged.position + damaged.length * 2L / 3;
            file.read(one, middle);
            one.put(0, (byte) ~one.get(0));
            file.write(one.flip(), middle);
        }
    }

    /** How much room the volume has from now on, and more when a segment is deleted. */
    void usableBytes(long bytes) {
        usable.set(bytes);
    }

    /** Whether writes of cursors fail from now on. */
    void failCursors(boolean fail) {
        cursorFails = fail;
    }

    /** Whether no file can be deleted from now on. */
    void failDeletes(boolean fail) {
        deleteFails = fail;
    }

    /** Whether files that were opened to be read cannot be closed in good order from now on. */
    void failCloses(boolean fail) {
        closeFails = fail;
    }

    /** Whether files of dead letters cannot be created from now on. */
    void failLetters(boolean fail) {
        letterFails = fail;
    }

    /** There is no memory left for a file of dead letters. */
    void failMemory() {
        memoryFails = true;
    }

    @Override
    public OpenFile create(Path file) throws IOException {
        if (memoryFails && file.toString().endsWith(".letters")) {
            throw new OutOfMemoryError("a test's");
        }
        if (letterFails && file.toString().endsWith(".letters")) {
            throw new IOException("no space left");
        }
        return new Remembering(file, files.create(file));
    }

    @Override
    public OpenFile openForWriting(Path file) throws IOException {
        return new Remembering(file, files.openForWriting(file));
    }

    @Override
    public OpenFile open(Path file) throws IOException {
        return new Remembering(file, files.open(file)) {
            @Override
            public void close() throws IOException {
                super.close();
                if (closeFails) {
                    throw new IOException("input/output error");
                }
            }
        };
    }

    @Override
    public List<String> list(Path folder) throws IOException {
        return files.list(folder);
    }

    @Override
    public void delete(Path file) throws IOException {
        if (deleteFails) {
            throw new IOException("not permitted");
        }
        long freed = 0;
        if (usable.get() >= 0 && file.toString().endsWith(".seg")) {
            try (OpenFile deleted = files.open(file)) {
                freed = deleted.size();
            }
        }
        files.delete(file);
        usable.addAndGet(freed);
    }

    @Override
    public void rename(Path from, Path to) throws IOException {
        files.rename(from, to);
    }

    @Override
    public void createFolder(Path folder) throws IOException {
        files.createFolder(folder);
    }

    @Override
    public void forceFolder(Path folder) throws IOException {
        files.forceFolder(folder);
    }

    @Override
    public long usableBytes(Path folder) throws IOException {
        long room = usable.get();
        return room >= 0 ? room : files.usableBytes(folder);
    }

    private class Remembering implements OpenFile {
        private final Path path;
        private final boolean cursor;
        private final OpenFile file;

        Remembering(Path path, OpenFile file) {
            this.path = path;
            this.cursor = path.toString().contains(".cursor");
            this.file = file;
        }

        @Override
        public int read(ByteBuffer target, long position) throws IOException {
            return file.read(target, position);
        }

        @Override
        public void write(ByteBuffer source, long position) throws IOException {
            if (cursor && cursorFails) {
                throw new IOException("no space left");
            }
            if (!cursor) {
                last = new Written(path, position, source.remaining());
            }
            file.write(source, position);
        }

        @Override
        public void force() throws IOException {
            file.force();
        }

        @Override
        public long size() throws IOException {
            return file.size();
        }

        @Override
        public void close() throws IOException {
            file.close();
        }
    }
}

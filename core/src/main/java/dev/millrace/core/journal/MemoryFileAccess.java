package dev.millrace.core.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Files in memory, with a limit for all of them together. A deleted file can be read by who has it open. */
final class MemoryFileAccess implements FileAccess {
    private static final int CHUNK = 64 << 10;

    private final long maxBytes;
    private final Object lock = new Object();
    private final Map<Path, MemoryFile> files = new HashMap<>();
    private long chunks;

    MemoryFileAccess(long maxBytes) {
        this.maxBytes = maxBytes;
    }

    @Override
    public OpenFile create(Path file) throws IOException {
        synchronized (lock) {
            if (files.containsKey(file)) {
                throw new FileAlreadyExistsException(file.toString());
            }
            MemoryFile created = new MemoryFile();
            files.put(file, created);
            return created;
        }
    }

    @Override
    public OpenFile openForWriting(Path file) throws IOException {
        return open(file);
    }

    @Override
    public OpenFile open(Path file) throws IOException {
        synchronized (lock) {
            MemoryFile found = files.get(file);
            if (found == null) {
                throw new NoSuchFileException(file.toString());
            }
            return found;
        }
    }

    @Override
    public List<String> list(Path folder) {
        synchronized (lock) {
            return files.keySet().stream()
                    .filter(file -> file.startsWith(folder) && !file.equals(folder))
                    .map(file -> file.getName(folder.getNameCount()).toString())
                    .distinct()
                    .toList();
        }
    }

    @Override
    public void delete(Path file) {
        synchronized (lock) {
            MemoryFile deleted = files.remove(file);
            if (deleted != null) {
                deleted.unlink();
            }
        }
    }

    @Override
    public void rename(Path from, Path to) throws IOException {
        synchronized (lock) {
            MemoryFile moved = files.remove(from);
            if (moved == null) {
                throw new NoSuchFileException(from.toString());
            }
            MemoryFile replaced = files.put(to, moved);
            if (replaced != null) {
                replaced.unlink();
            }
        }
    }

    @Override
    public void link(Path file, Path second) throws IOException {
        synchronized (lock) {
            MemoryFile linked = files.get(file);
            if (linked == null) {
                throw new NoSuchFileException(file.toString());
            }
            if (files.putIfAbsent(second, linked) != null) {
                throw new FileAlreadyExistsException(second.toString());
            }
            linked.names++;
        }
    }

    @Override
    public void createFolder(Path folder) {}

    @Override
    public void forceFolder(Path folder) {}

    @Override
    public long usableBytes(Path folder) {
        synchronized (lock) {
            return Math.max(0, maxBytes - chunks * CHUNK);
        }
    }

    private final class MemoryFile implements OpenFile {
        private final List<byte[]> content = new ArrayList<>();
        private long size;
        private int names = 1;

        @Override
        public int read(ByteBuffer target, long position) {
            synchronized (lock) {
                if (position >= size) {
                    return -1;
                }
                int count = (int) Math.min(target.remaining(), size - position);
                long at = position;
                for (int left = count; left > 0; ) {
                    int offset = (int) (at % CHUNK);
                    int length = Math.min(left, CHUNK - offset);
                    target.put(content.get((int) (at / CHUNK)), offset, length);
                    at += length;
                    left -= length;
                }
                return count;
            }
        }

        @Override
        public void write(ByteBuffer source, long position) throws IOException {
            synchronized (lock) {
                reserve(position + source.remaining());
                long at = position;
                while (source.hasRemaining()) {
                    int offset = (int) (at % CHUNK);
                    int length = Math.min(source.remaining(), CHUNK - offset);
                    source.get(content.get((int) (at / CHUNK)), offset, length);
                    at += length;
                }
                size = Math.max(size, at);
            }
        }

        private void reserve(long end) throws IOException {
            long missing = (end + CHUNK - 1) / CHUNK - content.size();
            if (missing > 0 && names > 0 && (chunks + missing) * CHUNK > maxBytes) {
                throw new DiskFullException("memory: " + maxBytes + " bytes are used up");
            }
            for (long i = 0; i < missing; i++) {
                content.add(new byte[CHUNK]);
                chunks += names > 0 ? 1 : 0;
            }
        }

        private void unlink() {
            names--;
            chunks -= names == 0 ? content.size() : 0;
        }

        @Override
        public void force() {}

        @Override
        public long size() {
            synchronized (lock) {
                return size;
            }
        }

        @Override
        public void close() {}
    }
}

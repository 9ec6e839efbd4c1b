package dev.millrace.core.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;

/**
 * Files in memory that know what would survive a loss of power, and that fail when they are told to.
 *
 * <p>What was written since the last force may survive in any sectors; a created, renamed or deleted name may or may not
 * until its folder is forced. A file whose force has failed must not be used again, or the test fails.
 */
final class FaultyFiles implements FileAccess {
    private boolean deletionFails;
    private static final int SECTOR = 512;

    private final Map<Path, Content> live = new TreeMap<>();
    private final Map<Path, Content> durable = new TreeMap<>();
    private final List<String> violations = new ArrayList<>();
    private long capacity = Long.MAX_VALUE;
    private int failingForces;
    private int failingWrites;
    private int forces;
    private int mounts;
    private long failAfterBytes = -1;
    private int dieAtForce = -1;
    private boolean dead;
    private Runnable whenListed = () -> {};

    synchronized void capacity(long bytes) {
        capacity = bytes;
    }

    synchronized void failForces(int count) {
        failingForces = count;
    }

    synchronized void failWrites(int count) {
        failingWrites = count;
    }

    /** Files that are open can no longer be written: the volume is mounted anew. */
    synchronized void mountAnew() {
        mounts++;
    }

    /** All that comes after so many more written bytes fails, as if the process had ended there. */
    synchronized void dieAfter(long bytes) {
        failAfterBytes = bytes;
    }

    /** After so many more forces the next one fails, and all that comes after it, as if the process had ended there. */
    synchronized void dieAtForce(int count) {
        dieAtForce = count;
    }

    synchronized int forces() {
        return forces;
    }

    synchronized long used() {
        return live.values().stream().mapToLong(content -> content.size).sum();
    }

    /** Files can no longer be deleted. */
    synchronized void failDeletions() {
        deletionFails = true;
    }

    /** What is done in the middle of each listing of a folder. */
    synchronized void whenListed(Runnable action) {
        whenListed = action;
    }

    synchronized List<String> violations() {
        return List.copyOf(violations);
    }

    synchronized byte[] bytes(Path file) {
        Content content = live.get(file);
        return Arrays.copyOf(content.bytes, content.size);
    }

    synchronized void put(Path file, byte[] bytes) {
        Content content = new Content();
        content.write(0, bytes);
        content.force();
        live.put(file, content);
        durable.put(file, content);
    }

    /** What the next process finds after this one was killed. */
    synchronized FaultyFiles afterKill() {
        FaultyFiles next = new FaultyFiles();
        live.forEach((path, content) -> next.put(path, Arrays.copyOf(content.bytes, content.size)));
        return next;
    }

    /** What the next process finds after a loss of power. */
    synchronized FaultyFiles afterPowerLoss(Random random) {
        FaultyFiles next = new FaultyFiles();
        Set<Path> names = new HashSet<>(live.keySet());
        names.addAll(durable.keySet());
        for (Path name : names) {
            Content content = random.nextBoolean() ? live.get(name) : durable.get(name);
            if (content != null) {
                next.put(name, content.afterPowerLoss(random));
            }
        }
        return next;
    }

    @Override
    public synchronized OpenFile create(Path file) throws IOException {
        checkAlive();
        if (live.containsKey(file)) {
            throw new FileAlreadyExistsException(file.toString());
        }
        Content content = new Content();
        live.put(file, content);
        return new Handle(content);
    }

    @Override
    public OpenFile openForWriting(Path file) throws IOException {
        return open(file);
    }

    @Override
    public synchronized OpenFile open(Path file) throws IOException {
        checkAlive();
        Content content = live.get(file);
        if (content == null) {
            throw new NoSuchFileException(file.toString());
        }
        return new Handle(content);
    }

    @Override
    public synchronized List<String> list(Path folder) {
        whenListed.run();
        return live.keySet().stream()
                .filter(path -> path.startsWith(folder) && !path.equals(folder))
                .map(path -> path.getName(folder.getNameCount()).toString())
                .distinct()
                .toList();
    }

    @Override
    public synchronized void link(Path file, Path second) throws IOException {
        checkAlive();
        live.put(second, live.get(file));
    }

    @Override
    public synchronized void delete(Path file) throws IOException {
        checkAlive();
        if (deletionFails) {
            throw new IOException("not permitted");
        }
        live.remove(file);
    }

    @Override
    public synchronized void rename(Path from, Path to) throws IOException {
        checkAlive();
        live.put(to, live.remove(from));
    }

    @Override
    public void createFolder(Path folder) {}

    @Override
    public synchronized void forceFolder(Path folder) throws IOException {
        checkAlive();
        durable.clear();
        durable.putAll(live);
    }

    @Override
    public synchronized long usableBytes(Path folder) {
        return Math.max(0, capacity - used());
    }

    private void checkAlive() throws IOException {
        if (dead) {
            throw new IOException("the process is dead");
        }
    }

    private static final class Content {
        private byte[] bytes = new byte[0];
        private int size;
        private byte[] forced = new byte[0];
        private boolean broken;

        void write(long position, byte[] source) {
            int end = (int) position + source.length;
            if (end > bytes.length) {
                bytes = Arrays.copyOf(bytes, Math.max(end, 2 * bytes.length));
            }
            System.arraycopy(source, 0, bytes, (int) position, source.length);
            size = Math.max(size, end);
        }

        void force() {
            forced = Arrays.copyOf(bytes, size);
        }

        byte[] afterPowerLoss(Random random) {
            byte[] result = forced.clone();
            for (int start = 0; start < size; start += SECTOR) {
                int end = Math.min(start + SECTOR, size);
                if (random.nextBoolean()) {
                    result = result.length < end ? Arrays.copyOf(result, end) : result;
                    System.arraycopy(bytes, start, result, start, end - start);
                }
            }
            return result;
        }
    }

    private final class Handle implements OpenFile {
        private final Content content;
        private final int mount = mounts;

        Handle(Content content) {
            this.content = content;
        }

        @Override
        public int read(ByteBuffer target, long position) throws IOException {
            synchronized (FaultyFiles.this) {
                checkAlive();
                if (position >= content.size) {
                    return -1;
                }
                int count = (int) Math.min(target.remaining(), content.size - position);
                target.put(content.bytes, (int) position, count);
                return count;
            }
        }

        @Override
        public void write(ByteBuffer source, long position) throws IOException {
            synchronized (FaultyFiles.this) {
                checkAlive();
                checkUse("written");
                byte[] bytes = new byte[source.remaining()];
                source.get(bytes);
                if (failAfterBytes >= 0 && failAfterBytes < bytes.length) {
                    content.write(position, Arrays.copyOf(bytes, (int) failAfterBytes));
                    dead = true;
                    checkAlive();
                }
                failAfterBytes -= failAfterBytes < 0 ? 0 : bytes.length;
                long growth = Math.max(0, position + bytes.length - content.size);
                long room = Math.max(0, capacity - used());
                if (growth > room) {
                    content.write(position, Arrays.copyOf(bytes, (int) (bytes.length - (growth - room))));
                    throw new DiskFullException("No space left on device");
                }
                if (failingWrites > 0) {
                    failingWrites--;
                    content.write(position, Arrays.copyOf(bytes, bytes.length / 2));
                    throw new IOException("Input/output error");
                }
                content.write(position, bytes);
            }
        }

        @Override
        public void force() throws IOException {
            synchronized (FaultyFiles.this) {
                checkAlive();
                checkUse("forced");
                forces++;
                if (dieAtForce == 0) {
                    dead = true;
                    checkAlive();
                }
                dieAtForce -= dieAtForce < 0 ? 0 : 1;
                if (failingForces > 0) {
                    failingForces--;
                    content.broken = true;
                    throw new IOException("Input/output error");
                }
                content.force();
            }
        }

        private void checkUse(String how) throws IOException {
            if (mount < mounts) {
                throw new IOException("Read-only file system");
            }
            if (content.broken) {
                violations.add(how + " after a failed force");
            }
        }

        @Override
        public long size() {
            synchronized (FaultyFiles.this) {
                return content.size;
            }
        }

        @Override
        public void close() {}
    }
}

package dev.millrace.core.journal;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** A file of a {@link SimulatedDisk}: what readers see, what is stored, and what was written since. */
final class SimulatedFile {
    private static final int[] SECTORS = {512, 4096};

    private final Bytes seen;
    private final Bytes stored;
    private final List<Write> writes = new ArrayList<>();
    private boolean lying;

    private record Write(long position, byte[] bytes) {
        long end() {
            return position + bytes.length;
        }
    }

    /** A file whose content is stored. */
    SimulatedFile(byte[] content) {
        seen = new Bytes(content);
        stored = new Bytes(content);
    }

    long size() {
        return seen.size;
    }

    /** Whether readers see what is not stored. */
    boolean lies() {
        return lying;
    }

    byte[] seen() {
        return seen.copy();
    }

    int read(ByteBuffer target, long position) {
        if (position >= seen.size) {
            return -1;
        }
        int count = (int) Math.min(target.remaining(), seen.size - position);
        target.put(seen.bytes, (int) position, count);
        return count;
    }

    /** Writes the first {@code count} bytes. */
    void write(long position, byte[] bytes, int count) {
        Write write = new Write(position, count == bytes.length ? bytes : Arrays.copyOf(bytes, count));
        seen.put(position, write.bytes, 0, count);
        writes.add(write);
    }

    void force() {
        writes.forEach(write -> stored.put(write.position, write.bytes, 0, write.bytes.length));
        writes.clear();
    }

    /** A force that fails: some of what was written is stored, and the rest never will be. */
    void forceInVain(Random random) {
        store(stored, random);
        writes.clear();
        lying = true;
    }

    /** What the next process sees; where a force has failed, what is {@code evicted} from memory is as it was stored. */
    SimulatedFile afterKill(boolean evicted) {
        SimulatedFile next = new SimulatedFile(stored.copy());
        next.lying = lying;
        next.writes.addAll(writes);
        if (lying && evicted) {
            next.lying = false;
            writes.forEach(write -> next.seen.put(write.position, write.bytes, 0, write.bytes.length));
        } else {
            next.seen.set(seen);
        }
        return next;
    }

    byte[] afterPowerLoss(Random random) {
        Bytes result = new Bytes(stored.copy());
        store(result, random);
        return result.copy();
    }

    /** What the next process finds where the power went while the last write was stored, all but one sector of it. */
    byte[] afterTear(Random random) {
        Bytes result = new Bytes(seen.copy());
        if (!writes.isEmpty()) {
            Write last = writes.get(writes.size() - 1);
            long sectors = (last.end() - 1) / SECTORS[0] - last.position / SECTORS[0];
            if (last.bytes.length > 0 && sectors > 0) {
                long start = (last.position / SECTORS[0] + 1 + random.nextInt((int) sectors)) * SECTORS[0];
                int end = (int) Math.min(start + SECTORS[0], last.end());
                result.put(start, new byte[SECTORS[0]], 0, (int) (end - start));
            }
        }
        return result.copy();
    }

    private void store(Bytes target, Random random) {
        int mode = random.nextInt(4);
        if (mode == 0 || writes.isEmpty()) {
            return;
        }
        int least = target.size;
        long most = least;
        for (Write write : writes) {
            most = Math.max(most, write.end());
        }
        if (mode == 1) {
            writes.forEach(write -> target.put(write.position, write.bytes, 0, write.bytes.length));
            return;
        }
        int sector = SECTORS[random.nextInt(SECTORS.length)];
        for (long start = 0; start < most; start += sector) {
            storeSector(target, start, start + sector, random);
        }
        if (random.nextBoolean()) {
            target.resize((int) most);
        } else if (random.nextBoolean()) {
            target.resize(Math.min(target.size, least + random.nextInt((int) (most - least) + 1)));
        }
    }

    /* As it was after any of the writes, or before them. */
    private void storeSector(Bytes target, long start, long end, Random random) {
        int touching = 0;
        for (Write write : writes) {
            touching += write.position < end && write.end() > start ? 1 : 0;
        }
        int left = touching == 0 ? 0 : random.nextInt(touching + 1);
        for (int i = 0; left > 0; i++) {
            Write write = writes.get(i);
            if (write.position < end && write.end() > start) {
                int from = (int) Math.max(0, start - write.position);
                int to = (int) Math.min(write.bytes.length, end - write.position);
                target.put(write.position + from, write.bytes, from, to - from);
                left--;
            }
        }
    }

    /** Bytes that grow, with zeros where nothing was written. */
    private static final class Bytes {
        private byte[] bytes;
        private int size;

        Bytes(byte[] content) {
            bytes = content.clone();
            size = content.length;
        }

        void put(long position, byte[] source, int from, int count) {
            int end = (int) position + count;
            if (end > bytes.length) {
                bytes = Arrays.copyOf(bytes, Math.max(end, 2 * bytes.length));
            }
            System.arraycopy(source, from, bytes, (int) position, count);
            size = Math.max(size, end);
        }

        void resize(int newSize) {
            byte[] resized = new byte[newSize];
            System.arraycopy(bytes, 0, resized, 0, Math.min(size, newSize));
            bytes = resized;
            size = newSize;
        }

        void set(Bytes other) {
            bytes = other.copy();
            size = bytes.length;
        }

        byte[] copy() {
            return Arrays.copyOf(bytes, size);
        }
    }
}

package dev.millrace.core.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/**
 * A disk in memory that does all that a disk may do, and decides by dice what it does.
 *
 * <ul>
 *   <li>A write is seen at once by whoever reads. It survives a kill, and a loss of power only if {@code force} followed.
 *   <li>Of writes that were not forced, each sector (of 512 or 4096 bytes) survives a loss of power as it was after any of
 *       them, whatever happened to others: they are lost, torn and reordered. The file's size lies anywhere between that
 *       which was forced and the last; what lies below it and was not written is zeros.
 *   <li>Names that were created, renamed or deleted since their folder was forced survive in any subset; a renaming
 *       happens whole or not at all.
 *   <li>A write that finds no room, or fails, is done in part. What is there can be overwritten on a full disk.
 *   <li>When {@code force} fails, each sector may have been stored or not, and never will be unless it is written again:
 *       readers see what was written, and after a kill that or what was stored. To go on using the open file is a violation;
 *       who opens it again is not told.
 *   <li>Any operation can be told to fail. A deletion, creation or renaming that fails has not happened.
 *   <li>The process dies in the middle of an operation: a write is torn anywhere, another is done or not. All that it does
 *       later fails.
 * </ul>
 */
public final class SimulatedDisk implements FileAccess {
    /** What can be told to fail. */
    public enum Fault {
        WRITE,
        FORCE,
        READ,
        OPEN,
        CREATE,
        DELETE,
        RENAME,
        FORCE_FOLDER
    }

    private final Map<Path, SimulatedFile> names = new TreeMap<>();
    private final Map<Path, SimulatedFile> durableNames = new TreeMap<>();
    private final List<NameChange> changes = new ArrayList<>();
    private final Map<Fault, Integer> faults = new EnumMap<>(Fault.class);
    private final List<String> violations = new ArrayList<>();
    private Random random = new Random(1);
    private long capacity = Long.MAX_VALUE;
    private long dieAfter = Long.MAX_VALUE;
    private boolean dead;
    private boolean tears;
    private int forces;
    private int failures;

    /* A name has another file, or none; a renaming takes the file from its old name. */
    private record NameChange(Path name, SimulatedFile file, Path from) {
        void apply(Map<Path, SimulatedFile> to) {
            if (file == null) {
                to.remove(name);
            } else {
                to.put(name, file);
            }
            if (from != null) {
                to.remove(from, file);
            }
        }
    }

    /** Decides by these dice from now on. */
    public synchronized void dice(Random newRandom) {
        random = newRandom;
    }

    /** How many bytes all files may have together. */
    public synchronized void capacity(long bytes) {
        capacity = bytes;
    }

    /** The next {@code count} operations of a kind fail. */
    public synchronized void fail(Fault fault, int count) {
        faults.put(fault, count);
    }

    /** Nothing fails any more; what is full stays so. */
    public synchronized void heal() {
        faults.clear();
    }

    /** Whether something would fail. */
    public synchronized boolean sick() {
        return faults.values().stream().anyMatch(count -> count > 0);
    }

    /** The process dies in the middle of the operation that follows {@code operations} others that change something. */
    public synchronized void dieAfter(long operations) {
        dieAfter = operations;
    }

    public synchronized boolean dead() {
        return dead;
    }

    public synchronized int forces() {
        return forces;
    }

    /** How many operations have failed, because of a fault or because there was no room. */
    public synchronized int failures() {
        return failures;
    }

    public synchronized long used() {
        return names.values().stream().mapToLong(SimulatedFile::size).sum();
    }

    public synchronized List<String> violations() {
        return List.copyOf(violations);
    }

    /** Whether there is only so much room. */
    public synchronized boolean limited() {
        return capacity != Long.MAX_VALUE;
    }

    /** The size of a file, as readers see it. */
    public synchronized long size(Path file) {
        return names.get(file).size();
    }

    /** The content of a file, as readers see it. */
    public synchronized byte[] bytes(Path file) {
        return names.get(file).seen();
    }

    /** Puts a file there, durably. */
    public synchronized void put(Path name, byte[] bytes) {
        SimulatedFile file = new SimulatedFile(bytes);
        names.put(name, file);
        durableNames.put(name, file);
    }

    /** What the next process finds after this one was killed. This disk is dead. */
    public synchronized SimulatedDisk afterKill() {
        dead = true;
        SimulatedDisk next = new SimulatedDisk();
        Map<SimulatedFile, SimulatedFile> copies = new HashMap<>();
        names.forEach((name, file) ->
                next.names.put(name, copies.computeIfAbsent(file, f -> f.afterKill(random.nextBoolean()))));
        durableNames.forEach((name, file) ->
                next.durableNames.put(name, copies.computeIfAbsent(file, f -> f.afterKill(random.nextBoolean()))));
        for (NameChange change : changes) {
            SimulatedFile file = change.file == null
                    ? null
                    : copies.computeIfAbsent(change.file, f -> f.afterKill(random.nextBoolean()));
            next.changes.add(new NameChange(change.name, file, change.from));
        }
        next.capacity = capacity;
        next.faults.putAll(faults);
        return next;
    }

    /** A loss of power comes while the last write to each file is stored, and tears it at the border of a sector. */
    public synchronized void tear() {
        tears = true;
    }

    /** What the next process finds after a loss of power. This disk is dead. */
    public synchronized SimulatedDisk afterPowerLoss() {
        dead = true;
        Map<Path, SimulatedFile> surviving = new TreeMap<>(durableNames);
        int mode = random.nextInt(3);
        for (NameChange change : changes) {
            if (mode == 0 || mode == 1 && random.nextBoolean()) {
                change.apply(surviving);
            }
        }
        SimulatedDisk next = new SimulatedDisk();
        surviving.forEach((name, file) -> next.put(name, tears ? file.afterTear(random) : file.afterPowerLoss(random)));
        next.capacity = capacity;
        next.faults.putAll(faults);
        return next;
    }

    @Override
    public synchronized OpenFile create(Path name) throws IOException {
        boolean dies = dies();
        if (dies && random.nextBoolean()) {
            checkAlive();
        }
        if (names.containsKey(name)) {
            throw new FileAlreadyExistsException(name.toString());
        }
        fail(Fault.CREATE);
        if (used() >= capacity) {
            throw full();
        }
        SimulatedFile file = new SimulatedFile(new byte[0]);
        change(new NameChange(name, file, null));
        checkAlive();
        return new Handle(name, file);
    }

    @Override
    public OpenFile openForWriting(Path name) throws IOException {
        return open(name);
    }

    @Override
    public synchronized OpenFile open(Path name) throws IOException {
        checkAlive();
        SimulatedFile file = names.get(name);
        if (file == null) {
            throw new NoSuchFileException(name.toString());
        }
        fail(Fault.OPEN);
        return new Handle(name, file);
    }

    @Override
    public synchronized List<String> list(Path folder) throws IOException {
        checkAlive();
        return names.keySet().stream()
                .filter(name -> folder.equals(name.getParent()))
                .map(name -> name.getFileName().toString())
                .toList();
    }

    @Override
    public synchronized void delete(Path name) throws IOException {
        boolean dies = dies();
        if (dies && random.nextBoolean()) {
            checkAlive();
        }
        fail(Fault.DELETE);
        if (names.containsKey(name)) {
            change(new NameChange(name, null, null));
        }
        checkAlive();
    }

    @Override
    public synchronized void rename(Path from, Path to) throws IOException {
        boolean dies = dies();
        if (dies && random.nextBoolean()) {
            checkAlive();
        }
        SimulatedFile file = names.get(from);
        if (file == null) {
            throw new NoSuchFileException(from.toString());
        }
        fail(Fault.RENAME);
        change(new NameChange(to, file, from));
        checkAlive();
    }

    private void change(NameChange change) {
        change.apply(names);
        changes.add(change);
    }

    @Override
    public synchronized void createFolder(Path folder) throws IOException {
        checkAlive();
    }

    @Override
    public synchronized void forceFolder(Path folder) throws IOException {
        boolean dies = dies();
        if (dies && random.nextBoolean()) {
            checkAlive();
        }
        fail(Fault.FORCE_FOLDER);
        for (NameChange change : changes) {
            if (folder.equals(change.name.getParent())) {
                change.apply(durableNames);
            }
        }
        changes.removeIf(change -> folder.equals(change.name.getParent()));
        checkAlive();
    }

    @Override
    public synchronized long usableBytes(Path folder) throws IOException {
        checkAlive();
        return Math.max(0, capacity - used());
    }

    /** Whether readers see what is not stored, because a force has failed. */
    public synchronized boolean lies() {
        return names.values().stream().anyMatch(SimulatedFile::lies);
    }

    private DiskFullException full() {
        failures++;
        return new DiskFullException("No space left on device");
    }

    private void checkAlive() throws IOException {
        if (dead) {
            throw new IOException("the process is dead");
        }
    }

    /* Whether the process dies in the operation that begins. */
    private boolean dies() throws IOException {
        checkAlive();
        dead = dieAfter-- <= 0;
        return dead;
    }

    private void fail(Fault fault) throws IOException {
        int left = faults.getOrDefault(fault, 0);
        if (left > 0) {
            faults.put(fault, left - 1);
            failures++;
            checkAlive();
            throw new IOException("Input/output error");
        }
    }

    private final class Handle implements OpenFile {
        private final Path name;
        private final SimulatedFile file;
        private boolean broken;

        Handle(Path name, SimulatedFile file) {
            this.name = name;
            this.file = file;
        }

        @Override
        public int read(ByteBuffer target, long position) throws IOException {
            synchronized (SimulatedDisk.this) {
                checkAlive();
                fail(Fault.READ);
                return file.read(target, position);
            }
        }

        @Override
        public void write(ByteBuffer source, long position) throws IOException {
            synchronized (SimulatedDisk.this) {
                boolean dies = dies();
                checkUse("written");
                byte[] bytes = new byte[source.remaining()];
                source.get(bytes);
                if (dies) {
                    file.write(position, bytes, random.nextInt(bytes.length + 1));
                    checkAlive();
                }
                long growth = Math.max(0, position + bytes.length - file.size());
                long room = Math.max(0, capacity - used());
                if (growth > room) {
                    file.write(position, bytes, (int) Math.max(0, bytes.length - (growth - room)));
                    throw full();
                }
                try {
                    fail(Fault.WRITE);
                } catch (IOException e) {
                    file.write(position, bytes, random.nextInt(bytes.length + 1));
                    throw e;
                }
                file.write(position, bytes, bytes.length);
            }
        }

        @Override
        public void force() throws IOException {
            synchronized (SimulatedDisk.this) {
                boolean dies = dies();
                checkUse("forced");
                if (dies && random.nextBoolean()) {
                    checkAlive();
                }
                forces++;
                try {
                    fail(Fault.FORCE);
                } catch (IOException e) {
                    broken = true;
                    file.forceInVain(random);
                    throw e;
                }
                file.force();
                checkAlive();
            }
        }

        private void checkUse(String how) {
            if (broken) {
                violations.add(name + " was " + how + " after a force of it had failed");
            }
        }

        @Override
        public long size() throws IOException {
            synchronized (SimulatedDisk.this) {
                checkAlive();
                return file.size();
            }
        }

        @Override
        public void close() {}
    }
}

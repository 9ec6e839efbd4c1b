package dev.millrace.core.journal;

import dev.millrace.spi.event.Labels;
import dev.millrace.spi.pipeline.Refusal;
import java.io.IOException;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * All cursors of a journal, open or not, because each of them holds the log back. Thread-safe.
 *
 * <p>A cursor's file is named by its flusher, as in an address, and {@code .cursor}.
 */
final class CursorSet {
    private static final String SUFFIX = ".cursor";

    private final Object lock = new Object();
    private final FileAccess files;
    private final Path folder;
    private final JournalEvents events;
    private final DamagedBytes damaged;
    private final Log log;
    private final FreeDisk disk;
    private final Surplus surplus;
    private final FullFlushers full;
    private final CursorLimits defaultLimits;
    private final Map<String, Cursor> cursors = new TreeMap<>();

    CursorSet(
            FileAccess files,
            Path folder,
            JournalEvents events,
            DamagedBytes damaged,
            Log log,
            FreeDisk disk,
            Surplus surplus,
            Turns turns,
            long defaultMaxBytes) {
        this.files = files;
        this.folder = folder;
        this.events = events;
        this.damaged = damaged;
        this.log = log;
        this.disk = disk;
        this.surplus = surplus;
        this.full = new FullFlushers(folder, events, log, disk, turns, this::copy);
        this.defaultLimits = CursorLimits.ofBytes(defaultMaxBytes);
    }

    /** Whether a file of that name is a cursor. */
    static boolean isCursor(String name) {
        return name.endsWith(SUFFIX);
    }

    /** The flusher of the cursor of that name, as in an address. */
    static String flusher(String name) {
        return name.substring(0, name.length() - SUFFIX.length());
    }

    /** The flusher that a name stands for, written as in an address; null where none is written so. */
    static @Nullable String decoded(String name) {
        try {
            String flusher = URLDecoder.decode(name, StandardCharsets.UTF_8);
            return URLEncoder.encode(flusher, StandardCharsets.UTF_8).equals(name) ? flusher : null;
        } catch (IllegalArgumentException e) {
            return null; // half of an escape
        }
    }

    /** Opens the cursors that are in the folder, all or none; a damaged one begins again at the oldest item. */
    void load() throws IOException {
        try {
            loadAll();
        } catch (IOException | RuntimeException e) {
            discard(e);
            throw e;
        }
        check();
    }

    private void discard(Exception cause) {
        for (Cursor cursor : copy()) {
            try {
                cursor.discard();
            } catch (IOException e) {
                cause.addSuppressed(e);
            }
        }
    }

    private void loadAll() throws IOException {
        synchronized (lock) {
            for (String name : files.list(folder)) {
                String flusher = isCursor(name) ? decoded(flusher(name)) : null;
                if (flusher != null) {
                    load(flusher);
                } else if (isCursor(name)) {
                    events.damage(name, 0, "no flusher's cursor has such a name; it is left alone");
                }
            }
        }
    }

    private void load(String flusher) throws IOException {
        CursorFile file = CursorFile.open(
                files,
                path(flusher),
                (name, range, message) -> events.damage(name, 0, message + damaged.keep(name, range)));
        if (file == null) {
            file = CursorFile.recreate(files, path(flusher), beginningAt(log.first()), log.end());
            events.cursorLost(flusher, log.first());
        }
        add(flusher, file, defaultLimits);
    }

    /** The cursor of a flusher as it is; a new one begins at the log's end, with the limit of the journal. */
    Cursor get(String flusher) throws IOException {
        synchronized (lock) {
            Cursor known = cursors.get(flusher);
            return known == null ? get(flusher, defaultLimits) : known;
        }
    }

    /** The cursor of a flusher, with these limits from now on; a new one begins at the log's end. */
    Cursor get(String flusher, CursorLimits limits) throws IOException {
        Cursor cursor;
        synchronized (lock) {
            cursor = cursors.get(flusher);
            if (cursor == null) {
                cursor = add(
                        flusher, CursorFile.create(files, path(flusher), beginningAt(log.end()), log.end()), limits);
            }
        }
        cursor.limit(limits);
        return cursor;
    }

    private Cursor add(String flusher, CursorFile file, CursorLimits limits) {
        Cursor cursor = new Cursor(flusher, file, limits, log, this);
        cursors.put(flusher, cursor);
        return cursor;
    }

    Set<String> flushers() {
        synchronized (lock) {
            return Set.copyOf(cursors.keySet());
        }
    }

    void remove(String flusher) throws IOException {
        try {
            removeFile(flusher);
        } finally {
            check(); // also where the file stays: nobody is refused for it any more
        }
    }

    private void removeFile(String flusher) throws IOException {
        synchronized (lock) {
            Cursor removed = cursors.remove(flusher);
            if (removed != null) {
                removed.discard();
                files.delete(path(flusher));
                files.forceFolder(folder);
            }
        }
    }

    /**
     * Moves the cursor of a flusher, with the segments that it needs, to the orphans.
     *
     * @param end those that begin here or behind may still be written, and stay
     * @throws IOException if that failed; the cursor stays, and holds the log back
     */
    void orphan(String flusher, long end, Orphans orphans) throws IOException {
        try {
            move(flusher, end, orphans);
        } finally {
            check();
        }
    }

    private void move(String flusher, long end, Orphans orphans) throws IOException {
        synchronized (lock) {
            Cursor gone = cursors.get(flusher);
            if (gone == null) {
                return;
            }
            long lowest = gone.lowest();
            Path home = orphans.prepare(
                    flusher,
                    log.segments().stream()
                            .filter(segment -> segment.first() < end && segment.end() > lowest)
                            .toList());
            gone.force();
            Path file = path(flusher);
            files.rename(file, home.resolve(file.getFileName()));
            cursors.remove(flusher);
            gone.discard();
            files.forceFolder(home);
            files.forceFolder(folder);
        }
    }

    /** The highest position of any cursor, or the log's end when one was written, or 0. */
    long highest() {
        synchronized (lock) {
            return cursors.values().stream().mapToLong(Cursor::highest).max().orElse(0);
        }
    }

    /** The item number below which no cursor needs anything, or 0 where there is no cursor. */
    long lowest() {
        synchronized (lock) {
            return cursors.values().stream().mapToLong(Cursor::lowest).min().orElse(0);
        }
    }

    void force() throws IOException {
        for (Cursor cursor : copy()) {
            cursor.force();
        }
    }

    /** Why a batch would be refused at this moment, because too much waits for a flusher. */
    @Nullable
    Refusal refusal() {
        return full.refusal();
    }

    boolean isFull(String flusher) {
        return full.contains(flusher);
    }

    void check() {
        full.check();
    }

    /** How many more bytes may wait for a cursor. */
    long room(Cursor cursor) {
        CursorLimits limits = cursor.limits();
        long room = limits.maxBytes() - cursor.backlogBytes();
        if (limits.minFreeDisk() > 0) {
            room = Math.min(room, disk.bytes() - limits.minFreeDisk());
        }
        return Math.max(0, room);
    }

    /** How many bytes can be appended before a flusher that refuses is at its limit of bytes. */
    long room() {
        synchronized (lock) {
            long room = Long.MAX_VALUE;
            for (Cursor cursor : cursors.values()) {
                if (!cursor.limits().dropOldest()) {
                    room = Math.min(room, cursor.limits().maxBytes() - cursor.backlogBytes());
                }
            }
            return room;
        }
    }

    /** The lowest limit of bytes of any cursor. */
    long lowestMaxBytes() {
        synchronized (lock) {
            return cursors.values().stream()
                    .mapToLong(cursor -> cursor.limits().maxBytes())
                    .min()
                    .orElse(defaultLimits.maxBytes());
        }
    }

    /** The highest limit of bytes of any cursor. */
    long highestMaxBytes() {
        synchronized (lock) {
            return cursors.values().stream()
                    .mapToLong(cursor -> cursor.limits().maxBytes())
                    .max()
                    .orElse(defaultLimits.maxBytes());
        }
    }

    /** What a cursor, which drops, has to give up of the items from {@code waiting} on. */
    Excess excess(Cursor cursor, long waiting) {
        return surplus.of(cursor, waiting, copy());
    }

    void close() throws IOException {
        IOException failure = null;
        for (Cursor cursor : copy()) {
            try {
                cursor.close();
            } catch (IOException e) {
                failure = e;
            }
        }
        if (failure != null) {
            throw failure;
        }
    }

    private List<Cursor> copy() {
        synchronized (lock) {
            return new ArrayList<>(cursors.values());
        }
    }

    private Path path(String flusher) {
        return folder.resolve(URLEncoder.encode(flusher, StandardCharsets.UTF_8) + SUFFIX);
    }

    /** The state of a cursor that begins at an item. */
    static CursorState beginningAt(long item) {
        long[] positions = new long[Labels.SLOTS];
        Arrays.fill(positions, item);
        return new CursorState(item, positions, new ArrayList<>(), Totals.NONE);
    }
}

package dev.millrace.core.journal;

import dev.millrace.spi.event.Labels;
import dev.millrace.spi.pipeline.Refusal;
import java.io.IOException;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
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
    private static final Duration RETRY = Duration.ofSeconds(5);

    private final Object lock = new Object();
    private final FileAccess files;
    private final Path folder;
    private final JournalEvents events;
    private final DamagedBytes damaged;
    private final Log log;
    private final long defaultMaxBytes;
    private final Map<String, Cursor> cursors = new TreeMap<>();
    private final Set<String> full = new HashSet<>();
    private volatile @Nullable Refusal refusal;

    CursorSet(
            FileAccess files, Path folder, JournalEvents events, DamagedBytes damaged, Log log, long defaultMaxBytes) {
        this.files = files;
        this.folder = folder;
        this.events = events;
        this.damaged = damaged;
        this.log = log;
        this.defaultMaxBytes = defaultMaxBytes;
    }

    /** Whether a file of that name is a cursor. */
    static boolean isCursor(String name) {
        return name.endsWith(SUFFIX);
    }

    /** Opens the cursors that are in the folder; a damaged one begins again at the oldest item. */
    void load() throws IOException {
        synchronized (lock) {
            for (String name : files.list(folder)) {
                if (isCursor(name)) {
                    String encoded = name.substring(0, name.length() - SUFFIX.length());
                    load(URLDecoder.decode(encoded, StandardCharsets.UTF_8));
                }
            }
        }
        check();
    }

    private void load(String flusher) throws IOException {
        CursorFile file = CursorFile.open(
                files,
                path(flusher),
                (name, range, message) -> events.damage(name, 0, message + damaged.keep(name, range)));
        if (file == null) {
            file = CursorFile.create(files, path(flusher), beginningAt(log.first()), log.end());
            events.cursorLost(flusher, log.first());
        }
        add(flusher, file, defaultMaxBytes);
    }

    /** The cursor of a flusher; a new one begins at the log's end. */
    Cursor get(String flusher, long maxBytes) throws IOException {
        Cursor cursor;
        synchronized (lock) {
            cursor = cursors.get(flusher);
            if (cursor == null) {
                cursor = add(
                        flusher, CursorFile.create(files, path(flusher), beginningAt(log.end()), log.end()), maxBytes);
            }
            cursor.maxBytes(maxBytes);
        }
        check();
        return cursor;
    }

    private Cursor add(String flusher, CursorFile file, long maxBytes) {
        Cursor cursor = new Cursor(flusher, file, maxBytes, log, this::check);
        cursors.put(flusher, cursor);
        return cursor;
    }

    Set<String> flushers() {
        synchronized (lock) {
            return Set.copyOf(cursors.keySet());
        }
    }

    void remove(String flusher) throws IOException {
        synchronized (lock) {
            Cursor removed = cursors.remove(flusher);
            if (removed != null) {
                removed.discard();
                files.delete(path(flusher));
                files.forceFolder(folder);
            }
        }
        check();
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

    /** Why a batch would be refused at this moment, because a flusher holds back too much. */
    @Nullable
    Refusal refusal() {
        return refusal;
    }

    /* A flusher at its limit is released when it is a little below, so that it doesn't flutter. */
    void check() {
        synchronized (lock) {
            Refusal found = null;
            full.retainAll(cursors.keySet());
            for (Cursor cursor : cursors.values()) {
                long held = cursor.backlogBytes();
                long most = cursor.maxBytes();
                boolean wasFull = full.contains(cursor.flusher());
                boolean isFull = held >= (wasFull ? most - most / 16 : most);
                if (isFull && !wasFull) {
                    full.add(cursor.flusher());
                    events.full(cursor.flusher(), held, most);
                } else if (!isFull && wasFull) {
                    full.remove(cursor.flusher());
                    events.released(cursor.flusher());
                }
                if (isFull) {
                    found = new Refusal(
                            Refusal.Reason.FLUSHER_FULL,
                            cursor.flusher() + " holds back " + held + " bytes of the journal (MaxBytes: " + most
                                    + "); its destination takes too little",
                            RETRY);
                }
            }
            refusal = found;
        }
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

    private static CursorState beginningAt(long item) {
        long[] positions = new long[Labels.SLOTS];
        Arrays.fill(positions, item);
        return new CursorState(item, positions, new ArrayList<>(), Totals.NONE);
    }
}

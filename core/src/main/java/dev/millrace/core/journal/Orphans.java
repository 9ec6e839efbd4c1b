package dev.millrace.core.journal;

import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The backlogs in the folder of a journal that flushers left when they were taken out of the pipeline.
 *
 * <pre>
 *   orphaned/FLUSHER.N/             N: 1 and so on, in the order in which they were left
 *     00000000000000000000.seg …    second names of the segments that hold it; nothing is copied
 *     FLUSHER.cursor                the flusher's cursor, moved here last
 * </pre>
 *
 * <p>So each is a journal that can be opened like any other. A folder without a cursor is one that was not finished, or
 * not quite deleted; it holds nothing that is not elsewhere or was given up. Thread-safe as far as nobody changes one
 * folder twice at a time.
 */
public final class Orphans {
    private static final String FOLDER = "orphaned";
    private static final Pattern NAME = Pattern.compile("(.+)\\.([0-9]{1,9})");

    private final FileAccess files;
    private final Path journal;
    private final Path folder;

    /** The orphans in the folder of a journal. */
    public Orphans(FileAccess files, Path journal) {
        this.files = files;
        this.journal = journal;
        this.folder = journal.resolve(FOLDER);
    }

    private record Name(String text, String flusher, int number) {}

    /** All of them, by flusher and in the order in which they were left. Changes nothing. */
    public List<Orphan> list() throws IOException {
        List<Orphan> orphans = new ArrayList<>();
        for (Name name : names()) {
            Orphan orphan = read(name, folder.resolve(name.text));
            if (orphan != null) {
                orphans.add(orphan);
            }
        }
        return orphans;
    }

    /** The names of the segments that are kept here, as far as they can be found out: to unlink them elsewhere frees nothing. */
    Set<String> segments() {
        return segmentsBut(folder);
    }

    /** The same, but for what is in one folder. */
    Set<String> segmentsBut(Path orphan) {
        Set<String> segments = new HashSet<>();
        try {
            for (Name name : names()) {
                Path path = folder.resolve(name.text);
                if (!path.equals(orphan)) {
                    segments.addAll(listed(path));
                }
            }
        } catch (IOException e) {
            return segments; // what cannot be listed is taken for what frees room
        }
        return segments;
    }

    /** Those of one flusher, in the order in which they were left. */
    public List<Orphan> of(String flusher) throws IOException {
        return list().stream()
                .filter(orphan -> orphan.flusher().equals(flusher))
                .toList();
    }

    /* Null where it is not finished, or is being deleted. */
    private @Nullable Orphan read(Name name, Path path) throws IOException {
        boolean complete = false;
        CursorState cursor = null;
        List<Segment> segments;
        try {
            for (String file : files.list(path)) {
                if (CursorSet.isCursor(file)) {
                    complete = true;
                    cursor = CursorFile.read(files, path.resolve(file));
                }
            }
            segments = complete
                    ? new Recovery(files, path, JournalEvents.NONE, DamagedBytes.notKept())
                            .open(false)
                            .segments()
                    : List.of();
        } catch (NoSuchFileException | NotDirectoryException e) { // the latter: somebody's file
            return null;
        }
        if (!complete) {
            return null;
        }
        long bytes =
                segments.stream().mapToLong(segment -> segment.extent().bytes()).sum();
        return new Orphan(
                name.flusher,
                name.number,
                path,
                segments.isEmpty() ? Account.NONE : account(segments, cursor),
                bytes,
                segments.isEmpty() ? 0 : segments.get(0).begun());
    }

    /* Where the cursor is lost, everything is. */
    private static Account account(List<Segment> segments, @Nullable CursorState cursor) {
        long first = segments.get(0).first();
        long end = segments.get(segments.size() - 1).end();
        return cursor == null ? new Account(end - first, Totals.NONE) : cursor.account(end);
    }

    /** Deletes a backlog, which is lost then. */
    public void delete(Orphan orphan) throws IOException {
        delete(orphan.folder());
    }

    /* The cursor goes first: what has none is not there any more. */
    private void delete(Path path) throws IOException {
        List<String> names = files.list(path);
        for (String name : names) {
            if (CursorSet.isCursor(name)) {
                files.delete(path.resolve(name));
            }
        }
        files.forceFolder(path);
        Path damaged = path.resolve(DamagedBytes.FOLDER);
        for (String name : listed(damaged)) {
            files.delete(damaged.resolve(name));
        }
        for (String name : names) {
            files.delete(path.resolve(name));
        }
        files.delete(path);
        files.forceFolder(folder);
    }

    /** Deletes what was not finished, or not quite deleted. What somebody else put there, or cannot be deleted, stays. */
    void sweep(JournalEvents events) {
        try {
            for (Name name : names()) {
                sweep(name, events);
            }
        } catch (IOException e) {
            events.damage(FOLDER, 0, "cannot be listed: " + e);
        }
    }

    private void sweep(Name name, JournalEvents events) {
        Path path = folder.resolve(name.text);
        try {
            if (isComplete(path)) {
                return;
            }
            if (isOurs(path)) {
                delete(path);
            } else {
                events.damage(FOLDER + "/" + name.text, 0, "no backlog that a flusher left; it is left alone");
            }
        } catch (IOException e) {
            events.damage(FOLDER + "/" + name.text, 0, "what was not finished there cannot be deleted: " + e);
        }
    }

    /* Whether it can be what a backlog is before its cursor comes, or when that is gone. */
    private boolean isOurs(Path path) throws IOException {
        try {
            return files.list(path).stream()
                    .allMatch(name -> name.equals(DamagedBytes.FOLDER) || Segment.named(path, name) != null);
        } catch (NotDirectoryException e) {
            return false;
        }
    }

    /**
     * Makes a folder that holds segments, which are never written again, under second names. It counts when the cursor is
     * moved there.
     *
     * @throws IOException if that failed; nothing is left of it but what {@link #sweep(JournalEvents)} removes
     */
    Path prepare(String flusher, List<Segment> segments) throws IOException {
        sweep(JournalEvents.NONE);
        int number = 0;
        for (Name name : names()) {
            number = Math.max(number, name.number);
        }
        files.createFolder(folder);
        Path path = folder.resolve(URLEncoder.encode(flusher, StandardCharsets.UTF_8) + "." + (number + 1));
        files.createFolder(path);
        for (Segment segment : segments) {
            files.link(segment.file(), path.resolve(segment.name()));
        }
        files.forceFolder(path);
        files.forceFolder(folder);
        files.forceFolder(journal);
        return path;
    }

    private boolean isComplete(Path path) throws IOException {
        try {
            return files.list(path).stream().anyMatch(CursorSet::isCursor);
        } catch (NotDirectoryException e) {
            return false; // somebody's file
        }
    }

    private List<Name> names() throws IOException {
        List<Name> found = new ArrayList<>();
        for (String text : listed(folder)) {
            Matcher matcher = NAME.matcher(text);
            if (matcher.matches()) {
                String flusher = CursorSet.decoded(matcher.group(1));
                if (flusher != null) {
                    found.add(new Name(text, flusher, Integer.parseInt(matcher.group(2))));
                }
            }
        }
        found.sort(Comparator.comparing(Name::flusher).thenComparingInt(Name::number));
        return found;
    }

    private List<String> listed(Path place) throws IOException {
        try {
            return files.list(place);
        } catch (NoSuchFileException | NotDirectoryException e) {
            return List.of();
        }
    }
}

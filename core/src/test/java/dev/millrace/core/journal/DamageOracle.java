package dev.millrace.core.journal;

import dev.millrace.core.journal.JournalReader.Entry;
import dev.millrace.spi.event.EventBatch;
import dev.millrace.spi.event.Labels;
import dev.millrace.spi.event.LogBatch;
import dev.millrace.spi.event.MetricBatch;
import dev.millrace.spi.event.SpanBatch;
import dev.millrace.spi.event.Symbol;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Knows of each byte of a journal's folder which record it belongs to, and of each record what needs it. */
final class DamageOracle {
    /** A component whose state grows with each change. */
    static final String COMPONENT = "processor_sum";

    private final Path folder;
    private final Map<String, List<Part>> segments = new TreeMap<>();
    private final Map<String, int[]> cursors = new TreeMap<>();
    private final NavigableMap<Long, EventBatch> batches = new TreeMap<>();
    private String last = "";
    private long end;
    private boolean sealed;

    DamageOracle(Path folder) {
        this.folder = folder;
    }

    /** A record of a file, and those in it where it is a group; {@code state} is 0 where none is set. */
    private record Part(RecordKind kind, long from, long to, long first, int items, long state, List<Part> parts) {
        boolean touches(long start, long end) {
            return to > start && from < end;
        }
    }

    /**
     * What a damage costs.
     *
     * @param items how many items cannot be read any more
     * @param counted how many of them are counted exactly
     * @param atMost how many may be counted as an upper bound
     * @param told whether it is told
     * @param kept whether its bytes are kept
     * @param state the state that is left of {@link #COMPONENT}
     */
    record Loss(long items, long counted, long atMost, boolean told, boolean kept, long state) {
        private Loss(long items, long counted, long atMost, boolean told, boolean kept) {
            this(items, counted, atMost, told, kept, 0);
        }

        private Loss withState(long left) {
            return new Loss(items, counted, atMost, told, kept, left);
        }
    }

    /** Takes note of all items. */
    void know(Journal journal) throws IOException {
        end = journal.end();
        try (JournalReader reader = journal.reader(0)) {
            for (Entry entry = reader.next(); entry != null; entry = reader.next()) {
                batches.put(entry.firstItem(), entry.batch());
            }
        }
    }

    /** Takes note of the files in the folder, of which the last segment is sealed or not. */
    void know(FaultyFiles files, boolean isSealed) throws IOException {
        sealed = isSealed;
        for (String name : files.list(folder)) {
            if (CursorSet.isCursor(name)) {
                cursors.put(name, versions(files.bytes(folder.resolve(name))));
            }
            if (!name.endsWith(".seg")) {
                continue;
            }
            List<Part> parts = new ArrayList<>();
            try (FileAccess.OpenFile file = files.open(folder.resolve(name))) {
                RecordScanner scanner = new RecordScanner(file);
                while (scanner.next(file.size())) {
                    Part part = part(scanner);
                    boolean inside = scanner.header().grouped;
                    (inside ? parts.get(parts.size() - 1).parts() : parts).add(part);
                    if (part.kind() == RecordKind.GROUP) {
                        scanner.enter();
                    }
                }
            }
            segments.put(name, parts);
            last = name;
        }
    }

    /* The length of each version of a cursor; 0 where there is none. */
    private static int[] versions(byte[] bytes) {
        int[] lengths = new int[bytes.length / CursorFile.PLACE];
        for (int place = 0; place < lengths.length; place++) {
            int length = ByteBuffer.wrap(bytes).getInt(place * CursorFile.PLACE + 8);
            lengths[place] = length == 0 ? 0 : CursorFile.HEADER + length;
        }
        return lengths;
    }

    private static Part part(RecordScanner scanner) throws IOException {
        RecordHeader header = scanner.header();
        long state = 0;
        if (header.knownKind() == RecordKind.STATE && header.grouped) {
            try {
                state = number(StatePayload.read(Objects.requireNonNull(scanner.payload()))
                        .getOrDefault(COMPONENT, bytes(0)));
            } catch (MalformedPayloadException e) {
                throw new IOException(e);
            }
        }
        return new Part(
                Objects.requireNonNull(header.knownKind()),
                scanner.offset(),
                scanner.nextOffset(),
                header.first,
                header.items,
                state,
                new ArrayList<>());
    }

    static byte[] bytes(long state) {
        return ByteBuffer.allocate(Long.BYTES).putLong(0, state).array();
    }

    static long number(byte[] state) {
        return ByteBuffer.wrap(state).getLong();
    }

    Loss flipped(String name, long at) {
        if (!name.endsWith(".seg")) {
            int length = cursors.get(name)[(int) at / CursorFile.PLACE];
            boolean told =
                    length == 0 || at % CursorFile.PLACE < length; // a place without a version is nothing but zeros
            return new Loss(0, 0, 0, told, told).withState(stateWithout(name, at, at));
        }
        return inSegment(name, at).withState(stateWithout(name, at, at + 1));
    }

    private Loss inSegment(String name, long at) {
        boolean open = name.equals(last) && !sealed;
        List<Part> parts = segments.get(name);
        Part part = at(parts, at);
        boolean lastOfAll = name.equals(last) && part.equals(parts.get(parts.size() - 1));
        boolean header = at < part.from() + RecordHeader.SIZE;
        if (part.kind() == RecordKind.GROUP && !open && header) {
            return new Loss(0, 0, 0, part.items() > 0, part.items() > 0); // those in it speak for themselves
        }
        if (part.kind() == RecordKind.GROUP && !header && !(open && lastOfAll)) {
            part = at(part.parts(), at); // the others in it speak for themselves
        }
        return switch (part.kind()) {
            case GROUP -> {
                long needed = needing(part, parts);
                long atMost = lastOfAll && header ? part.to() - part.from() : 0;
                yield new Loss(needed, needed, atMost, needed > 0, needed > 0);
            }
            case METRICS, LOGS, SPANS -> {
                // Without its header the record at the end is taken for a write that was cut off: the cursors know
                // better.
                yield new Loss(
                        part.items(), part.items(), lastOfAll && header ? part.to() - part.from() : 0, true, true);
            }
            case DICTIONARY -> {
                long needed = open ? needing(part, parts) : 0;
                yield new Loss(needed, needed, 0, needed > 0, needed > 0);
            }
            case SEALED_DICTIONARY -> new Loss(0, 0, 0, true, true);
            case FOOTER -> new Loss(0, 0, 0, true, true);
            default -> new Loss(0, 0, 0, false, false);
        };
    }

    Loss cut(String name, long at) {
        long state = stateWithout(name, at, Long.MAX_VALUE);
        if (!name.endsWith(".seg")) {
            int[] lengths = cursors.get(name);
            int place = (int) at / CursorFile.PLACE;
            long left = at % CursorFile.PLACE;
            boolean whole = lengths[place] > 0 && left >= lengths[place];
            return new Loss(0, 0, 0, !whole || place + 1 < lengths.length, !whole && left > 0, state);
        }
        long items = 0;
        boolean border = true;
        long atMost = 0;
        for (Part part : segments.get(name)) {
            if (part.to() > at) {
                items += part.items();
            }
            if (part.from() < at && part.to() > at) {
                border = false;
                atMost = name.equals(last) ? Math.max(part.items(), at - part.from()) : 0;
            }
        }
        return new Loss(items, items, atMost, items > 0 || !border, !border, state);
    }

    private static Part at(List<Part> parts, long at) {
        return parts.stream().filter(part -> part.to() > at).findFirst().orElseThrow();
    }

    /* What is said in another segment than the last is said again when the next one begins, and at the end of a sealed one. */
    private long stateWithout(String name, long from, long to) {
        boolean once = name.equals(last) && (!sealed || to == Long.MAX_VALUE);
        long state = 0;
        for (Map.Entry<String, List<Part>> segment : segments.entrySet()) {
            List<Part> parts = segment.getValue();
            for (Part part : parts) {
                boolean damaged = once && segment.getKey().equals(name) && part.touches(from, to);
                boolean whole = damaged
                        && (from < part.from() + RecordHeader.SIZE
                                || to > part.to()
                                || part.equals(parts.get(parts.size() - 1)));
                for (Part inside : whole ? List.<Part>of() : part.parts()) {
                    if (!damaged || !inside.touches(from, to)) {
                        state = Math.max(state, inside.state());
                    }
                }
            }
        }
        return state;
    }

    /** The rows of a segment that need what a lost record holds: a dictionary, or a group, which loses its own as well. */
    private long needing(Part lostPart, List<Part> all) {
        List<Part> parts = all.stream()
                .flatMap(part -> part.parts().isEmpty() ? Stream.of(part) : part.parts().stream())
                .toList();
        Set<Labels> series = new HashSet<>();
        Set<Symbol> symbols = new HashSet<>();
        Set<Labels> lostSeries = new HashSet<>();
        Set<Symbol> lostSymbols = new HashSet<>();
        Map<Labels, Boolean> isLost = new HashMap<>();
        long lost = 0;
        for (Part part : parts) {
            EventBatch batch = part.items() == 0 ? null : batches.get(part.first());
            if (batch == null) {
                continue;
            }
            boolean inside = lostPart.parts().contains(part);
            boolean described = lostPart.kind() == RecordKind.GROUP ? inside : part.first() == lostPart.first();
            for (int row = 0; row < batch.size(); row++) {
                Labels labels = labels(batch, row);
                if (series.add(labels)) {
                    if (described) {
                        lostSeries.add(labels);
                    }
                    for (int i = 0; i < labels.size(); i++) {
                        for (Symbol symbol : List.of(labels.name(i), labels.value(i))) {
                            if (symbols.add(symbol) && described) {
                                lostSymbols.add(symbol);
                            }
                        }
                    }
                }
                lost += inside
                                || isLost.computeIfAbsent(
                                        labels,
                                        key -> lostSeries.contains(key)
                                                || key.toMap().entrySet().stream()
                                                        .anyMatch(entry -> lostSymbols.contains(
                                                                        Symbol.of(entry.getKey()))
                                                                || lostSymbols.contains(Symbol.of(entry.getValue()))))
                        ? 1
                        : 0;
            }
        }
        return lost;
    }

    /** How many items a journal no longer gives; those that it gives are as they were. */
    long lost(Journal journal) throws IOException {
        long found = 0;
        try (JournalReader reader = journal.reader(0)) {
            for (Entry entry = reader.next(); entry != null && entry.firstItem() < end; entry = reader.next()) {
                compare(entry);
                found += entry.batch().size();
            }
        }
        return end - found;
    }

    private void compare(Entry entry) {
        Map.Entry<Long, EventBatch> written = batches.floorEntry(entry.firstItem());
        int skipped = (int) (entry.firstItem() - written.getKey());
        for (int row = 0; row < entry.batch().size(); row++) {
            Object before = row(written.getValue(), skipped + row);
            Object after = row(entry.batch(), row);
            if (!before.equals(after)) {
                throw new AssertionError("item " + (entry.firstItem() + row) + " was " + before + " and is " + after);
            }
        }
    }

    /* A sample without its metadata, which it can do without. */
    private static Object row(EventBatch batch, int row) {
        if (batch instanceof MetricBatch metrics) {
            return Rows.row(metrics, row).subList(0, 6);
        }
        return batch instanceof LogBatch logs
                ? logs.rows().get(row)
                : ((SpanBatch) batch).rows().get(row);
    }

    private static Labels labels(EventBatch batch, int row) {
        if (batch instanceof MetricBatch metrics) {
            return metrics.labels(row);
        }
        return batch instanceof LogBatch logs ? logs.resource() : ((SpanBatch) batch).resource();
    }
}

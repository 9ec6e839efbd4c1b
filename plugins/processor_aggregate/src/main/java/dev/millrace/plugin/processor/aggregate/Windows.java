package dev.millrace.plugin.processor.aggregate;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiConsumer;

/**
 * The windows of a group that are under way, by their end in milliseconds since the epoch. Not thread-safe.
 *
 * <pre>
 *   byte    the version, 1
 *   int     how many windows; for each:
 *     long    its end
 *     Figures what is known of its samples
 * </pre>
 */
final class Windows {
    private static final int VERSION = 1;

    private final TreeMap<Long, Figures> byEnd = new TreeMap<>();

    static Windows read(byte[] state) {
        Windows windows = new Windows();
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(state))) {
            if (in.readByte() != VERSION) {
                throw new IOException("version: " + state[0] + " (expected: " + VERSION + ")");
            }
            for (int left = in.readInt(); left > 0; left--) {
                windows.byEnd.put(in.readLong(), Figures.read(in));
            }
        } catch (IOException e) {
            throw new UncheckedIOException("state of a group: " + e.getMessage(), e);
        }
        return windows;
    }

    byte[] bytes() {
        if (byEnd.isEmpty()) {
            return new byte[0];
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeByte(VERSION);
            out.writeInt(byEnd.size());
            for (Map.Entry<Long, Figures> window : byEnd.entrySet()) {
                out.writeLong(window.getKey());
                window.getValue().write(out);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e); // an array in memory does not fail
        }
        return bytes.toByteArray();
    }

    /** The figures of a window, new ones where it begins. */
    Figures at(long end, Layout layout) {
        Figures figures = byEnd.get(end);
        if (figures == null) {
            figures = layout.figures();
            byEnd.put(end, figures);
        }
        return figures;
    }

    /** Adds later samples. */
    void add(Windows later) {
        later.byEnd.forEach((end, figures) -> {
            Figures before = byEnd.putIfAbsent(end, figures);
            if (before != null) {
                before.add(figures);
            }
        });
    }

    /** Takes out the windows that end up to a time, oldest first. */
    void take(long until, BiConsumer<Long, Figures> taker) {
        Map<Long, Figures> due = byEnd.headMap(until, true);
        due.forEach(taker);
        due.clear();
    }

    boolean isEmpty() {
        return byEnd.isEmpty();
    }
}

package dev.millrace.plugin.service.http.statsd;

import dev.millrace.plugin.service.http.statsd.Measure.Kind;
import dev.millrace.spi.State;
import dev.millrace.spi.event.Labels;
import dev.millrace.spi.event.LabelsBuilder;
import dev.millrace.spi.event.MetricBatch;
import dev.millrace.spi.event.MetricBatchBuilder;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;

/**
 * All series, and what has come of them. Thread-safe.
 *
 * <p>As bytes: a version; the bounds of the buckets, as a number and doubles; the number of series; of each the number of
 * labels, names and values, and what {@link Tally#write} says. With other bounds, timings begin anew.
 */
final class Tallies {
    private static final byte VERSION = 1;
    private static final int HEADER = 4096;

    /** The largest labels of a series, so that each can be written. */
    private static final int LARGEST_SERIES = 16 << 10;

    /** What the elements of all sets may take in an interval. */
    private static final int MOST_ELEMENT_CHARACTERS = 4 << 20;

    private final Object lock = new Object();
    private final double[] bounds;
    private final StatsdOptions options;
    private final Map<Labels, Tally> all = new HashMap<>();
    private int bytes = HEADER;
    private int elementCharacters;

    Tallies(StatsdOptions options) {
        this.options = options;
        this.bounds = options.buckets().stream().mapToDouble(bound -> bound).toArray();
    }

    /** What became of a measure. */
    enum Result {
        TAKEN,
        OTHER_KIND,
        OVER_LIMIT
    }

    Result add(Measure measure, long now) {
        synchronized (lock) {
            Tally tally = all.get(measure.series());
            if (tally == null) {
                tally = new Tally(measure.kind(), now, bounds.length + 1);
                int size = size(measure.series()) + tally.bytes();
                if (size > LARGEST_SERIES || all.size() >= options.maxSeries() || bytes + size > State.MAX_BYTES) {
                    return Result.OVER_LIMIT;
                }
                all.put(measure.series(), tally);
                bytes += size;
            }
            if (tally.kind() != measure.kind()) {
                return Result.OTHER_KIND;
            }
            if (elementCharacters + measure.element().length() > MOST_ELEMENT_CHARACTERS) {
                return Result.OVER_LIMIT;
            }
            elementCharacters += measure.element().length();
            tally.add(measure, bounds, now);
            return Result.TAKEN;
        }
    }

    int size() {
        synchronized (lock) {
            return all.size();
        }
    }

    /** A sample of each series; those of which nothing came for too long get a stale marker, and are forgotten. */
    MetricBatch samples(long now) {
        synchronized (lock) {
            MetricBatchBuilder rows = MetricBatch.builder(all.size());
            elementCharacters = 0;
            Iterator<Map.Entry<Labels, Tally>> each = all.entrySet().iterator();
            while (each.hasNext()) {
                Map.Entry<Labels, Tally> entry = each.next();
                boolean idle =
                        now - entry.getValue().changed() > options.idleAfter().toMillis();
                new SampleRows(rows, entry.getKey(), entry.getValue(), now, idle).add(bounds);
                if (idle) {
                    bytes -= size(entry.getKey()) + entry.getValue().bytes();
                    each.remove();
                }
            }
            return rows.build();
        }
    }

    private static int size(Labels labels) {
        int size = Integer.BYTES;
        for (int i = 0; i < labels.size(); i++) {
            size += 2 * Short.BYTES
                    + utf8(labels.name(i).toString())
                    + utf8(labels.value(i).toString());
        }
        return size;
    }

    /* As DataOutput writes it. */
    private static int utf8(String text) {
        return text.chars().map(c -> c > 0 && c < 0x80 ? 1 : c < 0x800 ? 2 : 3).sum();
    }

    byte[] toBytes() {
        ByteArrayOutputStream bytesOut = new ByteArrayOutputStream();
        synchronized (lock) {
            try (DataOutputStream out = new DataOutputStream(bytesOut)) {
                out.writeByte(VERSION);
                out.writeInt(bounds.length);
                for (double bound : bounds) {
                    out.writeDouble(bound);
                }
                out.writeInt(all.size());
                for (Map.Entry<Labels, Tally> entry : all.entrySet()) {
                    write(entry.getKey(), out);
                    entry.getValue().write(out);
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e); // it writes to memory
            }
        }
        return bytesOut.toByteArray();
    }

    private static void write(Labels labels, DataOutputStream out) throws IOException {
        out.writeInt(labels.size());
        for (int i = 0; i < labels.size(); i++) {
            out.writeUTF(labels.name(i).toString());
            out.writeUTF(labels.value(i).toString());
        }
    }

    /** Takes what {@link #toBytes} gave. */
    void restore(byte[] state) {
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(state))) {
            if (in.readByte() != VERSION) {
                return;
            }
            double[] before = new double[in.readInt()];
            for (int i = 0; i < before.length; i++) {
                before[i] = in.readDouble();
            }
            boolean sameBounds = Arrays.equals(before, bounds);
            int count = in.readInt();
            synchronized (lock) {
                for (int i = 0; i < count; i++) {
                    Labels labels = readLabels(in);
                    Tally tally = Tally.read(in, before.length + 1);
                    if (tally.kind() != Kind.TIMING || sameBounds) {
                        all.put(labels, tally);
                        bytes += size(labels) + tally.bytes();
                    }
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e); // it reads from memory what was written whole
        }
    }

    private static Labels readLabels(DataInputStream in) throws IOException {
        LabelsBuilder labels = Labels.builder();
        int count = in.readInt();
        for (int i = 0; i < count; i++) {
            labels.set(in.readUTF(), in.readUTF());
        }
        return labels.build();
    }
}

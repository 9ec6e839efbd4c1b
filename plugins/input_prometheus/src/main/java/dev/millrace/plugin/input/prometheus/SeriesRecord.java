package dev.millrace.plugin.input.prometheus;

import dev.millrace.spi.event.Labels;
import dev.millrace.spi.event.LabelsBuilder;
import dev.millrace.spi.event.Symbol;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.InflaterInputStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A target and its series as bytes.
 *
 * <pre>
 * 1 byte      version, 1
 * the rest    compressed (RFC 1950):
 *   text      job
 *   text      URL
 *   1 byte    whether the report has all its samples
 *   labels    of the target
 *   4 bytes   number of series, each:
 *     1 byte  whether it is a native histogram
 *     labels  those that differ from the target's, empty where there is none
 *
 * labels      4 bytes: their number; for each the name and the value, a text
 * text        4 bytes: its length; UTF-8
 * </pre>
 */
final class SeriesRecord {
    private static final Logger LOG = LoggerFactory.getLogger(SeriesRecord.class);
    private static final int VERSION = 1;

    private SeriesRecord() {}

    /** The record of a target with the series of a page. */
    static byte[] of(Target target, boolean extra, PageSeries series) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.write(VERSION);
        Deflater fast = new Deflater(Deflater.BEST_SPEED);
        try (DataOutputStream out = new DataOutputStream(new DeflaterOutputStream(bytes, fast, 8 << 10))) {
            write(out, target.job().getBytes(StandardCharsets.UTF_8));
            write(out, target.url().toString().getBytes(StandardCharsets.UTF_8));
            out.writeBoolean(extra);
            write(out, target.labels(), Labels.EMPTY);
            List<TrackedSeries> tracked = new ArrayList<>();
            series.forEachTracked((labels, histogram) -> tracked.add(new TrackedSeries(labels, histogram)));
            out.writeInt(tracked.size());
            for (TrackedSeries one : tracked) {
                out.writeBoolean(one.histogram());
                write(out, one.labels(), target.labels());
            }
        } catch (IOException impossible) {
            throw new IllegalStateException(impossible);
        } finally {
            fast.end();
        }
        return bytes.toByteArray();
    }

    /** What a record says; nothing where it is of another version, or damaged, which is logged. */
    static Optional<LiveTarget> read(byte[] record) {
        if (record.length == 0 || record[0] != VERSION) {
            return Optional.empty();
        }
        InflaterInputStream plain = new InflaterInputStream(new ByteArrayInputStream(record, 1, record.length - 1));
        try (DataInputStream in = new DataInputStream(plain)) {
            String job = text(in);
            URI url = URI.create(text(in));
            boolean extra = in.readBoolean();
            Labels target = labels(in, Labels.EMPTY);
            int count = in.readInt();
            List<TrackedSeries> series = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                boolean histogram = in.readBoolean();
                series.add(new TrackedSeries(labels(in, target), histogram));
            }
            return Optional.of(new LiveTarget(job, target, url, series, 0, extra));
        } catch (IOException | IllegalArgumentException e) {
            LOG.warn("what was remembered of a target can not be read, and is not used: {}", e.toString());
            return Optional.empty();
        }
    }

    private static void write(DataOutputStream out, Labels labels, Labels known) throws IOException {
        List<Symbol> texts = new ArrayList<>();
        for (int i = 0; i < labels.size(); i++) {
            if (!labels.value(i).equals(known.get(labels.name(i)))) {
                texts.add(labels.name(i));
                texts.add(labels.value(i));
            }
        }
        for (int i = 0; i < known.size(); i++) {
            if (labels.get(known.name(i)) == null) {
                texts.add(known.name(i));
                texts.add(Symbol.EMPTY);
            }
        }
        out.writeInt(texts.size() / 2);
        for (Symbol text : texts) {
            write(out, text);
        }
    }

    private static void write(DataOutputStream out, Symbol symbol) throws IOException {
        byte[] bytes = new byte[symbol.length()];
        var unused = symbol.copyTo(bytes, 0);
        write(out, bytes);
    }

    private static void write(DataOutputStream out, byte[] text) throws IOException {
        out.writeInt(text.length);
        out.write(text);
    }

    private static Labels labels(DataInputStream in, Labels known) throws IOException {
        LabelsBuilder builder = known.toBuilder();
        int count = in.readInt();
        for (int i = 0; i < count; i++) {
            Symbol name = symbol(in);
            builder.set(name, symbol(in));
        }
        return builder.build();
    }

    private static Symbol symbol(DataInputStream in) throws IOException {
        byte[] bytes = bytes(in);
        return Symbol.of(bytes, 0, bytes.length);
    }

    private static String text(DataInputStream in) throws IOException {
        return new String(bytes(in), StandardCharsets.UTF_8);
    }

    private static byte[] bytes(DataInputStream in) throws IOException {
        int length = in.readInt();
        byte[] bytes = in.readNBytes(Math.max(0, length));
        if (bytes.length != length) {
            throw new IOException("it ends in a text of " + length + " bytes");
        }
        return bytes;
    }
}

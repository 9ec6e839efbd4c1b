package dev.millrace.core.journal;

import dev.millrace.spi.event.Labels;
import dev.millrace.spi.event.Metadata;
import dev.millrace.spi.event.Symbol;

/**
 * What the open segment has described so far: symbols, series and metadata, each by its number. Not thread-safe.
 *
 * <p>A description is written when it is first used, and then it is old.
 */
@SuppressWarnings("ReferenceEquality") // narrows the search, and tells whose memory labels are
final class SegmentDictionary {
    private static final int LABELS_BYTES = 48;

    private final InternTable<Symbol> symbols = new InternTable<>();
    private final InternTable<Labels> series = new InternTable<>();
    private final InternTable<Metadata> metadata = new InternTable<>();
    private int oldSymbols;
    private int oldSeries;
    private int oldMetadata;
    private long bytes;
    private long foreignBytes;

    /**
     * The number of a series, which is described where it is new.
     *
     * @param expected the number to try first: that behind the row before
     */
    int series(Labels labels, int expected) {
        if (expected < series.size() && series.get(expected) == labels) {
            return expected;
        }
        int number = series.find(labels);
        if (number < 0) {
            for (int i = 0; i < labels.size(); i++) {
                describe(labels.name(i));
                describe(labels.value(i));
            }
            number = series.add(labels);
            foreignBytes += LABELS_BYTES + 8L * labels.size();
        } else if (series.get(number) != labels) {
            foreignBytes += LABELS_BYTES + 8L * labels.size();
        }
        return number;
    }

    /**
     * The number of a description, which is added where it is new.
     *
     * @param expected the number to try first: that behind the one before
     */
    int metadata(Metadata description, int expected) {
        if (expected < metadata.size() && metadata.get(expected).equals(description)) {
            return expected;
        }
        int number = metadata.find(description);
        return number < 0 ? metadata.add(description) : number;
    }

    private void describe(Symbol symbol) {
        if (symbols.find(symbol) < 0) {
            symbols.add(symbol);
            foreignBytes += LABELS_BYTES + symbol.length();
        }
    }

    /** Whether something was described since {@link #writeNew}. */
    boolean hasNew() {
        return oldSymbols < symbols.size() || oldSeries < series.size() || oldMetadata < metadata.size();
    }

    /** Writes what is new, as one payload. */
    void writeNew(PayloadOutput out) {
        int start = out.size();
        DictionaryPayload.writeSymbols(out, symbols, oldSymbols, symbols.size());
        DictionaryPayload.writeSeries(out, series, symbols, oldSeries, series.size());
        DictionaryPayload.writeMetadata(out, metadata, oldMetadata, metadata.size());
        oldSymbols = symbols.size();
        oldSeries = series.size();
        oldMetadata = metadata.size();
        bytes += out.size() - start + RecordHeader.SIZE;
    }

    /** Writes everything, as payloads of moderate size. */
    void writeAll(RecordOutput records, long end, long written) {
        DictionaryPayload.writeAll(records, symbols, series, metadata, end, written);
    }

    /** The size of all that was described. */
    long bytes() {
        return bytes;
    }

    /** How much memory the labels took that were not this dictionary's own objects, since the last call. */
    long takeForeignBytes() {
        long taken = foreignBytes;
        foreignBytes = 0;
        return taken;
    }
}

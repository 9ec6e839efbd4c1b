package dev.millrace.core.journal;

import dev.millrace.spi.event.Labels;
import dev.millrace.spi.event.Metadata;
import dev.millrace.spi.event.Symbol;

/**
 * The payload of a dictionary record: symbols, series of symbols, and metadata, each with a number that counts on from 0
 * in its segment. The numbers are written down, so that a lost payload costs only its own.
 *
 * <pre>
 *   varint  number of the first symbol
 *   varint  how many symbols
 *             length, UTF-8
 *   varint  number of the first series
 *   varint  how many series
 *             varint how many labels; for each: varint symbol of its name, varint symbol of its value
 *   varint  number of the first metadata
 *   varint  how many metadata
 *             varint type; length, UTF-8 of: family, help, unit
 * </pre>
 */
@SuppressWarnings("EnumOrdinal") // the ordinals of metric types are a protocol's numbers, and settled
final class DictionaryPayload {
    private static final int SEALED_ENTRIES = 16 << 10;

    private DictionaryPayload() {}

    static void writeSymbols(PayloadOutput out, InternTable<Symbol> symbols, int from, int to) {
        out.writeVarint(from);
        out.writeVarint(to - from);
        for (int number = from; number < to; number++) {
            out.writeSymbol(symbols.get(number));
        }
    }

    static void writeSeries(
            PayloadOutput out, InternTable<Labels> series, InternTable<Symbol> symbols, int from, int to) {
        out.writeVarint(from);
        out.writeVarint(to - from);
        for (int number = from; number < to; number++) {
            Labels labels = series.get(number);
            out.writeVarint(labels.size());
            for (int i = 0; i < labels.size(); i++) {
                out.writeVarint(symbols.find(labels.name(i)));
                out.writeVarint(symbols.find(labels.value(i)));
            }
        }
    }

    static void writeMetadata(PayloadOutput out, InternTable<Metadata> metadata, int from, int to) {
        out.writeVarint(from);
        out.writeVarint(to - from);
        for (int number = from; number < to; number++) {
            Metadata description = metadata.get(number);
            out.writeVarint(description.type().ordinal());
            out.writeText(description.family());
            out.writeText(description.help());
            out.writeText(description.unit());
        }
    }

    /** Writes records of all descriptions, those of symbols first. */
    static void writeAll(
            RecordOutput records,
            InternTable<Symbol> symbols,
            InternTable<Labels> series,
            InternTable<Metadata> metadata,
            long end,
            long written) {
        int most = Math.max(symbols.size(), Math.max(series.size(), metadata.size()));
        for (int from = 0; from < symbols.size(); from += SEALED_ENTRIES) {
            PayloadOutput out = records.begin(RecordKind.SEALED_DICTIONARY, end, 0, written);
            writeSymbols(out, symbols, from, Math.min(from + SEALED_ENTRIES, symbols.size()));
            writeSeries(out, series, symbols, 0, 0);
            writeMetadata(out, metadata, 0, 0);
            records.end();
        }
        for (int from = 0; from < most; from += SEALED_ENTRIES) {
            if (from >= series.size() && from >= metadata.size()) {
                break;
            }
            PayloadOutput out = records.begin(RecordKind.SEALED_DICTIONARY, end, 0, written);
            writeSymbols(out, symbols, 0, 0);
            writeSeries(
                    out,
                    series,
                    symbols,
                    Math.min(from, series.size()),
                    Math.min(from + SEALED_ENTRIES, series.size()));
            writeMetadata(
                    out, metadata, Math.min(from, metadata.size()), Math.min(from + SEALED_ENTRIES, metadata.size()));
            records.end();
        }
    }
}

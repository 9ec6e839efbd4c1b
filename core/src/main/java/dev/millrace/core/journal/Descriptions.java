package dev.millrace.core.journal;

import dev.millrace.spi.event.Labels;
import dev.millrace.spi.event.LabelsBuilder;
import dev.millrace.spi.event.Metadata;
import dev.millrace.spi.event.MetricType;
import dev.millrace.spi.event.Symbol;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** What a reader knows of a segment's dictionary; a description that was lost is missing. Not thread-safe. */
final class Descriptions {
    private static final MetricType[] TYPES = MetricType.values();

    private final LabelsBuilder builder = Labels.builder();
    private @Nullable Symbol[] symbols = new Symbol[64];
    private @Nullable Labels[] series = new Labels[64];
    private @Nullable Metadata[] metadata = new Metadata[16];

    /** The series of a number, or null where its description is missing. */
    @Nullable
    Labels series(int number) {
        return number >= 0 && number < series.length ? series[number] : null;
    }

    /** The metadata of a number, or null where its description is missing. */
    @Nullable
    Metadata metadata(int number) {
        return number >= 0 && number < metadata.length ? metadata[number] : null;
    }

    /** Takes over a payload of {@link DictionaryPayload}; what is known already stays. */
    void read(PayloadInput in) throws MalformedPayloadException {
        int symbol = in.readNumber();
        int count = in.readCount(1);
        symbols = room(symbols, symbol, count);
        for (int end = symbol + count; symbol < end; symbol++) {
            symbols[symbol] = in.readSymbol();
        }
        int number = in.readNumber();
        count = in.readCount(1);
        series = room(series, number, count);
        for (int end = number + count; number < end; number++) {
            Labels labels = readSeries(in);
            series[number] = series[number] == null ? labels : series[number];
        }
        number = in.readNumber();
        count = in.readCount(1);
        metadata = room(metadata, number, count);
        for (int end = number + count; number < end; number++) {
            metadata[number] = readMetadata(in);
        }
    }

    private @Nullable Labels readSeries(PayloadInput in) throws MalformedPayloadException {
        builder.clear();
        boolean complete = true;
        for (int left = in.readCount(2); left > 0; left--) {
            Symbol name = symbol(in.readNumber());
            Symbol value = symbol(in.readNumber());
            if (name == null || value == null) {
                complete = false;
            } else {
                builder.add(name, value);
            }
        }
        return complete ? builder.build() : null;
    }

    private static Metadata readMetadata(PayloadInput in) throws MalformedPayloadException {
        int type = in.readNumber();
        if (type >= TYPES.length) {
            throw new MalformedPayloadException("a metric type is " + type);
        }
        return new Metadata(in.readText(), TYPES[type], in.readText(), in.readText());
    }

    private @Nullable Symbol symbol(int number) {
        return number < symbols.length ? symbols[number] : null;
    }

    private static <T> @Nullable T[] room(@Nullable T[] array, int from, int count) throws MalformedPayloadException {
        long needed = (long) from + count;
        if (count == 0 || needed <= array.length) {
            return array;
        }
        if (needed > Integer.MAX_VALUE / 4) {
            throw new MalformedPayloadException("a description has the number " + needed);
        }
        return Arrays.copyOf(array, (int) Math.max(needed, 2L * array.length));
    }
}

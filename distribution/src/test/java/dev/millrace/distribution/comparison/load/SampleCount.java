package dev.millrace.distribution.comparison.load;

import java.io.IOException;
import java.nio.charset.StandardCharsets;

/**
 * Counts the samples in requests of remote write, and sees which of them were there before and which come too late. Not
 * thread-safe.
 */
public final class SampleCount {
    /** The bits of a stale marker's value; see the specification of remote write. */
    private static final long STALE = 0x7ff0000000000002L;

    private final RequestReader reader;
    private final SeriesTimestamps timestamps;
    private long scraped;
    private long others;
    private long repeated;
    private long outOfOrder;

    /**
     * Counts as scraped what is in a series whose name has a prefix.
     *
     * @param remembered how many timestamps of each series are remembered: one that comes again behind so many newer ones
     *     is taken for another
     */
    public SampleCount(String prefix, int remembered) {
        this.reader = new RequestReader(prefix.getBytes(StandardCharsets.UTF_8));
        this.timestamps = new SeriesTimestamps(remembered);
    }

    /**
     * What was counted.
     *
     * @param scraped samples of the pages, each once
     * @param others samples that a program adds, such as {@code up}, and stale markers
     * @param repeated samples of the pages that had been there before
     * @param outOfOrder those of {@code scraped} that are older than the newest of their series
     */
    public record Result(long scraped, long others, long repeated, long outOfOrder) {
        /** All samples, whatever they are. */
        public long all() {
            return scraped + others + repeated;
        }
    }

    /** What was counted so far. */
    public Result result() {
        return new Result(scraped, others, repeated, outOfOrder);
    }

    /** Counts the samples of a request, decompressed, and returns how many there were. */
    int add(byte[] request) throws IOException {
        return reader.read(request, this::count);
    }

    private void count(long series, boolean ofPage, long timestamp, long value) {
        if (!ofPage || value == STALE) {
            others++;
            return;
        }
        switch (timestamps.add(series, timestamp)) {
            case NEXT -> scraped++;
            case OLDER -> {
                scraped++;
                outOfOrder++;
            }
            case REPEATED -> repeated++;
        }
    }
}

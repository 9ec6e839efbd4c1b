package dev.millrace.plugin.input.prometheus;

import java.util.Arrays;

/**
 * The texts of the exemplars of a page, by the samples behind which they stood: mostly the next page has the same ones, and
 * each is passed on once. Not thread-safe.
 */
final class ExemplarTexts {
    /** No exemplars. */
    static final ExemplarTexts NONE = new ExemplarTexts();

    private int[] samples = new int[8];
    private int[] ends = new int[8];
    private long[] times = new long[8];
    private byte[] text = new byte[1024];
    private int size;

    /** Adds the text behind a sample, which comes after those that have one already. */
    void add(int sample, byte[] bytes, int from, int to) {
        if (size == samples.length) {
            samples = Arrays.copyOf(samples, 2 * size);
            ends = Arrays.copyOf(ends, 2 * size);
            times = Arrays.copyOf(times, 2 * size);
        }
        int start = start(size);
        int end = start + to - from;
        if (end > text.length) {
            text = Arrays.copyOf(text, 2 * end);
        }
        System.arraycopy(bytes, from, text, start, to - from);
        samples[size] = sample;
        ends[size] = end;
        size++;
    }

    /** Adds a sample of many exemplars, the newest of a time; it comes after those that have one already. */
    void add(int sample, long newest) {
        add(sample, text, 0, 0);
        times[size - 1] = newest;
    }

    /** The time of the newest exemplar of a sample of many, the least there is if it has none. */
    long newest(int sample) {
        int at = Arrays.binarySearch(samples, 0, size, sample);
        return at >= 0 ? times[at] : Long.MIN_VALUE;
    }

    /** Whether this text stood behind a sample. */
    boolean has(int sample, byte[] bytes, int from, int to) {
        int at = Arrays.binarySearch(samples, 0, size, sample);
        return at >= 0 && Arrays.equals(text, start(at), ends[at], bytes, from, to);
    }

    private int start(int at) {
        return at == 0 ? 0 : ends[at - 1];
    }
}

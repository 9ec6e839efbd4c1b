package dev.millrace.plugin.lib.otlp.metrics;

/** An exponential histogram, used again for each. Not thread-safe. */
final class ExponentialValue {
    /** As many as the OpenTelemetry Collector keeps. */
    static final int MOST_BUCKETS = 160;

    /** As many numbers as a sum of several has. */
    static final int MOST_NUMBERS = 2 * MOST_BUCKETS + 12;

    /** Its sides, at the same scale. */
    final ExponentialSide positive;

    final ExponentialSide negative;
    /** The number of observations. */
    long count;
    /** Their sum, as the raw bits of a double. */
    long sum;
    /** Its resolution: a bucket is 2^(2^-scale) wide. */
    int scale;
    /** The observations in the zero bucket. */
    long zeroCount;
    /** How wide that is. */
    double zeroThreshold;

    ExponentialValue(byte[] bytes) {
        positive = new ExponentialSide(bytes);
        negative = new ExponentialSide(bytes);
    }

    void clear() {
        positive.clear();
        negative.clear();
        count = 0;
        sum = 0;
        scale = 0;
        zeroCount = 0;
        zeroThreshold = 0;
    }

    /** Makes it coarser by steps of the scale. */
    void coarsen(int steps) {
        if (steps > 0) {
            positive.coarsen(steps);
            negative.coarsen(steps);
            scale -= steps;
        }
    }

    /** Whether the counts of buckets make the count; where something that is no number was observed, they are fewer. */
    boolean adds() {
        long below = positive.total();
        long above = negative.total();
        if (below < 0 || above < 0 || zeroCount < 0 || count < 0) {
            return false;
        }
        double all = (double) below + above + zeroCount;
        return Double.isNaN(Double.longBitsToDouble(sum)) ? all <= count : below + above + zeroCount == count;
    }

    /** Becomes the same as another. */
    void set(ExponentialValue other) {
        positive.set(other.positive);
        negative.set(other.negative);
        count = other.count;
        sum = other.sum;
        scale = other.scale;
        zeroCount = other.zeroCount;
        zeroThreshold = other.zeroThreshold;
    }

    /**
     * Adds what another counted, which becomes as coarse as this one, or this one as coarse as it; both become coarser
     * where one side would have more buckets than {@value #MOST_BUCKETS}.
     *
     * @return false where that would be coarser than {@code coarsest}, and nothing was added
     */
    boolean add(ExponentialValue other, int coarsest) {
        int shared = Math.min(scale, other.scale);
        while (tooWide(positive, other.positive, other, shared) || tooWide(negative, other.negative, other, shared)) {
            shared--;
            if (shared < coarsest) {
                return false;
            }
        }
        coarsen(scale - shared);
        other.coarsen(other.scale - shared);
        widenZero(Math.max(zeroThreshold, other.zeroThreshold));
        other.widenZero(zeroThreshold);
        widenZero(other.zeroThreshold);
        positive.add(other.positive);
        negative.add(other.negative);
        zeroCount += other.zeroCount;
        count += other.count;
        sum = Double.doubleToRawLongBits(Double.longBitsToDouble(sum) + Double.longBitsToDouble(other.sum));
        return true;
    }

    private boolean tooWide(ExponentialSide ours, ExponentialSide theirs, ExponentialValue other, int shared) {
        if (ours.counts().size() == 0 || theirs.counts().size() == 0) {
            return false;
        }
        long first = Math.min(ours.offset() >> scale - shared, theirs.offset() >> other.scale - shared);
        long last = Math.max(ours.last() >> scale - shared, theirs.last() >> other.scale - shared);
        return last - first >= MOST_BUCKETS;
    }

    /* The zero bucket takes all buckets that begin below its new width, and so becomes as wide as they reach. */
    private void widenZero(double threshold) {
        if (threshold <= zeroThreshold) {
            return;
        }
        double reach = Math.max(positive.reach(threshold, scale), negative.reach(threshold, scale));
        zeroThreshold = Math.max(threshold, reach);
        zeroCount += positive.takeBelow(zeroThreshold, scale) + negative.takeBelow(zeroThreshold, scale);
    }

    /** Whether all indexes are of 32 bits. */
    boolean fits() {
        return positive.fits() && negative.fits();
    }
}

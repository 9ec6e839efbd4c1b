package dev.millrace.plugin.input.prometheus;

import dev.millrace.plugin.lib.prometheus.wire.HistogramResolution;
import dev.millrace.spi.config.ByteSize;
import dev.millrace.spi.config.Default;
import dev.millrace.spi.config.Doc;
import dev.millrace.spi.config.InvalidOptionException;
import dev.millrace.spi.config.SnakeCase;
import java.util.Map;
import java.util.Optional;

/**
 * The limits of a job, with the keys of Prometheus; 0 is none. What is over one of them fails the scrape, and over
 * {@code target_limit} those of all targets.
 *
 * @param bodySizeLimit a page, not compressed, has fewer bytes than this; absent: 64 MiB
 * @param sampleLimit the largest number of samples in a page, after relabelling
 * @param labelLimit the largest number of labels of a series, after relabelling, its name among them
 * @param labelNameLengthLimit the largest number of bytes in the name of a label
 * @param labelValueLengthLimit the largest number of bytes in the value of a label
 * @param targetLimit the largest number of targets of the job, after relabelling
 * @param keepDroppedTargets how many targets are shown that relabelling drops
 * @param nativeHistogramBucketLimit the largest number of buckets of a native histogram; what has more is made coarser
 * @param nativeHistogramMinBucketFactor how much wider each bucket of a native histogram is than the one before, at the least
 */
@SnakeCase
public record ScrapeLimits(
        @Doc(
                value = "A page, not compressed, has fewer bytes than this; by default 64MiB, 0 is no limit.",
                example = "10MB")
        Optional<ByteSize> bodySizeLimit,

        @Doc("The largest number of samples in a page, after relabelling; 0 is no limit.") @Default("0")
        int sampleLimit,

        @Doc("The largest number of labels of a series, after relabelling; 0 is no limit.") @Default("0")
        int labelLimit,

        @Doc("The largest number of bytes in the name of a label; 0 is no limit.") @Default("0")
        int labelNameLengthLimit,

        @Doc("The largest number of bytes in the value of a label; 0 is no limit.") @Default("0")
        int labelValueLengthLimit,

        @Doc("The largest number of targets of the job; with more, all of them fail. 0 is no limit.") @Default("0")
        int targetLimit,

        @Doc("How many targets are shown that relabelling drops; 0 is all.") @Default("0")
        int keepDroppedTargets,

        @Doc("The largest number of buckets of a native histogram, which is made coarser for it; 0 is no limit.")
        @Default("0")
        int nativeHistogramBucketLimit,

        @Doc("How much wider than its neighbour a bucket of a native histogram is, at the least; 0 is no limit.")
        @Default("0")
        double nativeHistogramMinBucketFactor) {
    /** None but that of the body. */
    static final ScrapeLimits DEFAULT = new ScrapeLimits(Optional.empty(), 0, 0, 0, 0, 0, 0, 0, 0);

    private static final ByteSize STANDARD_BODY = new ByteSize(64 << 20);

    public ScrapeLimits {
        Map.of(
                        "sampleLimit", sampleLimit,
                        "labelLimit", labelLimit,
                        "labelNameLengthLimit", labelNameLengthLimit,
                        "labelValueLengthLimit", labelValueLengthLimit,
                        "targetLimit", targetLimit,
                        "keepDroppedTargets", keepDroppedTargets,
                        "nativeHistogramBucketLimit", nativeHistogramBucketLimit)
                .forEach((component, limit) -> {
                    if (limit < 0) {
                        throw new InvalidOptionException(component, limit + " (expected: >= 0)");
                    }
                });
        if (!(nativeHistogramMinBucketFactor >= 0)) {
            throw new InvalidOptionException(
                    "nativeHistogramMinBucketFactor", nativeHistogramMinBucketFactor + " (expected: >= 0)");
        }
    }

    /** The bytes of a page are fewer than this; 0 is no limit. */
    ByteSize body() {
        return bodySizeLimit.orElse(STANDARD_BODY);
    }

    /** The finest schema of native histograms. */
    int finestSchema() {
        return nativeHistogramMinBucketFactor == 0
                ? HistogramResolution.FINEST
                : HistogramResolution.ofFactor(nativeHistogramMinBucketFactor);
    }

    /** These, with others in the place of those that are not given, as a job takes those of {@code global}. */
    ScrapeLimits or(ScrapeLimits others) {
        return new ScrapeLimits(
                bodySizeLimit
                        .filter(size -> size.bytes() > 0)
                        .or(others::bodySizeLimit)
                        .or(() -> bodySizeLimit),
                or(sampleLimit, others.sampleLimit),
                or(labelLimit, others.labelLimit),
                or(labelNameLengthLimit, others.labelNameLengthLimit),
                or(labelValueLengthLimit, others.labelValueLengthLimit),
                or(targetLimit, others.targetLimit),
                or(keepDroppedTargets, others.keepDroppedTargets),
                or(nativeHistogramBucketLimit, others.nativeHistogramBucketLimit),
                nativeHistogramMinBucketFactor == 0
                        ? others.nativeHistogramMinBucketFactor
                        : nativeHistogramMinBucketFactor);
    }

    private static int or(int own, int other) {
        return own == 0 ? other : own;
    }
}

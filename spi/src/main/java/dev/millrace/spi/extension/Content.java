package dev.millrace.spi.extension;

/**
 * What stands in a body, by kind; a kind that the format does not know is 0.
 *
 * @param samples the number of float samples; of other events than metrics, their number
 * @param histograms the number of native histograms
 * @param exemplars the number of exemplars
 * @param metadata the number of descriptions of metrics
 */
public record Content(int samples, int histograms, int exemplars, int metadata) {
    /** Nothing. */
    public static final Content NONE = new Content(0, 0, 0, 0);

    /** Samples and nothing else. */
    public static Content samples(int count) {
        return new Content(count, 0, 0, 0);
    }
}

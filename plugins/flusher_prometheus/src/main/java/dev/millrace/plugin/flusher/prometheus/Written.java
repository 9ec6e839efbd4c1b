package dev.millrace.plugin.flusher.prometheus;

import dev.millrace.spi.extension.Content;
import dev.millrace.spi.http.HttpHeaders;
import java.util.OptionalLong;
import java.util.regex.Pattern;

/**
 * What a receiver says that it has written: the response headers of remote write 2.0 ("Required Written Response
 * Headers"). A header that is missing or no number is empty.
 *
 * @param samples float samples
 * @param histograms native histograms
 * @param exemplars exemplars
 */
record Written(OptionalLong samples, OptionalLong histograms, OptionalLong exemplars) {
    private static final String PREFIX = "X-Prometheus-Remote-Write-";
    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,18}");

    /** Reads the headers of an answer. */
    static Written of(HttpHeaders headers) {
        return new Written(
                number(headers, "Samples-Written"),
                number(headers, "Histograms-Written"),
                number(headers, "Exemplars-Written"));
    }

    /** Whether there is any of the headers, so that the receiver knows 2.0. */
    boolean any() {
        return samples.isPresent() || histograms.isPresent() || exemplars.isPresent();
    }

    /** How many rows were written of as many samples and histograms; a missing header counts as 0, as specified. */
    int rows(int sentSamples, int sentHistograms) {
        return (int) (Math.min(samples.orElse(0), sentSamples) + Math.min(histograms.orElse(0), sentHistograms));
    }

    /** What of a request was not written. Of metadata nothing is said: it goes with its series, all of them or any. */
    Content missing(Content sent) {
        boolean none = rows(sent.samples(), sent.histograms()) == 0;
        return new Content(
                missing(samples, sent.samples()),
                missing(histograms, sent.histograms()),
                missing(exemplars, sent.exemplars()),
                none ? sent.metadata() : 0);
    }

    private static int missing(OptionalLong written, int sent) {
        return (int) (sent - Math.min(written.orElse(0), sent));
    }

    private static OptionalLong number(HttpHeaders headers, String name) {
        String value = headers.first(PREFIX + name).orElse("").strip();
        return NUMBER.matcher(value).matches() ? OptionalLong.of(Long.parseLong(value)) : OptionalLong.empty();
    }
}

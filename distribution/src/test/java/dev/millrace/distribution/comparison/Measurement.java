package dev.millrace.distribution.comparison;

/**
 * What one turn of a program showed. A million is a million samples of pages that the receiver got.
 *
 * @param program its name
 * @param round from 1 on
 * @param steadyCpu CPU seconds for a million, in the window
 * @param wholeCpu CPU seconds for a million, from the start of the process
 * @param loadCpu CPU seconds of the targets and the receiver for a million, in the window
 * @param peakBytes the largest resident memory
 * @param bytesPerSample the bodies as posted, in the window, for each sample in them
 * @param firstSeconds from the start of the process to the first sample at the receiver
 * @param served samples on the pages that were served
 * @param received what the receiver got, from the start to the end
 */
record Measurement(
        String program,
        int round,
        double steadyCpu,
        double wholeCpu,
        double loadCpu,
        long peakBytes,
        double bytesPerSample,
        double firstSeconds,
        long served,
        CountingReceiver.Received received) {
    /** Samples that were served and did not arrive. */
    long lost() {
        return served - received.samples().scraped();
    }
}

package dev.millrace.distribution.comparison;

import dev.millrace.distribution.comparison.load.CountingReceiver.Received;

/**
 * What can be seen of a stage at a moment.
 *
 * @param nanos when, as {@link System#nanoTime}
 * @param cpu processor seconds of the program in all its lives
 * @param peakBytes the largest resident memory of any of its lives
 * @param residentBytes the resident memory at that moment
 * @param loadCpu processor seconds of targets and receiver
 * @param served samples on the pages that were served
 * @param received what came to the receiver
 */
record Moment(
        long nanos, double cpu, long peakBytes, long residentBytes, double loadCpu, long served, Received received) {
    private static final double MILLION = 1_000_000;
    private static final double MEBIBYTE = 1 << 20;

    /** Samples of pages that came, each once. */
    long delivered() {
        return received.samples().scraped();
    }

    /** Samples that were served and did not come, up to now. */
    long lost() {
        return served - delivered();
    }

    double peakMebibytes() {
        return peakBytes / MEBIBYTE;
    }

    double residentMebibytes() {
        return residentBytes / MEBIBYTE;
    }

    /** Processor seconds of the program for a million samples that came since an earlier moment. */
    double cpuSince(Moment before) {
        return (cpu - before.cpu) / (delivered() - before.delivered()) * MILLION;
    }

    /** Processor seconds of the program for a million samples, from its start. */
    double cpuFromStart() {
        return cpu / delivered() * MILLION;
    }

    /** Processor seconds of targets and receiver for a million samples that came since an earlier moment. */
    double loadCpuSince(Moment before) {
        return (loadCpu - before.loadCpu) / (delivered() - before.delivered()) * MILLION;
    }

    /** The bodies that came since an earlier moment, for each sample in them. */
    double bytesPerSampleSince(Moment before) {
        return (double) (received.bytes() - before.received.bytes())
                / (received.samples().all() - before.received.samples().all());
    }
}

package dev.millrace.core.pipeline;

/** How many items a processor took out. Guarded by the lock of {@link PipelineCounters}. */
final class ProcessorCount {
    private long dropped;

    void add(int items) {
        dropped += items;
    }

    long dropped() {
        return dropped;
    }
}

package dev.millrace.core.delivery;

import dev.millrace.spi.event.EventBatch;
import dev.millrace.spi.pipeline.Slice;
import java.util.concurrent.CompletionStage;

/** A request that is sent once: what the flusher sees of it. It is closed when its outcome no longer matters. */
final class Attempt implements Slice {
    /** Where an attempt is written down before it leaves. */
    interface Recorder {
        CompletionStage<Void> record(Attempt attempt, String protocol, int checksum);
    }

    private static final int LONGEST_PROTOCOL = 100;

    private final Request request;
    private final int number;
    private final boolean repeated;
    private final boolean probe;
    private final long deadline;
    private final Recorder recorder;
    private volatile boolean closed;

    /** An attempt at a request; {@code deadline} is when it is abandoned, {@code probe} whether it tests a held flusher. */
    Attempt(Request request, boolean probe, long deadline, Recorder recorder) {
        this.request = request;
        this.number = request.attempt();
        this.repeated = request.repeated();
        this.probe = probe;
        this.deadline = deadline;
        this.recorder = recorder;
    }

    Request request() {
        return request;
    }

    boolean probe() {
        return probe;
    }

    long deadline() {
        return deadline;
    }

    boolean closed() {
        return closed;
    }

    void close() {
        closed = true;
    }

    @Override
    public int size() {
        return request.size();
    }

    @Override
    public EventBatch batch(int index) {
        return request.batch(index);
    }

    @Override
    public int row(int index) {
        return request.row(index);
    }

    @Override
    public int attempt() {
        return number;
    }

    @Override
    public boolean repeated() {
        return repeated;
    }

    @Override
    public CompletionStage<Void> record(String protocol, int bodyChecksum) {
        if (protocol == null || protocol.length() > LONGEST_PROTOCOL) {
            throw new IllegalArgumentException(
                    "protocol: " + protocol + " (expected: at most " + LONGEST_PROTOCOL + " characters)");
        }
        return recorder.record(this, protocol, bodyChecksum);
    }
}

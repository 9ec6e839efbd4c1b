package dev.millrace.core.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.spi.event.EventBatch;
import dev.millrace.spi.pipeline.Processor;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

final class ProcessorStageTest {
    private final RecordedSink sink = new RecordedSink();
    private final AtomicLong dropped = new AtomicLong();
    private final RecordedAnswer answer = new RecordedAnswer();

    private void pass(Processor processor, EventBatch batch) {
        new ProcessorStage("web/filter", processor, dropped::addAndGet, sink).accept(batch, answer);
    }

    @Test
    void countsWhatIsTakenOutAndPassesOnTheRest() {
        EventBatch rest = RecordedSink.batch(2);
        pass(batch -> rest, RecordedSink.batch(5));
        assertThat(sink.batches).containsExactly(rest);
        assertThat(dropped).hasValue(3);
        assertThat(answer.told).isEmpty();
    }

    @Test
    void acknowledgesWhatIsTakenOutWhole() {
        pass(batch -> RecordedSink.batch(0), RecordedSink.batch(5));
        assertThat(sink.batches).isEmpty();
        assertThat(dropped).hasValue(5);
        assertThat(answer.told).containsExactly("committed");
    }

    @Test
    void refusesWhatItFailsOn() {
        pass(
                batch -> {
                    throw new OutOfMemoryError("not really");
                },
                RecordedSink.batch(5));
        assertThat(answer.told).containsExactly("PROCESSOR_FAILED");
    }

    @Test
    void refusesWhereTheResultIsNull() {
        pass(batch -> null, RecordedSink.batch(5));
        assertThat(answer.told).containsExactly("PROCESSOR_FAILED");
    }
}

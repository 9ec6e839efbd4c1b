package com.example;

import dev.millrace.spi.PluginContext;
import dev.millrace.spi.PluginFactory;
import dev.millrace.spi.State;
import dev.millrace.spi.config.Doc;
import dev.millrace.spi.event.Labels;
import dev.millrace.spi.event.MetricBatch;
import dev.millrace.spi.event.MetricBatchBuilder;
import dev.millrace.spi.pipeline.Acknowledgement;
import dev.millrace.spi.pipeline.BatchSink;
import dev.millrace.spi.pipeline.Input;
import dev.millrace.spi.pipeline.Refusal;
import java.nio.ByteBuffer;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** The plugin input_sequence: samples numbered from 1 on. The last number is its state. */
public final class SequenceFactory implements PluginFactory<SequenceFactory.Options, Input> {
    /** It has no options. */
    @Doc("Makes samples that are numbered from 1 on.")
    public record Options() {}

    @Override
    public String type() {
        return "input_sequence";
    }

    @Override
    public Class<Options> options() {
        return Options.class;
    }

    @Override
    public Class<Input> kind() {
        return Input.class;
    }

    @Override
    public Input create(Options options, PluginContext context) {
        return new Sequence(context, context.state(), new Semaphore(5));
    }

    private record Sequence(PluginContext context, State state, Semaphore inFlight) implements Input {
        @Override
        public void start(BatchSink sink) {
            context.scheduler().scheduleWithFixedDelay(() -> next(sink), 0, 2, TimeUnit.MILLISECONDS);
        }

        private void next(BatchSink sink) {
            if (!inFlight.tryAcquire()) {
                return;
            }
            long number = state.get().map(bytes -> ByteBuffer.wrap(bytes).getLong()).orElse(0L) + 1;
            MetricBatchBuilder batch = MetricBatch.builder(1);
            Labels labels = Labels.of("__name__", "sequence", "source", context.id().toString());
            batch.add(labels, context.clock().millis(), Double.doubleToRawLongBits(number));
            state.set(ByteBuffer.allocate(Long.BYTES).putLong(0, number).array());
            sink.accept(batch.build(), new Acknowledgement() {
                @Override
                public void committed() {
                    inFlight.release();
                }

                @Override
                public void refused(Refusal refusal) {
                    inFlight.release();
                }
            });
        }
    }
}

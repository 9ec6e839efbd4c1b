package dev.millrace.plugin.service.otlp;

import dev.millrace.plugin.lib.otlp.metrics.DeltaStreams;
import dev.millrace.plugin.lib.otlp.metrics.MetricTranslator;
import dev.millrace.plugin.lib.otlp.metrics.Rejections;
import dev.millrace.plugin.lib.otlp.metrics.Translation;
import dev.millrace.plugin.lib.push.Problem;
import dev.millrace.plugin.lib.push.PushAcknowledgement;
import dev.millrace.spi.BodyBuffer;
import dev.millrace.spi.event.MetricBatch;
import dev.millrace.spi.extension.DecodingException;
import dev.millrace.spi.pipeline.BatchSink;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.locks.ReadWriteLock;

/** Hands metrics to the pipeline: a request is one batch, kept whole or not at all. Thread-safe. */
final class MetricsExporter implements Exporter {
    private final MetricTranslator translator;
    private final DeltaStreams deltas;
    private final BatchSink sink;
    private final RejectedItems rejected;
    /* What one request adds up goes with its own batch: nobody else hands on a batch meanwhile. */
    private final ReadWriteLock lock;

    MetricsExporter(
            MetricTranslator translator,
            DeltaStreams deltas,
            BatchSink sink,
            RejectedItems rejected,
            ReadWriteLock lock) {
        this.translator = translator;
        this.deltas = deltas;
        this.sink = sink;
        this.rejected = rejected;
        this.lock = lock;
    }

    @Override
    public CompletionStage<Export> export(BodyBuffer request) throws DecodingException {
        Translation translation = translator.translate(request);
        CompletionStage<PushAcknowledgement.Result> result =
                translation.hasDeltas() ? addDeltas(translation) : pass(translation);
        Rejections rejections = translation.rejections();
        return result.thenApply(handed -> {
            if (handed.refusal().isPresent()) {
                return new Export.Refused(Problem.of(handed.refusal().get()));
            }
            rejections.counts().forEach((reason, points) -> rejected.add(Signal.METRICS, reason.label(), points));
            return new Export.Kept(rejections.total(), rejections.message());
        });
    }

    private CompletionStage<PushAcknowledgement.Result> pass(Translation translation) {
        lock.readLock().lock();
        try {
            return hand(translation);
        } finally {
            lock.readLock().unlock();
        }
    }

    private CompletionStage<PushAcknowledgement.Result> addDeltas(Translation translation) throws DecodingException {
        lock.writeLock().lock();
        try {
            deltas.begin();
            translation.addDeltas(deltas);
            deltas.save();
            return hand(translation);
        } finally {
            lock.writeLock().unlock();
        }
    }

    private CompletionStage<PushAcknowledgement.Result> hand(Translation translation) {
        MetricBatch batch = translation.batch();
        return PushAcknowledgement.hand(
                batch.size() == 0 && !translation.hasDeltas() ? List.of() : List.of(batch), sink);
    }

    /** Forgets streams of deltas that do not go on. */
    void sweep() {
        lock.writeLock().lock();
        try {
            if (deltas.sweep()) {
                sink.accept(MetricBatch.builder(0).build(), new Swept());
            }
        } finally {
            lock.writeLock().unlock();
        }
    }

    /** How many streams of deltas there are. */
    long streams() {
        lock.readLock().lock();
        try {
            return deltas.streams();
        } finally {
            lock.readLock().unlock();
        }
    }
}
